/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames on their way to devices.
 *
 * While a batch is read, what goes to one destination collects in a stage and leaves with one
 * system call, straight from the receive buffers. What the destination's socket does not take is
 * copied to its queue, and from then on until the queue is empty everything for it goes through the
 * queue; the kernel tells us (EPOLLOUT on the connected socket) when it reads.
 *
 * Nothing is dropped for a destination that lives: when its queue has FULL frames, the source that
 * brought the last one has to wait (relay-forward.c stops reading it), so that a sender that blocks
 * is slowed down to what the receiver takes. Sources go on when the queue is half empty. The queue
 * is longer than FULL only by the one frame each other source may bring before it waits as well.
 *
 * A destination that takes nothing for STUCK_AFTER while others wait for it is stuck: they go on,
 * and what does not fit into a short queue is dropped and counted, until it has drained altogether.
 * That it reads is seen by what it has not yet read getting less (SIOCOUTQ), as EPOLLOUT comes only
 * when three quarters of the send buffer are free. */

#include "relay-output.h"

#include "relay-forward.h"
#include "relay-private.h"

#include <errno.h>
#include <linux/sockios.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>

#define FULL            256
#define FULL_WHEN_SHORT 32 /* of memory */
#define STUCK_LIMIT     32
#define HARD_LIMIT      2048
#define STUCK_AFTER     (200 * RELAY_NS_PER_MS)
#define STUCK_TICK      (50 * RELAY_NS_PER_MS)

void
relay_output_init (Relay *relay)
{
  relay->output.stages = relay_new0 (RELAY_STAGES * sizeof (RelayStage));
}

void
relay_output_clear (Relay *relay)
{
  free (relay->output.stages);
}

static inline void
count_sent (RelayPort *port, unsigned length)
{
  port->counters->out_frames++;
  port->counters->out_bytes += length - IOU_HEADER_SIZE;
}

/* One sendmmsg(), after a new connection if the old one is dead. Fewer sent than asked means that
 * the device's queue is full, or with `gone` that it is not there. */
static unsigned
send_some (
    Relay *relay, RelayInstance *target, struct mmsghdr *messages, unsigned count, bool *gone)
{
  bool tried = false;
  int sent;

  *gone = false;
  while ((sent = sendmmsg (target->tx.fd, messages, count, MSG_DONTWAIT | MSG_NOSIGNAL)) < 0)
    {
      if (errno == EINTR)
        continue;
      if (errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM)
        return 0;
      relay_instance_disconnect (relay, target);
      if (tried || !relay_instance_connect (relay, target))
        {
          *gone = true;
          return 0;
        }
      tried = true;
    }
  return (unsigned) sent;
}

static void
arm (Relay *relay, RelayInstance *target)
{
  if (target->tx.func == NULL)
    relay_watch_add (relay, &target->tx, target->tx.fd, EPOLLOUT, relay_instance_writable);
  else
    relay_watch_set (relay, &target->tx, EPOLLOUT);
  target->armed = true;
}

static void
disarm (Relay *relay, RelayInstance *target)
{
  if (target->armed)
    relay_watch_set (relay, &target->tx, 0);
  target->armed = false;
}

bool
relay_output_is_full (const Relay *relay, const RelayInstance *target)
{
  unsigned full = relay->pool.bytes > RELAY_POOL_LIMIT / 2 ? FULL_WHEN_SHORT : FULL;

  return target->queue.count >= full && !target->stuck && !target->held;
}

static void
enqueue (Relay *relay, RelayPort *port, const struct iovec *parts, size_t n_parts)
{
  RelayInstance *target = port->instance;
  bool waits = !target->stuck && !target->held;
  size_t length = 0;
  RelayBlock *block = NULL;

  for (size_t i = 0; i < n_parts; i++)
    length += parts[i].iov_len;
  if (target->queue.count < (waits ? HARD_LIMIT : STUCK_LIMIT))
    block = relay_pool_take (&relay->pool, length);
  if (block == NULL)
    port->counters->drops[RELAY_DROP_QUEUE]++;
  else
    {
      block->port = port;
      length = 0;
      for (size_t i = 0; i < n_parts; i++)
        {
          memcpy (block->data + length, parts[i].iov_base, parts[i].iov_len);
          length += parts[i].iov_len;
        }
      relay_queue_push (&target->queue, block);
      if (++port->counters->queue > port->counters->queue_max)
        port->counters->queue_max = port->counters->queue;
      if (!target->armed)
        arm (relay, target);
    }
  if (relay_output_is_full (relay, target))
    relay->output.full = target;
}

static void
send_stage (Relay *relay, RelayStage *stage)
{
  RelayInstance *target = stage->target;
  unsigned sent = 0;
  bool gone = false;

  target->stage = NULL;
  if (target->tx.fd < 0)
    gone = true;
  else
    sent = send_some (relay, target, stage->messages, stage->count, &gone);
  for (unsigned i = 0; i < sent; i++)
    count_sent (stage->ports[i], stage->messages[i].msg_len);
  if (sent > 0)
    target->last_progress = relay->loop.now;
  for (unsigned i = sent; i < stage->count; i++)
    if (gone)
      stage->ports[i]->counters->drops[RELAY_DROP_PEER_GONE]++;
    else
      enqueue (relay, stage->ports[i], stage->parts[i], stage->messages[i].msg_hdr.msg_iovlen);
}

void
relay_output_flush (Relay *relay)
{
  RelayOutput *output = &relay->output;

  for (unsigned i = 0; i < output->n_used; i++)
    send_stage (relay, &output->stages[i]);
  output->n_used = 0;
}

/* A stage of the destination with room for a frame. */
static RelayStage *
stage_for (Relay *relay, RelayInstance *target)
{
  RelayOutput *output = &relay->output;

  if (target->stage == NULL)
    {
      target->stage = &output->stages[output->n_used++];
      target->stage->target = target;
      target->stage->count = 0;
    }
  return target->stage;
}

/* With two parts the first is a head of its own that is copied; everything else stays where it is.
 */
static void
put (Relay *relay, RelayPort *port, const struct iovec *parts, size_t n_parts)
{
  RelayInstance *target = port->instance;
  RelayOutput *output = &relay->output;
  RelayStage *stage;
  struct msghdr *message;
  struct iovec *own;

  output->work++;
  if (target->stage != NULL ? target->stage->count == RELAY_BATCH : output->n_used == RELAY_STAGES)
    relay_output_flush (relay);
  if (target->queue.count > 0)
    {
      enqueue (relay, port, parts, n_parts);
      return;
    }
  if (target->tx.fd < 0 && !relay_instance_connect (relay, target))
    {
      port->counters->drops[RELAY_DROP_PEER_GONE]++;
      return;
    }
  stage = stage_for (relay, target);
  own = stage->parts[stage->count];
  memcpy (own, parts, n_parts * sizeof *parts);
  if (n_parts > 1)
    own[0].iov_base = memcpy (stage->heads[stage->count], parts[0].iov_base, parts[0].iov_len);
  message = &stage->messages[stage->count].msg_hdr;
  message->msg_iov = own;
  message->msg_iovlen = n_parts;
  stage->ports[stage->count++] = port;
}

void
relay_output_datagram (Relay *relay, RelayPort *port, uint8_t *datagram, uint16_t length)
{
  struct iovec part = { datagram, length };

  memcpy (datagram, port->header, IOU_HEADER_SIZE);
  put (relay, port, &part, 1);
}

/* Header, and what of the frame has to look different from what came. */
static size_t
write_head (uint8_t *head, const RelayPort *port, const RelayFrame *frame)
{
  memcpy (head, port->header, IOU_HEADER_SIZE);
  return IOU_HEADER_SIZE + relay_frame_write_start (frame, head + IOU_HEADER_SIZE);
}

void
relay_output_frame (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  uint8_t head[32];
  size_t skip = frame->original ? 0 : frame->rest;
  struct iovec parts[2] = {
    { head, write_head (head, port, frame) },
    { (uint8_t *) frame->data + skip, frame->length - skip },
  };

  if (parts[0].iov_len + parts[1].iov_len > IOU_MAX_DATAGRAM)
    port->counters->drops[RELAY_DROP_TRUNCATED]++;
  else
    put (relay, port, parts, 2);
}

static unsigned
collect (const RelayQueue *queue, struct mmsghdr *messages, struct iovec *parts)
{
  unsigned count = 0;

  for (RelayBlock *block = queue->head; block != NULL && count < RELAY_BATCH; block = block->next)
    {
      parts[count] = (struct iovec){ block->data, block->length };
      messages[count].msg_hdr.msg_iov = &parts[count];
      messages[count].msg_hdr.msg_iovlen = 1;
      count++;
    }
  return count;
}

void
relay_output_drain (Relay *relay, RelayInstance *target)
{
  struct mmsghdr messages[RELAY_BATCH] = { 0 };
  struct iovec parts[RELAY_BATCH];
  unsigned count, sent;
  bool gone = false;

  do
    {
      count = collect (&target->queue, messages, parts);
      sent = count > 0 ? send_some (relay, target, messages, count, &gone) : 0;
      for (unsigned i = 0; i < sent; i++)
        {
          RelayBlock *block = relay_queue_pop (&target->queue);

          count_sent (block->port, block->length);
          block->port->counters->queue--;
          relay_pool_give (&relay->pool, block);
        }
      if (sent > 0)
        target->last_progress = relay->loop.now;
    }
  while (count > 0 && sent == count);

  if (gone)
    relay_output_drop (relay, target, RELAY_DROP_PEER_GONE);
  else if (target->queue.count == 0)
    {
      target->stuck = false;
      disarm (relay, target);
    }
  else if (!target->armed) /* connected anew on the way */
    arm (relay, target);
  if (target->queue.count <= FULL / 2)
    relay_output_release (relay, target);
}

/* Keeps the oldest `keep` frames of the queue. */
static void
trim (Relay *relay, RelayInstance *target, unsigned keep, unsigned reason)
{
  RelayQueue kept = { 0 };
  RelayBlock *block;

  while ((block = relay_queue_pop (&target->queue)) != NULL)
    if (kept.count < keep)
      relay_queue_push (&kept, block);
    else
      {
        block->port->counters->drops[reason]++;
        block->port->counters->queue--;
        relay_pool_give (&relay->pool, block);
      }
  target->queue = kept;
}

void
relay_output_drop (Relay *relay, RelayInstance *target, unsigned reason)
{
  trim (relay, target, 0, reason);
  target->stuck = false;
  disarm (relay, target);
  relay_output_release (relay, target);
}

static bool
reads (Relay *relay, RelayInstance *target)
{
  int unread = 0;
  bool less;

  if (target->tx.fd < 0 || ioctl (target->tx.fd, SIOCOUTQ, &unread) < 0)
    return false;
  less = unread < target->unread;
  target->unread = unread;
  return less;
}

/* Somebody waits for the target: it is looked at whether it reads. */
static void
watch_progress (Relay *relay, RelayInstance *target)
{
  if (target->congested)
    return;
  target->congested = true;
  target->next_congested = relay->output.congested;
  relay->output.congested = target;
  target->last_progress = relay->loop.now;
  reads (relay, target);
  relay_timer_arm (relay, RELAY_TIMER_STUCK, STUCK_TICK);
}

void
relay_output_hold (Relay *relay, RelayInstance *target)
{
  target->keeps_lines = true;
  watch_progress (relay, target);
}

void
relay_output_wait (Relay *relay, RelayInstance *source, RelayInstance *target)
{
  source->blocked_on = target;
  source->next_waiter = NULL;
  if (target->last_waiter != NULL)
    target->last_waiter->next_waiter = source;
  else
    target->waiters = source;
  target->last_waiter = source;
  watch_progress (relay, target);
}

void
relay_output_release (Relay *relay, RelayInstance *target)
{
  RelayInstance *source = target->waiters;

  relay->lines.retry |= target->keeps_lines;
  target->keeps_lines = false;
  target->waiters = target->last_waiter = NULL;
  while (source != NULL)
    {
      RelayInstance *next = source->next_waiter;

      source->blocked_on = NULL;
      relay_forward_make_ready (relay, source);
      source = next;
    }
}

void
relay_output_check_stuck (Relay *relay)
{
  RelayInstance **place = &relay->output.congested;

  while (*place != NULL)
    {
      RelayInstance *target = *place;

      if (target->waiters != NULL || target->keeps_lines)
        {
          relay_output_drain (relay, target);
          if (reads (relay, target))
            target->last_progress = relay->loop.now;
          if (relay->loop.now - target->last_progress >= STUCK_AFTER && target->queue.count > 0)
            {
              target->stuck = true;
              trim (relay, target, STUCK_LIMIT, RELAY_DROP_QUEUE);
              relay_output_release (relay, target);
            }
        }
      if (target->waiters == NULL && !target->keeps_lines)
        {
          target->congested = false;
          *place = target->next_congested;
        }
      else
        place = &target->next_congested;
    }
  if (relay->output.congested != NULL)
    relay_timer_arm (relay, RELAY_TIMER_STUCK, STUCK_TICK);
}

/* Takes an instance that goes away out of every list. */
void
relay_output_forget (Relay *relay, RelayInstance *instance)
{
  relay_output_drop (relay, instance, RELAY_DROP_PEER_GONE);
  if (instance->blocked_on != NULL)
    {
      RelayInstance *target = instance->blocked_on, *previous = NULL;

      for (RelayInstance *i = target->waiters; i != instance; i = i->next_waiter)
        previous = i;
      *(previous != NULL ? &previous->next_waiter : &target->waiters) = instance->next_waiter;
      if (target->last_waiter == instance)
        target->last_waiter = previous;
      instance->blocked_on = NULL;
    }
  if (instance->congested)
    {
      RelayInstance **place = &relay->output.congested;

      while (*place != instance)
        place = &(*place)->next_congested;
      *place = instance->next_congested;
      instance->congested = false;
    }
}
