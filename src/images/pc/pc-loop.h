/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The event loop: file descriptors and one-shot timers, one thread. */

#include <glib.h>

typedef void (*PcTimerFunc) (gpointer data);
typedef void (*PcWatchFunc) (gpointer data, int fd, short revents);

/* Lives in its owner, who clears it before it goes. */
typedef struct _PcTimer PcTimer;
struct _PcTimer
{
  PcTimer *next;
  gint64 when; /* µs of CLOCK_MONOTONIC; 0: not armed */
  PcTimerFunc func;
  gpointer data;
};

/* Likewise. @events may be changed at any time. */
typedef struct
{
  int fd;
  short events;
  PcWatchFunc func;
  gpointer data;
} PcWatch;

gint64 pc_loop_now (void);

void pc_timer_init (PcTimer *self, PcTimerFunc func, gpointer data);
void pc_timer_set_at (PcTimer *self, gint64 when);
void pc_timer_set_after (PcTimer *self, gint64 microseconds);
void pc_timer_clear (PcTimer *self);

void pc_watch_add (PcWatch *self);
void pc_watch_remove (PcWatch *self);

/* Waits for the next event and handles everything that is due. @limit: wait no longer (µs, -1: no
 * limit). */
void pc_loop_iterate (gint64 limit);
