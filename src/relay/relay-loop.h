/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-types.h"

#include <stdbool.h>
#include <stdint.h>

typedef void (*RelayWatchFunc) (Relay *relay, RelayWatch *watch, uint32_t events);

/* A descriptor in the epoll set; lives inside the object that handles it. */
struct RelayWatch
{
  RelayWatchFunc func; /* NULL: not watched */
  int fd;
  uint32_t events;
};

/* Each timer exists once and looks at everything that may be due; it is armed only while there is
 * something that will be. */
typedef enum
{
  RELAY_TIMER_STUCK,     /* receivers that make senders wait */
  RELAY_TIMER_SYNTHETIC, /* keepalives owed to a device that is not there yet */
  RELAY_TIMER_HOLD,      /* keepalives in the name of frozen devices */
  RELAY_TIMER_LINE,      /* lines that go down */
  RELAY_TIMER_BROUGHT,   /* frames from outside that wait for a full destination */
  RELAY_TIMER_NAT,       /* what libslirp times */
  RELAY_TIMER_GUARD,     /* ports that are blocked */
  RELAY_N_TIMERS
} RelayTimer;

typedef struct RelayCorpse RelayCorpse;

typedef struct
{
  int epoll_fd;
  bool quit;
  uint64_t now;                       /* taken once an iteration */
  uint64_t deadlines[RELAY_N_TIMERS]; /* 0: not armed */
  uint64_t last_frames;               /* when frames last came */
  uint64_t mean_gap;                  /* between them, smoothed */
  uint64_t spin;                      /* how long to look again before going to sleep */
  RelayCorpse *corpses;               /* freed at the end of the iteration */
} RelayLoop;

/* False: no epoll descriptor; `errno` says why. */
bool relay_loop_open (Relay *relay);
/* Frees what relay_loop_free_later() still has, too. */
void relay_loop_close (Relay *relay);
/* Returns after the iteration in which `quit` was set. */
void relay_loop_run (Relay *relay);

/* `watch` is filled in here and must stay where it is; `fd` stays the caller's to close, after the
 * removal. False: epoll does not take it. */
bool
relay_watch_add (Relay *relay, RelayWatch *watch, int fd, uint32_t events, RelayWatchFunc func);
/* Watches for other `events` from now on. Like the removal, harmless for one that is not
 * watched. */
void relay_watch_set (Relay *relay, RelayWatch *watch, uint32_t events);
void relay_watch_remove (Relay *relay, RelayWatch *watch);

/* Fires `delay` nanoseconds from now, or earlier if it was already to. */
void relay_timer_arm (Relay *relay, RelayTimer timer, uint64_t delay);

/* Frees `memory` when no event of this iteration can refer to it any more. */
void relay_loop_free_later (Relay *relay, void *memory);

/* Frames came in: keeps the loop from sleeping while they are dense. */
void relay_loop_saw_frames (Relay *relay);
