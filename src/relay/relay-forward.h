/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-instance.h"

typedef struct RelayBatch RelayBatch;

typedef struct
{
  RelayBatch *batch;
  RelayInstance *ready, *last_ready; /* to be read, in turn */
} RelayForward;

/* Makes the buffers that one system call reads into: all that forwarding ever allocates. */
void relay_forward_init (Relay *relay);
void relay_forward_clear (Relay *relay);

/* Puts a source at the end of the list of those to be read. */
void relay_forward_make_ready (Relay *relay, RelayInstance *source);
void relay_forward_forget (Relay *relay, RelayInstance *source);

/* Reads each ready source once, as long as the work stays within bounds. */
void relay_forward_run (Relay *relay);

/* One datagram that `source` sent. Public for the fuzz target. */
void relay_forward_datagram (
    Relay *relay, RelayInstance *source, uint8_t *datagram, unsigned length, bool truncated);
