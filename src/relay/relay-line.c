/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames on an impaired link.
 *
 * What is only lost, too long or filtered is decided on the spot, and the others go on as on any
 * link. As soon as something may be delayed, sent twice or changed, all frames of that direction
 * are copied into blocks of a pool that is set apart for this, so that no port without impairments
 * has less for its queues. A block passes two stations, both slots of the timer wheel: the end of
 * its transmission, on a line with a rate, and its delay. When the settings change the frames that
 * are on their way arrive as they would have, and those that keep their order are not overtaken.
 *
 * Delay does not slow a sender: it waits, as everywhere, only for a receiver whose queue is full.
 * Frames that come due for such a one are held, in order, and go on when it reads; who sends to it
 * waits meanwhile. A direction may keep as much as is left for all others together. */

#include "relay-line.h"

#include "relay-device.h"
#include "relay-filter.h"
#include "relay-link.h"
#include "relay-private.h"
#include "relay-way.h"

#include <stdlib.h>
#include <string.h>

#define KEEP          ((size_t) 64 << 20)
#define DEFAULT_QUEUE 100
#define HELD_BACK     (10 * RELAY_NS_PER_MS) /* a reordered frame of a line without delay */
#define MAX_WORK      4096

void
relay_lines_init (Relay *relay)
{
  relay->lines.pool.limit = RELAY_LINE_LIMIT;
  relay->lines.pool.keep = KEEP;
  relay_wheel_init (&relay->lines.wheel);
}

static void
give_all (Relay *relay, RelayQueue *queue)
{
  RelayBlock *block;

  while ((block = relay_queue_pop (queue)) != NULL)
    relay_pool_give (&relay->lines.pool, block);
}

void
relay_lines_clear (Relay *relay)
{
  give_all (relay, &relay->lines.done);
  relay_wheel_close (relay, &relay->lines.wheel);
  relay_pool_clear (&relay->lines.pool);
}

RelayLine *
relay_line_new (Relay *relay, RelayPort *from)
{
  RelayLine *line = relay_new0 (sizeof *line);

  line->from = from;
  line->next = relay->lines.lines;
  relay->lines.lines = line;
  return line;
}

static void
forget_in (Relay *relay, RelayQueue *queue, const RelayLine *line)
{
  RelayQueue kept = { 0 };
  RelayBlock *block;

  while ((block = relay_queue_pop (queue)) != NULL)
    if (block->line == line)
      relay_pool_give (&relay->lines.pool, block);
    else
      relay_queue_push (&kept, block);
  *queue = kept;
}

void
relay_line_free (Relay *relay, RelayLine *line)
{
  RelayLine **place = &relay->lines.lines;

  while (*place != line)
    place = &(*place)->next;
  *place = line->next;
  if (line->in_flight > 0)
    {
      relay_wheel_forget (&relay->lines.wheel, &relay->lines.pool, line);
      forget_in (relay, &relay->lines.now, line);
      give_all (relay, &line->held);
    }
  if (relay->lines.lines == NULL)
    {
      relay->lines.pool.keep = 0;
      relay_pool_clear_empty (&relay->lines.pool);
      relay->lines.pool.keep = KEEP;
    }
  relay_filter_free (line->filter);
  free (line);
}

static void
remove_line (Relay *relay, RelayLine *line)
{
  RelayPort *from = line->from;

  from->link->lines[from == from->link->ends[1]] = NULL;
  relay_way_update (relay, from);
  relay_line_free (relay, line);
}

void
relay_line_end (Relay *relay, RelayLine *line)
{
  if (line->in_flight == 0)
    {
      remove_line (relay, line);
      return;
    }
  line->impair.config = (RelayImpairConfig){ 0 };
  relay_filter_free (line->filter);
  line->filter = NULL;
  line->ends = true;
  relay->lines.ending = true;
}

static void
remove_ended (Relay *relay)
{
  RelayLine *next;

  relay->lines.ending = false;
  for (RelayLine *line = relay->lines.lines; line != NULL; line = next)
    {
      next = line->next;
      if (line->ends && line->in_flight == 0)
        remove_line (relay, line);
      else if (line->ends)
        relay->lines.ending = true;
    }
}

static void
drop (RelayLine *line, unsigned counter)
{
  line->impair.counters[counter]++;
  line->from->counters->drops[RELAY_DROP_IMPAIRED]++;
}

/* The peer, if it is a device whose queue is so full that who sends to it has to wait. */
static RelayInstance *
full_target (const Relay *relay, const RelayLine *line)
{
  RelayPort *to = line->from->peer;

  return to != NULL && to->instance != NULL && relay_output_is_full (relay, to->instance)
             ? to->instance
             : NULL;
}

static void
hand_on (Relay *relay, RelayLine *line, RelayBlock *block)
{
  RelayPort *to = line->from->peer;
  const unsigned length = block->length - IOU_HEADER_SIZE;

  line->in_flight--;
  line->in_flight_bytes -= block->length;
  relay_queue_push (&relay->lines.done, block);
  if (to == NULL)
    {
      line->from->counters->drops[RELAY_DROP_UNPLUGGED]++;
      return;
    }
  line->impair.counters[RELAY_IMPAIR_PASSED]++;
  relay_way_received (relay, line->from, block->data + IOU_HEADER_SIZE, length);
  if (to->instance != NULL)
    relay_output_datagram (relay, to, block->data, block->length);
  else
    relay_device_input_after (relay, to, block->data + IOU_HEADER_SIZE, (uint16_t) length,
                              block->hops);
}

/* Frames of one line stay behind those that are held. */
static void
deliver (Relay *relay, RelayLine *line, RelayBlock *block)
{
  RelayInstance *full = full_target (relay, line);

  if (full == NULL && line->held.count == 0)
    {
      hand_on (relay, line, block);
      return;
    }
  relay_queue_push (&line->held, block);
  if (full != NULL)
    relay_output_hold (relay, full);
  else
    relay->lines.retry = true;
}

static void
deliver_held (Relay *relay, RelayLine *line)
{
  RelayInstance *full = NULL;

  while (line->held.count > 0 && (full = full_target (relay, line)) == NULL &&
         relay->output.work <= MAX_WORK)
    hand_on (relay, line, relay_queue_pop (&line->held));
  if (full != NULL)
    relay_output_hold (relay, full);
  else if (line->held.count > 0)
    relay->lines.retry = true;
}

/* Keeps a block until it is due. One that is due is first in line, unless it would overtake others
 * that wait for the end of a tick. */
static void
keep (Relay *relay, RelayLine *line, RelayBlock *block, bool overtakes)
{
  RelayLines *lines = &relay->lines;

  if ((block->due > relay->loop.now || (line->delayed > 0 && !overtakes)) &&
      relay_wheel_add (relay, &lines->wheel, block))
    line->delayed += !block->sending;
  else
    relay_queue_push (&lines->now, block);
}

/* When a frame goes on that was sent completely at `from`. */
static uint64_t
due_time (RelayLine *line, uint64_t from, bool reorder)
{
  const RelayImpairConfig *config = &line->impair.config;
  uint64_t due = from + relay_impair_draw_delay (&line->impair);

  if (reorder)
    return config->delay > 0 ? from : from + HELD_BACK;
  if (config->jitter > 0 && config->free_order)
    return due;
  if (due < line->last_due)
    due = line->last_due;
  line->last_due = due;
  return due;
}

/* The end of a frame's transmission on a line with a rate; 0 if the queue is full. */
static uint64_t
transmit (Relay *relay, RelayLine *line, unsigned length)
{
  const RelayImpairConfig *config = &line->impair.config;
  const unsigned limit = config->queue > 0 ? config->queue : DEFAULT_QUEUE;

  if (config->queue_is_bytes ? line->waiting_bytes + length > limit && line->waiting > 0
                             : line->waiting > limit)
    return 0;
  if (line->free_at < relay->loop.now)
    line->free_at = relay->loop.now;
  line->free_at += (uint64_t) length * 8 * RELAY_NS_PER_S / config->rate;
  return line->free_at;
}

static bool
may_overtake (const RelayLine *line, bool reorder)
{
  return reorder || (line->impair.config.jitter > 0 && line->impair.config.free_order);
}

static void
go_on (Relay *relay, RelayBlock *block)
{
  RelayLine *line = block->line;

  if (!block->sending)
    {
      deliver (relay, line, block);
      return;
    }
  block->sending = false;
  line->waiting--;
  line->waiting_bytes -= block->length - IOU_HEADER_SIZE;
  block->due = due_time (line, block->due, block->reorder);
  keep (relay, line, block, may_overtake (line, block->reorder));
}

static void
tick_over (Relay *relay, RelayBlock *block)
{
  block->line->delayed -= !block->sending;
  go_on (relay, block);
}

/* A block for a frame of `length` bytes behind the header, or NULL when there is no room. */
static RelayBlock *
new_block (Relay *relay, RelayLine *line, unsigned length, unsigned hops)
{
  RelayPool *pool = &relay->lines.pool;
  RelayBlock *block = NULL;

  if (line->in_flight_bytes <= pool->limit - pool->bytes)
    block = relay_pool_take (pool, IOU_HEADER_SIZE + length);
  if (block == NULL)
    {
      drop (line, RELAY_IMPAIR_QUEUE);
      return NULL;
    }
  block->line = line;
  block->hops = (uint8_t) hops;
  block->sending = false;
  block->reorder = false;
  line->in_flight++;
  line->in_flight_bytes += block->length;
  return block;
}

/* Sends a block on its way. */
static void
start (Relay *relay, RelayLine *line, RelayBlock *block, const RelayVerdict *verdict)
{
  const unsigned length = block->length - IOU_HEADER_SIZE;

  if (verdict->corrupt)
    relay_impair_corrupt (&line->impair, block->data + IOU_HEADER_SIZE, length);
  if (line->impair.config.rate == 0)
    {
      block->due = due_time (line, relay->loop.now, verdict->reorder);
      keep (relay, line, block, may_overtake (line, verdict->reorder));
      return;
    }
  block->due = transmit (relay, line, length);
  if (block->due == 0)
    {
      drop (line, RELAY_IMPAIR_QUEUE);
      line->in_flight--;
      line->in_flight_bytes -= block->length;
      relay_pool_give (&relay->lines.pool, block);
      return;
    }
  block->sending = true;
  block->reorder = verdict->reorder;
  line->waiting++;
  line->waiting_bytes += length;
  keep (relay, line, block, false);
}

/* The filter, and the impairments that only drop. True: the frame is done with. */
static bool
judge (RelayLine *line, const uint8_t *data, unsigned length, RelayVerdict *verdict, bool *pass)
{
  RelayImpair *impair = &line->impair;
  unsigned header = line->header;

  *pass = false;
  *verdict = (RelayVerdict){ 0 };
  if (line->filter != NULL)
    {
      bool matches = relay_filter_matches (line->filter, data, length);

      *pass = impair->config.filter_use == RELAY_FILTER_ONLY && !matches;
      if (*pass)
        return false;
      if (impair->config.filter_use == RELAY_FILTER_DROP && matches)
        {
          drop (line, RELAY_IMPAIR_FILTERED);
          return true;
        }
    }
  if (!line->serial && length >= RELAY_ETHERNET_HEADER + 4 && data[12] == RELAY_TPID >> 8 &&
      data[13] == (RELAY_TPID & 0xff))
    header += 4;
  *verdict = relay_impair_judge (impair, length > header ? length - header : 0);
  if (verdict->drop)
    line->from->counters->drops[RELAY_DROP_IMPAIRED]++;
  return verdict->drop;
}

static bool
keeps_frames (const RelayLine *line)
{
  return relay_impair_touches (&line->impair.config) || line->in_flight > 0;
}

/* Who sends to a receiver that is full waits; the frame at hand still goes its way. Its delay
 * counts from now and not from the beginning of the turn of the loop. */
static void
begin (Relay *relay, RelayLine *line)
{
  RelayInstance *full = full_target (relay, line);

  relay->loop.now = relay_clock ();
  if (full != NULL)
    relay->output.full = full;
  relay->output.work++;
}

bool
relay_line_take_frame (
    Relay *relay, RelayLine *line, const uint8_t *data, unsigned length, unsigned hops)
{
  RelayVerdict verdict;
  bool pass;

  if (judge (line, data, length, &verdict, &pass))
    return true;
  if (pass || !keeps_frames (line))
    {
      line->impair.counters[RELAY_IMPAIR_PASSED]++;
      return false;
    }
  begin (relay, line);
  for (unsigned copies = verdict.duplicate ? 2 : 1; copies > 0; copies--)
    {
      RelayBlock *block = new_block (relay, line, length, hops);

      if (block == NULL)
        continue;
      memcpy (block->data + IOU_HEADER_SIZE, data, length);
      start (relay, line, block, &verdict);
    }
  return true;
}

bool
relay_line_take_datagram (Relay *relay, RelayLine *line, const uint8_t *datagram, unsigned length)
{
  return relay_line_take_frame (relay, line, datagram + IOU_HEADER_SIZE, length - IOU_HEADER_SIZE,
                                0);
}

static void
run_now (Relay *relay)
{
  RelayBlock *block;

  while (relay->output.work <= MAX_WORK && (block = relay_queue_pop (&relay->lines.now)) != NULL)
    go_on (relay, block);
}

void
relay_lines_run (Relay *relay)
{
  RelayLines *lines = &relay->lines;

  if (lines->wheel.count == 0 && !relay_lines_are_due (lines))
    return;
  relay->output.work = 0;
  if (lines->retry)
    {
      lines->retry = false;
      for (RelayLine *line = lines->lines; line != NULL; line = line->next)
        deliver_held (relay, line);
    }
  run_now (relay);
  relay_wheel_run (relay, &lines->wheel, tick_over);
  run_now (relay);
  relay_output_flush (relay);
  give_all (relay, &lines->done);
  if (lines->ending)
    remove_ended (relay);
}
