/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-loop.h"
#include "relay-queue.h"

#include <stdbool.h>

typedef void (*RelayWheelFunc) (Relay *relay, RelayBlock *block);

/* Frames that wait for a time of their own. */
typedef struct
{
  RelayQueue *slots; /* NULL until something waits */
  uint64_t *used;    /* a bit for each slot that holds something */
  uint64_t at;       /* the tick up to which frames have gone */
  size_t count;
  uint64_t armed; /* the tick that the timer fires at; 0: it does not */
  RelayWatch timer;
} RelayWheel;

/* Empty; memory and timer come with the first frame. */
void relay_wheel_init (RelayWheel *wheel);
/* The blocks in it are not given back: empty it before. */
void relay_wheel_close (Relay *relay, RelayWheel *wheel);

/* Keeps the block until its `due`, and up to an eighth of a millisecond longer; those of one due
 * leave in the order in which they came. False when there is no timer to be had. */
bool relay_wheel_add (Relay *relay, RelayWheel *wheel, RelayBlock *block);

/* Calls `func` for what is due, as long as the work stays within bounds. */
void relay_wheel_run (Relay *relay, RelayWheel *wheel, RelayWheelFunc func);

/* Takes out what waits for this line. */
void relay_wheel_forget (RelayWheel *wheel, RelayPool *pool, const RelayLine *line);
