/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-capture-writer.h"
#include "relay-filter.h"
#include "relay-loop.h"
#include "relay-port.h"

#define RELAY_CAPTURE_NAME_MAX   63
#define RELAY_CAPTURE_MAX_TAPS   64
#define RELAY_CAPTURE_TITLE_MAX  127
#define RELAY_CAPTURE_MAX        256
#define RELAY_CAPTURE_MAX_KINDS  3

typedef struct RelayCapture RelayCapture;

/* A port whose frames are taken down. It is known by its name, so that it stays when the port goes
 * and comes back. */
typedef struct
{
  RelayCapture *capture;
  char end[RELAY_PORT_NAME_SIZE];
  char title[RELAY_CAPTURE_TITLE_MAX + 1]; /* in the file */
  unsigned interface;                      /* in the file: of the first kind */
  unsigned n_kinds;
  /* A port has one kind of frames, or, a serial one whose encapsulation nobody told, each of three:
   * every frame is told from its first bytes, so that the encapsulation may be changed meanwhile. */
  struct
  {
    unsigned link_type;
    RelayFilter *filter; /* NULL: all frames, or none if the capture has a filter */
    uint64_t frames, dropped;
  } kinds[RELAY_CAPTURE_MAX_KINDS];
} RelayTap;

/* One file, or one after the other, with the frames of some ports. */
struct RelayCapture
{
  RelayCapture *next;
  char name[RELAY_CAPTURE_NAME_MAX + 1];
  RelayTap taps[RELAY_CAPTURE_MAX_TAPS];
  unsigned n_taps;
  unsigned snap; /* bytes of a frame that are kept */
  bool filtered;
  bool ending;
  int error; /* of the writer; 0: none. It takes nothing more down then */
  RelayWatch done;
  RelayCaptureWriter *writer; /* NULL when it has ended */
};

typedef struct
{
  RelayCapture *captures;
  unsigned count;
  bool dirty; /* something for a writer since the last flush */
} RelayCaptures;

/* Which way a frame goes, seen from the port's device. The numbers are those of pcapng. */
enum
{
  RELAY_CAPTURE_IN = 1,
  RELAY_CAPTURE_OUT = 2
};

/* NULL: there is none of this name. It stays the relay's. */
RelayCapture *relay_capture_find (Relay *relay, const char *name);
/* Starts one that is filled in: name, taps, snap. False with a sentence; it is freed then. */
bool relay_capture_start (Relay *relay,
                          RelayCapture *capture,
                          const RelayCaptureFile *file,
                          RelayError *error);
void relay_capture_free (RelayCapture *capture);
/* What was taken down is still written; then it is gone. One that has failed is gone at once. */
void relay_capture_end (Relay *relay, RelayCapture *capture);
void relay_captures_clear (Relay *relay);

/* Wakes the writers, once in a turn of the loop. */
void relay_captures_flush (Relay *relay);

/* The kinds of frames of a port: as told, or if that is 0, all that it may have. */
void relay_tap_set_kinds (RelayTap *tap, bool serial, unsigned link_type);
/* Which of its kinds a frame of a serial port is, by its first bytes. */
unsigned relay_capture_serial_kind (const uint8_t *data, unsigned length);
uint64_t relay_tap_frames (const RelayTap *tap);
uint64_t relay_tap_dropped (const RelayTap *tap);

/* Takes a frame down. */
void relay_tap_frame (
    Relay *relay, RelayTap *tap, unsigned direction, const uint8_t *data, unsigned length);
