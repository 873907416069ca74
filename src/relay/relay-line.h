/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-impair.h"
#include "relay-port.h"
#include "relay-wheel.h"

/* One direction of an impaired link: from a port to its peer. */
struct RelayLine
{
  RelayLine *next;
  RelayPort *from;
  RelayImpair impair;
  RelayFilter *filter;
  bool serial;
  bool ends;       /* has no effect any more, but frames on their way */
  unsigned header; /* bytes that do not count for the MTU */

  unsigned in_flight;        /* frames that are kept */
  unsigned delayed;          /* of them, those that wait for the end of their delay */
  size_t in_flight_bytes;    /* memory of them */
  uint64_t free_at;          /* when the last frame of a slow line is out */
  unsigned waiting;          /* frames, … */
  size_t waiting_bytes;      /* …and their bytes, that are not */
  uint64_t last_due;         /* of the frames that keep their order */
  RelayQueue held;           /* due, but the receiver does not take them */
};

typedef struct
{
  RelayPool pool;
  RelayWheel wheel;
  RelayQueue now;  /* kept, and due at once */
  RelayQueue done; /* handed on; free when the output is flushed */
  RelayLine *lines;
  bool retry;  /* a receiver of held frames reads again */
  bool ending; /* a line ends */
} RelayLines;

/* Allocates nothing; the memory for frames comes with the first impaired link. */
void relay_lines_init (Relay *relay);
void relay_lines_clear (Relay *relay);

/* Called in each turn of the loop. */
void relay_lines_run (Relay *relay);
/* Whether that must not wait. */
static inline bool
relay_lines_are_due (const RelayLines *lines)
{
  return lines->now.count > 0 || lines->done.count > 0 || lines->retry;
}

/* For what leaves `from`, with no effect yet: who calls sets `impair`. Freed by relay_line_free()
 * or, by itself, after relay_line_end(). */
RelayLine *relay_line_new (Relay *relay, RelayPort *from);
/* Drops what is kept. */
void relay_line_free (Relay *relay, RelayLine *line);
/* Takes the impairments away. What is kept still arrives, and then the line goes too. */
void relay_line_end (Relay *relay, RelayLine *line);

/* Takes a frame that wants to pass. False: it is to go on at once, as it is. */
bool relay_line_take_datagram (
    Relay *relay, RelayLine *line, const uint8_t *datagram, unsigned length);
/* The same without netio header, for one that has passed `hops` devices. */
bool relay_line_take_frame (
    Relay *relay, RelayLine *line, const uint8_t *data, unsigned length, unsigned hops);
