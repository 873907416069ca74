/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A poll() loop of a few descriptors and a sorted list of timers. It replaces GMainLoop because a
 * lab starts a thousand hosts: this one needs no wake-up descriptor and no allocation when idle.
 * Descriptors are served before timers, so that after a pause (SIGSTOP) what has arrived is heard
 * before somebody concludes that nothing did. */

#include "config.h"

#include "device-loop.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

static DeviceTimer *timers;
static DeviceWatch **watches;
static guint n_watches;
static guint n_allocated;

gint64
device_loop_now (void)
{
  return g_get_monotonic_time ();
}

void
device_timer_init (DeviceTimer *self, DeviceTimerFunc func, gpointer data)
{
  *self = (DeviceTimer){ .func = func, .data = data };
}

void
device_timer_clear (DeviceTimer *self)
{
  DeviceTimer **link;

  if (self->when == 0)
    return;

  for (link = &timers; *link != NULL; link = &(*link)->next)
    if (*link == self)
      {
        *link = self->next;
        break;
      }
  self->when = 0;
}

void
device_timer_set_at (DeviceTimer *self, gint64 when)
{
  DeviceTimer **link;

  device_timer_clear (self);
  self->when = MAX (when, 1);
  for (link = &timers; *link != NULL && (*link)->when <= self->when; link = &(*link)->next)
    ;
  self->next = *link;
  *link = self;
}

void
device_timer_set_after (DeviceTimer *self, gint64 microseconds)
{
  device_timer_set_at (self, device_loop_now () + microseconds);
}

void
device_watch_add (DeviceWatch *self)
{
  if (n_watches == n_allocated)
    {
      n_allocated += 8;
      watches = g_renew (DeviceWatch *, watches, n_allocated);
    }
  watches[n_watches++] = self;
}

void
device_watch_remove (DeviceWatch *self)
{
  for (guint i = 0; i < n_watches; i++)
    if (watches[i] == self)
      {
        watches[i] = watches[--n_watches];
        return;
      }
}

static gboolean
is_watched (DeviceWatch *watch, int fd)
{
  for (guint i = 0; i < n_watches; i++)
    if (watches[i] == watch)
      return watch->fd == fd;
  return FALSE;
}

static void
serve_watches (struct timespec *timeout)
{
  guint n = n_watches;
  struct pollfd *fds = g_newa (struct pollfd, n);
  DeviceWatch **served = g_newa (DeviceWatch *, n);

  for (guint i = 0; i < n; i++)
    {
      served[i] = watches[i];
      fds[i] = (struct pollfd){ .fd = watches[i]->fd, .events = watches[i]->events };
    }

  if (ppoll (fds, n, timeout, NULL) <= 0)
    return;

  for (guint i = 0; i < n; i++)
    /* A handler may have removed a watch that comes after it. */
    if (fds[i].revents != 0 && is_watched (served[i], fds[i].fd))
      served[i]->func (served[i]->data, fds[i].fd, fds[i].revents);
}

static void
serve_timers (void)
{
  gint64 now = device_loop_now ();

  while (timers != NULL && timers->when <= now)
    {
      DeviceTimer *timer = timers;

      timers = timer->next;
      timer->when = 0;
      timer->func (timer->data);
    }
}

void
device_loop_iterate (gint64 limit)
{
  struct timespec timeout;
  gint64 wait = limit;

  if (timers != NULL)
    {
      gint64 until = MAX (timers->when - device_loop_now (), 0);

      wait = limit < 0 ? until : MIN (limit, until);
    }

  timeout.tv_sec = wait / G_USEC_PER_SEC;
  timeout.tv_nsec = wait % G_USEC_PER_SEC * 1000;
  serve_watches (wait < 0 ? NULL : &timeout);
  serve_timers ();
}
