/* SPDX-License-Identifier: GPL-3.0-or-later */

/* IPv6 addresses of a port. The link-local one is always there; one more may be set by hand, and
 * others come from router advertisements once `ip auto` allowed it. */

#include "config.h"

#include <string.h>

#include "pc-console.h"
#include "pc-ip.h"
#include "pc-netif.h"
#include "pc-parse.h"
#include "pc-text.h"

#define MIN_PREFIX 64
#define WAIT       (6 * G_USEC_PER_SEC)
#define STEP       (100 * G_TIME_SPAN_MILLISECOND)

/* `ip auto` in the foreground. */
typedef struct
{
  PcPort *port;
  DeviceTimer timer;
  gint64 until;
} Wait;

gboolean
pc_ip6_read (PcPort *port, const char *text, ip6_addr_t *address)
{
  guint8 bytes[16];

  if (!pc_parse_ip6 (text, bytes))
    return FALSE;

  ip6_addr_set_zero (address);
  memcpy (address->addr, bytes, sizeof bytes);
  ip6_addr_assign_zone (address, IP6_UNKNOWN, &port->netif);
  return TRUE;
}

static gboolean
read_address (Pc *pc, PcPort *port, const char *word, ip6_addr_t *address, guint *prefix)
{
  g_auto (GStrv) parts = g_strsplit (word, "/", 2);

  *prefix = MIN_PREFIX;
  if (!pc_ip6_read (port, parts[0], address))
    pc_complain (pc, "\"%s\" is no IPv6 address", word);
  else if (parts[1] != NULL && !pc_parse_number (parts[1], MIN_PREFIX, 128, prefix))
    pc_complain (pc, "\"%s\" is no prefix length this host knows: it must be 64 to 128", parts[1]);
  else if (ip6_addr_ismulticast (address) || ip6_addr_isany (address) ||
           ip6_addr_isloopback (address))
    pc_complain (pc, "%s cannot be the address of a host", parts[0]);
  else if (ip6_addr_islinklocal (address))
    pc_complain (
        pc, "The link-local address is there already, made from the MAC address: set a global one");
  else
    return TRUE;
  return FALSE;
}

void
pc_ip6_set (Pc *pc, PcPort *port, guint count, char **words)
{
  ip6_addr_t address, gateway;
  guint prefix;

  ip6_addr_set_zero (&gateway);
  if (!read_address (pc, port, words[0], &address, &prefix))
    return;
  if (count > 2)
    {
      pc_complain (pc, "After an IPv6 address there may only be a gateway");
      return;
    }
  if (count == 2 && (!pc_ip6_read (port, words[1], &gateway) || ip6_addr_ismulticast (&gateway)))
    {
      pc_complain (pc, "\"%s\" is no IPv6 address of a gateway", words[1]);
      return;
    }

  port->settings.address6 = address;
  port->settings.prefix6 = prefix;
  port->settings.gateway6 = gateway;
  pc_netif_apply_ip6 (port);
  pc_say (pc, "%s : %s/%u\n\n", pc->name, pc_text_ip6 (&address), prefix);
}

void
pc_ip6_clear (PcPort *port)
{
  ip6_addr_set_zero (&port->settings.address6);
  ip6_addr_set_zero (&port->settings.gateway6);
  port->settings.prefix6 = 0;
  port->settings.autoconf6 = FALSE;
  pc_netif_apply_ip6 (port);
}

const ip6_addr_t *
pc_ip6_get_autoconfigured (PcPort *port)
{
  for (guint i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++)
    if (ip6_addr_isvalid (netif_ip6_addr_state (&port->netif, i)) &&
        !netif_ip6_addr_isstatic (&port->netif, i))
      return netif_ip6_addr (&port->netif, i);
  return NULL;
}

gboolean
pc_ip6_is_settling (PcPort *port)
{
  for (guint i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
    if (ip6_addr_istentative (netif_ip6_addr_state (&port->netif, i)))
      return TRUE;
  return FALSE;
}

static void
end_wait (gpointer job)
{
  Wait *wait = job;
  Pc *pc = wait->port->pc;

  device_timer_clear (&wait->timer);
  g_free (wait);
  pc_console_end_job (pc->console);
}

static void
on_wait (gpointer data)
{
  Wait *wait = data;
  Pc *pc = wait->port->pc;
  const ip6_addr_t *address = pc_ip6_get_autoconfigured (wait->port);

  if (address == NULL && device_loop_now () < wait->until)
    {
      device_timer_set_after (&wait->timer, STEP);
      return;
    }

  if (address != NULL)
    pc_print (pc, "GLOBAL SCOPE      : %s/64\n\n", pc_text_ip6 (address));
  else
    pc_print (pc, "No router advertisement on %s yet: the address is taken when one comes\n\n",
              wait->port->name);
  end_wait (wait);
}

void
pc_ip6_autoconfigure (Pc *pc, PcPort *port)
{
  Wait *wait;

  port->settings.autoconf6 = TRUE;
  pc_netif_apply_ip6 (port);
  if (pc_console_in_script (pc->console))
    return;

  wait = g_new0 (Wait, 1);
  wait->port = port;
  wait->until = device_loop_now () + WAIT;
  device_timer_init (&wait->timer, on_wait, wait);
  device_timer_set_after (&wait->timer, 0);
  pc_console_begin_job (pc->console, end_wait, wait);
}
