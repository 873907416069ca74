/* SPDX-License-Identifier: GPL-3.0-or-later */

/* lwIP offers a thread of its own (tcpip_init) that wakes every 100 ms for its IGMP and MLD timers,
 * whether or not a report is due. A lab holds a thousand hosts, so we start lwIP with lwip_init()
 * alone and call it from one thread only, ours: no lock, no second stack, no mailbox. Its cyclic
 * timers are a public table (lwip_cyclic_timers); each is run here at its interval, and only while
 * it has something to do:
 *
 *  - those of a second or more run on whole seconds of CLOCK_MONOTONIC, together with the layer-1
 *    keepalives, so that many hosts wake the relay together; without keepalives they rest while
 *    nothing is remembered that could expire, and an idle host does not wake at all;
 *  - TCP's (250 ms) run while there are connections;
 *  - IGMP's and MLD's (100 ms) run while a group report is waiting.
 *
 * lwip_init() also arms those timers in lwIP's own list; nobody calls sys_check_timeouts(), so the
 * list rests. One function of the missing thread is needed: frames to ourselves are handed over
 * with tcpip_try_callback(), which would abort without a mailbox. The definition below takes its
 * place (the executable's symbols come before the library's). */

#include "config.h"

#include "pc-stack.h"

#include <stdlib.h>
#include <sys/random.h>

#include <lwip/etharp.h>
#include <lwip/igmp.h>
#include <lwip/init.h>
#include <lwip/mld6.h>
#include <lwip/nd6.h>
#include <lwip/priv/nd6_priv.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/tcpip.h>
#include <lwip/timeouts.h>

#define TICK G_USEC_PER_SEC
/* Longer than lwIP keeps fragments of a packet or an unanswered ARP request. */
#define REST_AFTER    (70 * G_USEC_PER_SEC)
#define FAST          (100 * G_TIME_SPAN_MILLISECOND)
#define MAX_CALLBACKS 64

typedef struct
{
  tcpip_callback_fn function;
  void *context;
} Callback;

static gint64 last_traffic;
static DeviceTimer tick_timer;
static DeviceTimer tcp_timer;
static DeviceTimer group_timer;
static DeviceTimer callback_timer;
static void (*device_tick) (Pc *pc);

static Callback callbacks[MAX_CALLBACKS];
static guint n_callbacks;

/* lwIP's, for us. It is asked again later when the list is full. */
err_t
tcpip_try_callback (tcpip_callback_fn function, void *context)
{
  if (n_callbacks == MAX_CALLBACKS)
    return ERR_MEM;

  callbacks[n_callbacks++] = (Callback){ function, context };
  if (callback_timer.when == 0)
    device_timer_set_after (&callback_timer, 0);
  return ERR_OK;
}

static void
on_callbacks (gpointer data)
{
  Callback now[MAX_CALLBACKS];
  guint n = n_callbacks;

  memcpy (now, callbacks, n * sizeof *now);
  n_callbacks = 0;
  for (guint i = 0; i < n; i++)
    now[i].function (now[i].context);
  pc_stack_touched ();
}

static void
run_slow_timers (void)
{
  static guint seconds;

  seconds++;
  for (int i = 0; i < lwip_num_cyclic_timers; i++)
    {
      guint interval = MAX (lwip_cyclic_timers[i].interval_ms / 1000, 1);

      if (lwip_cyclic_timers[i].interval_ms >= 1000 && seconds % interval == 0)
        lwip_cyclic_timers[i].handler ();
    }
}

static gboolean
group_report_waits (void)
{
  struct netif *netif;

  NETIF_FOREACH (netif)
  {
    for (struct igmp_group *group = netif_igmp_data (netif); group != NULL; group = group->next)
      if (group->timer > 0)
        return TRUE;
    for (struct mld_group *group = netif_mld6_data (netif); group != NULL; group = group->next)
      if (group->timer > 0)
        return TRUE;
  }
  return FALSE;
}

static void
arm_fast_timers (void)
{
  if (tcp_timer.when == 0 && (tcp_active_pcbs != NULL || tcp_tw_pcbs != NULL))
    device_timer_set_after (&tcp_timer, TCP_TMR_INTERVAL * G_TIME_SPAN_MILLISECOND);
  if (group_timer.when == 0 && group_report_waits ())
    device_timer_set_after (&group_timer, FAST);
}

static gboolean
netif_rests (struct netif *netif)
{
  if (netif->rs_count > 0)
    return FALSE;
  for (guint i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
    {
      guint8 state = netif_ip6_addr_state (netif, i);

      if (!ip6_addr_isinvalid (state) &&
          (ip6_addr_istentative (state) || !netif_ip6_addr_isstatic (netif, i)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
arp_rests (void)
{
  for (gsize i = 0; i < ARP_TABLE_SIZE; i++)
    {
      ip4_addr_t *address;
      struct netif *netif;
      struct eth_addr *mac;

      if (etharp_get_entry (i, &address, &netif, &mac) == 1)
        return FALSE;
    }
  return TRUE;
}

static gboolean
neighbours_rest (void)
{
  for (guint i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++)
    if (neighbor_cache[i].state != ND6_NO_ENTRY && neighbor_cache[i].state != ND6_STALE)
      return FALSE;
  for (guint i = 0; i < LWIP_ND6_NUM_ROUTERS; i++)
    if (default_router_list[i].neighbor_entry != NULL)
      return FALSE;
  for (guint i = 0; i < LWIP_ND6_NUM_PREFIXES; i++)
    if (prefix_list[i].netif != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
may_rest (Pc *pc)
{
  struct netif *netif;

  if (pc->keepalives || device_loop_now () - last_traffic < REST_AFTER)
    return FALSE;
  NETIF_FOREACH (netif)
  if (!netif_rests (netif))
    return FALSE;
  return arp_rests () && neighbours_rest ();
}

static void
arm_tick (void)
{
  device_timer_set_at (&tick_timer, (device_loop_now () / TICK + 1) * TICK);
}

static void
on_tick (gpointer data)
{
  device_tick (data);
  run_slow_timers ();
  arm_fast_timers ();
  if (!may_rest (data))
    arm_tick ();
}

static void
on_tcp (gpointer data)
{
  tcp_tmr ();
  arm_fast_timers ();
}

static void
on_groups (gpointer data)
{
  igmp_tmr ();
  mld6_tmr ();
  arm_fast_timers ();
}

void
pc_stack_touched (void)
{
  last_traffic = device_loop_now ();
  arm_fast_timers ();
  if (tick_timer.when == 0)
    arm_tick ();
}

void
pc_stack_init (Pc *pc, void (*tick) (Pc *pc))
{
  guint seed = (guint) device_loop_now () ^ pc->id;

  /* lwIP draws ports and delays from rand(): two hosts started together must not draw the same. */
  if (getrandom (&seed, sizeof seed, GRND_NONBLOCK) < 0)
    seed ^= pc->id << 16;
  srand (seed);
  lwip_init ();

  device_tick = tick;
  device_timer_init (&tick_timer, on_tick, pc);
  device_timer_init (&tcp_timer, on_tcp, pc);
  device_timer_init (&group_timer, on_groups, pc);
  device_timer_init (&callback_timer, on_callbacks, pc);
  pc_stack_touched ();
}
