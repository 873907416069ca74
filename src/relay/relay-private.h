/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The whole relay. One of them a process, passed to everybody. */

#include "relay-capture.h"
#include "relay-control.h"
#include "relay-counter-file.h"
#include "relay-forward.h"
#include "relay-instance.h"
#include "relay-keepalive.h"
#include "relay-line.h"
#include "relay-loop.h"
#include "relay-output.h"
#include "relay-pool.h"
#include "relay-recorder.h"
#include "relay-table.h"

struct Relay
{
  RelayLoop loop;
  RelayCounterFile counters;
  RelayPool pool;
  RelayOutput output;
  RelayForward forward;
  RelayLines lines;
  RelayCaptures captures;
  RelayRecorder recorder;
  RelayControl control;
  RelayInstance *instances[IOU_MAX_ID + 1];
  RelayTable devices, links;
  RelayDevice *awake; /* devices with something to do at the end of the iteration */
  struct
  {
    uint32_t era;     /* goes up when a port is blocked */
    uint64_t settled; /* no other is blocked before */
  } guard;
  unsigned synthetic_owed; /* ports with a keepalive owed */
  bool offline;            /* fuzz targets: instances without sockets, folders never touched */
};

/* Opens the file of counters (relay-counters.h) and the loop; no control socket yet. NULL with a
 * sentence. */
Relay *relay_new (const char *counters_path, RelayError *error);
/* Ends everything, and gives all memory back. */
void relay_free (Relay *relay);

/* Removes every link, instance and device. */
void relay_reset (Relay *relay);
