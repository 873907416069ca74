/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-loop.h"
#include "relay-port.h"

#define RELAY_RECORD_TITLE_MAX 127
#define RELAY_RECORD_MIN_SIZE  65536u
#define RELAY_RECORD_MAX_SIZE  (256u << 20)
#define RELAY_RECORD_MAX_GONE  32 /* links that are no more, whose frames are kept */
#define RELAY_RECORD_MAX_SAVES 4  /* at once */

typedef struct RelayRecord RelayRecord;
typedef struct RelaySave RelaySave;

/* The last frames of a link, as blocks of a pcapng file in a ring. It is known by the names of its
 * ends, so that it stays when the link goes and comes back. */
struct RelayRecord
{
  RelayRecord *next;
  RelayLink *link; /* NULL: it is gone */
  char ends[2][RELAY_PORT_NAME_SIZE];
  char titles[2][RELAY_RECORD_TITLE_MAX + 1]; /* "": as the ends are called */
  bool serial;
  uint8_t *ring; /* NULL: there was no memory */
  size_t size;
  size_t head, tail; /* where the next block goes, where the oldest is */
  size_t wrap;       /* 0: blocks are in tail…head; else in tail…wrap and 0…head */
  uint64_t frames, overwritten;
};

typedef struct
{
  size_t size; /* of a ring; 0: the recorder is off */
  RelayRecord *records;
  RelaySave *saves;
} RelayRecorder;

/* Forgets everything and begins anew, unless it is on with that size; 0: off. */
void relay_recorder_set (Relay *relay, size_t size);
void relay_recorder_clear (Relay *relay);
/* Links tell when they come and go. */
void relay_recorder_link_added (Relay *relay, RelayLink *link);
void relay_recorder_link_removed (Relay *relay, RelayLink *link);
/* The record of a link, or of one that is gone. NULL: there is none. */
RelayRecord *relay_recorder_find (Relay *relay, const char *end);

/* A frame at an end of the link: sent or received there, as in relay-capture.h. */
void relay_record_frame (
    RelayRecord *record, unsigned end, unsigned direction, const uint8_t *data, unsigned length);
/* The blocks from the oldest on: `*place` begins with 0. NULL: there are no more. */
const uint8_t *relay_record_next (const RelayRecord *record, size_t *place);

/* Writes what is in the records (of `count` ends; 0: of all) to a file, without holding up a frame.
 * How it went is told to those who watch: "! record-saved NAME frames=N", "! record-failed NAME
 * REASON". False with a sentence. */
bool relay_recorder_save (Relay *relay,
                          const char *name,
                          const char *path,
                          char **ends,
                          unsigned count,
                          RelayError *error);
void relay_recorder_abandon_saves (Relay *relay);
