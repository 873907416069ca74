/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The event loop: file descriptors and one-shot timers, one thread. */

#include <glib.h>

typedef void (*DeviceTimerFunc) (gpointer data);
typedef void (*DeviceWatchFunc) (gpointer data, int fd, short revents);

/* Lives in its owner, who clears it before it goes. */
typedef struct _DeviceTimer DeviceTimer;
struct _DeviceTimer
{
  DeviceTimer *next;
  gint64 when; /* µs of CLOCK_MONOTONIC; 0: not armed */
  DeviceTimerFunc func;
  gpointer data;
};

/* Likewise. @events may be changed at any time. */
typedef struct
{
  int fd;
  short events;
  DeviceWatchFunc func;
  gpointer data;
} DeviceWatch;

/* µs of CLOCK_MONOTONIC. */
gint64 device_loop_now (void);

/* Not armed. */
void device_timer_init (DeviceTimer *self, DeviceTimerFunc func, gpointer data);
/* Arms it, also when it is armed already; it fires once. */
void device_timer_set_at (DeviceTimer *self, gint64 when);
void device_timer_set_after (DeviceTimer *self, gint64 microseconds);
void device_timer_clear (DeviceTimer *self);

/* Its function is called with what of @events has happened, until it is removed. */
void device_watch_add (DeviceWatch *self);
void device_watch_remove (DeviceWatch *self);

/* Waits for the next event and handles everything that is due. @limit: wait no longer (µs, -1: no
 * limit). */
void device_loop_iterate (gint64 limit);
