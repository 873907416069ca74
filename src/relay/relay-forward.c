/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames on their way in.
 *
 * A source is an instance's bound socket, watched edge-triggered: an event puts it into the list of
 * ready sources, and there it stays until a read brought less than a full batch. So one that has to
 * wait for a full destination needs no system call to be left alone; it is simply not in the list,
 * and its sender blocks when the kernel's queue is full. Frames of its batch that were read already
 * are postponed: copied, and first in line when it goes on.
 *
 * What one iteration of the loop may do is bounded (MAX_WORK frames put out), so commands and
 * timers get their turn whatever storm goes on. */

#include "relay-forward.h"

#include "relay-device.h"
#include "relay-link.h"
#include "relay-private.h"
#include "relay-way.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_WORK 4096
#define STRIDE   4160 /* IOU_MAX_DATAGRAM, and buffers that begin on a cache line */

struct RelayBatch
{
  struct mmsghdr messages[RELAY_BATCH];
  struct iovec parts[RELAY_BATCH];
  uint8_t buffers[RELAY_BATCH][STRIDE] __attribute__ ((aligned (64)));
};

void
relay_forward_init (Relay *relay)
{
  RelayBatch *batch = aligned_alloc (64, sizeof *batch);

  if (batch == NULL)
    abort ();
  memset (batch->messages, 0, sizeof batch->messages);
  for (unsigned i = 0; i < RELAY_BATCH; i++)
    {
      batch->parts[i] = (struct iovec){ batch->buffers[i], IOU_MAX_DATAGRAM };
      batch->messages[i].msg_hdr.msg_iov = &batch->parts[i];
      batch->messages[i].msg_hdr.msg_iovlen = 1;
    }
  relay->forward.batch = batch;
}

void
relay_forward_clear (Relay *relay)
{
  free (relay->forward.batch);
}

void
relay_forward_make_ready (Relay *relay, RelayInstance *source)
{
  RelayForward *forward = &relay->forward;

  if (source->ready || source->blocked_on != NULL)
    return;
  source->ready = true;
  source->next_ready = NULL;
  if (forward->last_ready != NULL)
    forward->last_ready->next_ready = source;
  else
    forward->ready = source;
  forward->last_ready = source;
}

static RelayInstance *
pop_ready (RelayForward *forward)
{
  RelayInstance *source = forward->ready;

  forward->ready = source->next_ready;
  if (forward->ready == NULL)
    forward->last_ready = NULL;
  source->ready = false;
  return source;
}

void
relay_forward_forget (Relay *relay, RelayInstance *source)
{
  RelayForward *forward = &relay->forward;
  RelayInstance *previous = NULL;
  RelayBlock *block;

  if (source->ready)
    {
      for (RelayInstance *i = forward->ready; i != source; i = i->next_ready)
        previous = i;
      *(previous != NULL ? &previous->next_ready : &forward->ready) = source->next_ready;
      if (forward->last_ready == source)
        forward->last_ready = previous;
      source->ready = false;
    }
  while ((block = relay_queue_pop (&source->postponed)) != NULL)
    relay_pool_give (&relay->pool, block);
}

/* Counts a drop at the port the frame names, or at port 0/0 when it names none there is. */
static void
refuse (Relay *relay, RelayInstance *source, RelayPort *port, unsigned reason)
{
  if (port == NULL)
    port = relay_port_of_instance (relay, source, 0);
  if (port != NULL)
    port->counters->drops[reason]++;
}

void
relay_forward_datagram (
    Relay *relay, RelayInstance *source, uint8_t *datagram, unsigned length, bool truncated)
{
  RelayPort *port = NULL;
  int index = -1;

  if (length >= IOU_HEADER_SIZE)
    index = relay_instance_port_index (source, datagram[4]);
  if (index >= 0)
    {
      port = source->ports[index];
      if (port == NULL)
        port = relay_port_of_instance (relay, source, datagram[4]);
    }
  if (port == NULL || length <= IOU_HEADER_SIZE || datagram[6] != IOU_TYPE_DATA ||
      memcmp (datagram, source->expected, sizeof source->expected) != 0)
    refuse (relay, source, port, RELAY_DROP_INVALID);
  else if (truncated)
    refuse (relay, source, port, RELAY_DROP_TRUNCATED);
  else
    {
      port->counters->in_frames++;
      port->counters->in_bytes += length - IOU_HEADER_SIZE;
      if (port->peer == NULL)
        refuse (relay, source, port,
                port->link != NULL ? RELAY_DROP_UNPLUGGED : RELAY_DROP_UNLINKED);
      else if (port->way != NULL && relay_way_take_datagram (relay, port, datagram, length))
        return;
      else if (port->peer->instance != NULL)
        relay_output_datagram (relay, port->peer, datagram, (uint16_t) length);
      else
        relay_device_input (relay, port->peer, datagram + IOU_HEADER_SIZE,
                            (uint16_t) (length - IOU_HEADER_SIZE));
    }
}

static bool
must_stop (const Relay *relay)
{
  return relay->output.full != NULL || relay->output.work > MAX_WORK;
}

/* Frames that were read before the source had to wait. Returns false if it has to again. */
static bool
forward_postponed (Relay *relay, RelayInstance *source)
{
  RelayQueue done = { 0 };
  RelayBlock *block;

  while (!must_stop (relay) && (block = relay_queue_pop (&source->postponed)) != NULL)
    {
      relay_forward_datagram (relay, source, block->data, block->length, false);
      relay_queue_push (&done, block);
    }
  relay_output_flush (relay); /* stages point into the blocks */
  while ((block = relay_queue_pop (&done)) != NULL)
    relay_pool_give (&relay->pool, block);
  return !must_stop (relay);
}

static void
postpone (Relay *relay, RelayInstance *source, const uint8_t *datagram, unsigned length)
{
  RelayBlock *block = relay_pool_take (&relay->pool, length);

  int index = length > 4 ? relay_instance_port_index (source, datagram[4]) : -1;

  if (block == NULL)
    {
      refuse (relay, source, index >= 0 ? source->ports[index] : NULL, RELAY_DROP_QUEUE);
      return;
    }
  memcpy (block->data, datagram, length);
  relay_queue_push (&source->postponed, block);
}

/* Returns whether the source may have more. */
static bool
forward_batch (Relay *relay, RelayInstance *source)
{
  RelayBatch *batch = relay->forward.batch;
  int n;

  n = recvmmsg (source->rx.fd, batch->messages, RELAY_BATCH, MSG_DONTWAIT, NULL);
  if (n <= 0)
    return n < 0 && errno == EINTR;
  relay_loop_saw_frames (relay);
  for (int i = 0; i < n; i++)
    {
      bool truncated = (batch->messages[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;

      if (must_stop (relay) && !truncated)
        postpone (relay, source, batch->buffers[i], batch->messages[i].msg_len);
      else
        relay_forward_datagram (relay, source, batch->buffers[i], batch->messages[i].msg_len,
                                truncated);
    }
  relay_output_flush (relay);
  return n == RELAY_BATCH;
}

void
relay_forward_run (Relay *relay)
{
  RelayForward *forward = &relay->forward;
  RelayInstance *last = forward->last_ready, *source = NULL;

  relay->output.work = 0;
  while (forward->ready != NULL && source != last && relay->output.work <= MAX_WORK)
    {
      bool again;

      source = pop_ready (forward);
      relay->output.full = NULL;
      again = !forward_postponed (relay, source) || forward_batch (relay, source) ||
              source->postponed.count > 0;
      if (relay->output.full != NULL && relay->output.full->queue.count > 0)
        relay_output_wait (relay, source, relay->output.full);
      else if (again || relay->output.full != NULL)
        relay_forward_make_ready (relay, source);
    }
}
