/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-counters.h"
#include "relay-util.h"

typedef struct
{
  RelayCountersHeader *header;
  RelayPortCounters *slots;
  int fd;              /* -1: private memory, nobody else reads */
  uint32_t first_free; /* no free slot lies before this one */
  uint32_t next_serial;
  char *path;
  RelayPortCounters spare; /* given out when the file cannot grow; read by nobody */
} RelayCounterFile;

/* Creates the file anew (a reader of an old one keeps what it has mapped), or with a NULL path
 * keeps the counters in private memory. */
bool relay_counter_file_open (RelayCounterFile *file, const char *path, RelayError *error);
void relay_counter_file_close (RelayCounterFile *file);

/* A zeroed slot that never moves. `device` is empty for a port of an instance. */
RelayPortCounters *
relay_counter_file_take (RelayCounterFile *file, uint32_t id, const char *device, uint32_t port);
void relay_counter_file_give (RelayCounterFile *file, RelayPortCounters *slot);
