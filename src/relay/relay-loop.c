/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loop: wait, handle events, read sources, fire timers.
 *
 * When nothing is to be done the loop sleeps without a timeout; every timer is armed by the one
 * thing that needs it. While frames follow each other by less than DENSE on the average it does not
 * go to sleep at once but looks again for a while after the last one: being woken costs more than
 * that, and with receive queues of ten frames (net.unix.max_dgram_qlen where nobody raised it)
 * everybody waits for everybody. How long that while is shows itself: it grows each time that it
 * brought something and shrinks each time that it was in vain, when others could have used the
 * processor. At a few hundred frames a second none of this happens. */

#include "relay-loop.h"

#include "relay-device.h"
#include "relay-guard.h"
#include "relay-nat.h"
#include "relay-private.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#define MAX_EVENTS  64
#define DENSE       (50 * UINT64_C (1000))
#define GAP_CEILING (8 * DENSE)
#define MAX_SPIN    (20 * UINT64_C (1000))
#define MIN_SPIN    (1 * UINT64_C (1000))

struct RelayCorpse
{
  RelayCorpse *next;
  void *memory;
};

/* Being awake is all that is wanted. */
static void
nothing (Relay *relay)
{
}

static void (*const timer_funcs[RELAY_N_TIMERS]) (Relay *) = {
  [RELAY_TIMER_STUCK] = relay_output_check_stuck,
  [RELAY_TIMER_SYNTHETIC] = relay_keepalive_send_owed,
  [RELAY_TIMER_HOLD] = relay_keepalive_send_held,
  [RELAY_TIMER_LINE] = relay_keepalive_check_lines,
  [RELAY_TIMER_BROUGHT] = nothing,
  [RELAY_TIMER_GUARD] = relay_guard_check,
  [RELAY_TIMER_NAT] = relay_nat_check_timers,
};

bool
relay_loop_open (Relay *relay)
{
  relay->loop.epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  relay->loop.now = relay_clock ();
  relay->loop.mean_gap = GAP_CEILING;
  relay->loop.spin = MAX_SPIN;
  return relay->loop.epoll_fd >= 0;
}

static void
bury (RelayLoop *loop)
{
  while (loop->corpses != NULL)
    {
      RelayCorpse *corpse = loop->corpses;

      loop->corpses = corpse->next;
      free (corpse->memory);
      free (corpse);
    }
}

void
relay_loop_close (Relay *relay)
{
  bury (&relay->loop);
  if (relay->loop.epoll_fd >= 0)
    close (relay->loop.epoll_fd);
}

void
relay_loop_free_later (Relay *relay, void *memory)
{
  RelayCorpse *corpse = relay_new0 (sizeof *corpse);

  corpse->memory = memory;
  corpse->next = relay->loop.corpses;
  relay->loop.corpses = corpse;
}

bool
relay_watch_add (Relay *relay, RelayWatch *watch, int fd, uint32_t events, RelayWatchFunc func)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  watch->fd = fd;
  watch->events = events;
  watch->func = func;
  if (epoll_ctl (relay->loop.epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0)
    return true;
  watch->func = NULL;
  return false;
}

void
relay_watch_set (Relay *relay, RelayWatch *watch, uint32_t events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  if (watch->func != NULL && watch->events != events &&
      epoll_ctl (relay->loop.epoll_fd, EPOLL_CTL_MOD, watch->fd, &event) == 0)
    watch->events = events;
}

void
relay_watch_remove (Relay *relay, RelayWatch *watch)
{
  if (watch->func != NULL)
    epoll_ctl (relay->loop.epoll_fd, EPOLL_CTL_DEL, watch->fd, NULL);
  watch->func = NULL;
}

void
relay_timer_arm (Relay *relay, RelayTimer timer, uint64_t delay)
{
  uint64_t *deadline = &relay->loop.deadlines[timer];

  if (*deadline == 0 || *deadline > relay->loop.now + delay)
    *deadline = relay->loop.now + delay;
}

void
relay_loop_saw_frames (Relay *relay)
{
  RelayLoop *loop = &relay->loop;
  uint64_t gap = loop->now - loop->last_frames;

  if (gap > GAP_CEILING)
    gap = GAP_CEILING;
  loop->mean_gap = (loop->mean_gap * 7 + gap) / 8;
  loop->last_frames = loop->now;
}

/* Milliseconds for epoll_wait(), rounded up so that the timer is due when we wake. */
static int
sleep_time (const RelayLoop *loop)
{
  uint64_t first = UINT64_MAX, wait;

  for (unsigned i = 0; i < RELAY_N_TIMERS; i++)
    if (loop->deadlines[i] != 0 && loop->deadlines[i] < first)
      first = loop->deadlines[i];
  if (first == UINT64_MAX)
    return -1;
  if (first <= loop->now)
    return 0;
  wait = (first - loop->now + RELAY_NS_PER_MS - 1) / RELAY_NS_PER_MS;
  return wait > INT_MAX ? INT_MAX : (int) wait;
}

/* Looks again for a while. Returns what epoll_wait() does, 0 if that was in vain. */
static int
spin (RelayLoop *loop, struct epoll_event *events)
{
  do
    {
      int n = epoll_wait (loop->epoll_fd, events, MAX_EVENTS, 0);

      if (n != 0)
        {
          loop->spin = loop->spin < MAX_SPIN / 2 ? 2 * loop->spin : MAX_SPIN;
          return n;
        }
      loop->now = relay_clock ();
    }
  while (loop->now - loop->last_frames < loop->spin);
  loop->spin -= loop->spin > MIN_SPIN ? loop->spin / 4 : 0;
  return 0;
}

static int
wait_for_events (Relay *relay, struct epoll_event *events)
{
  RelayLoop *loop = &relay->loop;
  int n;

  if (relay->forward.ready != NULL || relay->control.pending || relay_lines_are_due (&relay->lines))
    return epoll_wait (loop->epoll_fd, events, MAX_EVENTS, 0);
  if (loop->mean_gap < DENSE && (n = spin (loop, events)) != 0)
    return n;
  n = epoll_wait (loop->epoll_fd, events, MAX_EVENTS, sleep_time (loop));
  relay->counters.header->wakeups++;
  return n;
}

static void
fire_timers (Relay *relay)
{
  for (unsigned i = 0; i < RELAY_N_TIMERS; i++)
    if (relay->loop.deadlines[i] != 0 && relay->loop.deadlines[i] <= relay->loop.now)
      {
        relay->loop.deadlines[i] = 0;
        timer_funcs[i](relay);
      }
}

void
relay_loop_run (Relay *relay)
{
  RelayLoop *loop = &relay->loop;
  struct epoll_event events[MAX_EVENTS];

  while (!loop->quit)
    {
      int n = wait_for_events (relay, events);

      loop->now = relay_clock ();
      for (int i = 0; i < n; i++)
        {
          RelayWatch *watch = events[i].data.ptr;

          if (watch->func != NULL)
            watch->func (relay, watch, events[i].events);
        }
      relay_forward_run (relay);
      relay_lines_run (relay);
      relay_control_run (relay);
      fire_timers (relay);
      relay_device_run (relay);
      relay_captures_flush (relay);
      bury (loop);
    }
}
