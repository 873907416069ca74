/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-frame.h"
#include "relay-instance.h"

#include <sys/socket.h>
#include <sys/uio.h>

#define RELAY_BATCH  32 /* frames a system call */
#define RELAY_STAGES 64 /* destinations a batch may have before some are sent early */

/* What goes to one destination out of the batch being read: pointers into the receive buffers, sent
 * with one system call. */
struct RelayStage
{
  RelayInstance *target;
  unsigned count;
  RelayPort *ports[RELAY_BATCH];
  struct mmsghdr messages[RELAY_BATCH];
  struct iovec parts[RELAY_BATCH][2];
  uint8_t heads[RELAY_BATCH][32];
};

typedef struct
{
  RelayStage *stages; /* RELAY_STAGES of them; those in use come first */
  unsigned n_used;
  RelayInstance *full;      /* the last frame filled its queue: who sent it has to wait */
  RelayInstance *congested; /* those that make others wait */
  unsigned work;            /* frames put out in this iteration */
} RelayOutput;

/* Makes the stages: all that output ever allocates, but for queues out of the pool. */
void relay_output_init (Relay *relay);
void relay_output_clear (Relay *relay);

/* Sends a datagram as it is but for its header, which is rewritten in place. The memory must stay
 * as it is until relay_output_flush(). */
void relay_output_datagram (Relay *relay, RelayPort *port, uint8_t *datagram, uint16_t length);

/* The same for a frame that others may share. */
void relay_output_frame (Relay *relay, RelayPort *port, const RelayFrame *frame);

/* Sends what is staged; what does not go is queued. */
void relay_output_flush (Relay *relay);

/* Sends what is queued for one destination, as far as it takes it. */
void relay_output_drain (Relay *relay, RelayInstance *target);

/* Drops what is queued and counts it. */
void relay_output_drop (Relay *relay, RelayInstance *target, unsigned reason);

/* Makes `source` wait until `target` has drained. */
void relay_output_wait (Relay *relay, RelayInstance *source, RelayInstance *target);
/* The same for frames that a link keeps back. */
void relay_output_hold (Relay *relay, RelayInstance *target);
/* Whether those who send to it have to wait. */
bool relay_output_is_full (const Relay *relay, const RelayInstance *target);
void relay_output_release (Relay *relay, RelayInstance *target);
void relay_output_forget (Relay *relay, RelayInstance *instance);

/* RELAY_TIMER_STUCK: one that makes others wait and has read nothing for a while is waited for no
 * longer. */
void relay_output_check_stuck (Relay *relay);
