/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timer wheel.
 *
 * Time is cut into ticks of 131 us. A frame lies in the slot of its tick modulo the number of
 * slots, so that putting in and taking out cost the same however many wait; one that is due in a
 * later turn of the wheel (more than 0.5 s away) is put back when its slot comes by. A bit for each
 * slot says where the next one is, and one timer of the kernel is set to that: no tick without
 * frames wakes anybody. */

#include "relay-wheel.h"

#include "relay-line.h"
#include "relay-private.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define TICK_SHIFT 17
#define N_SLOTS    4096u
#define N_WORDS    (N_SLOTS / 64)
#define MAX_WORK   4096

static uint64_t
tick_of (uint64_t time)
{
  return (time + (UINT64_C (1) << TICK_SHIFT) - 1) >> TICK_SHIFT;
}

void
relay_wheel_init (RelayWheel *wheel)
{
  wheel->timer.fd = -1;
}

void
relay_wheel_close (Relay *relay, RelayWheel *wheel)
{
  relay_watch_remove (relay, &wheel->timer);
  if (wheel->timer.fd >= 0)
    close (wheel->timer.fd);
  free (wheel->slots);
  free (wheel->used);
  *wheel = (RelayWheel){ .timer.fd = -1 };
}

/* The loop runs the wheel whenever it is awake. */
static void
timer_fired (Relay *relay, RelayWatch *watch, uint32_t events)
{
  uint64_t count;

  (void) !read (watch->fd, &count, sizeof count);
  RELAY_CONTAINER_OF (watch, RelayWheel, timer)->armed = 0;
}

static bool
open_wheel (Relay *relay, RelayWheel *wheel)
{
  int fd = timerfd_create (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

  if (fd < 0)
    return false;
  if (!relay_watch_add (relay, &wheel->timer, fd, EPOLLIN, timer_fired))
    {
      close (fd);
      wheel->timer.fd = -1;
      return false;
    }
  wheel->slots = relay_new0 (N_SLOTS * sizeof *wheel->slots);
  wheel->used = relay_new0 (N_WORDS * sizeof *wheel->used);
  return true;
}

static void
arm (RelayWheel *wheel, uint64_t tick)
{
  uint64_t time = tick << TICK_SHIFT;
  struct itimerspec when = { .it_value = { .tv_sec = (time_t) (time / RELAY_NS_PER_S),
                                           .tv_nsec = (long) (time % RELAY_NS_PER_S) } };

  if (wheel->armed != 0 && wheel->armed <= tick)
    return;
  if (timerfd_settime (wheel->timer.fd, TFD_TIMER_ABSTIME, &when, NULL) == 0)
    wheel->armed = tick;
}

static void
put (RelayWheel *wheel, RelayBlock *block, uint64_t tick)
{
  unsigned slot = tick % N_SLOTS;

  relay_queue_push (&wheel->slots[slot], block);
  wheel->used[slot / 64] |= UINT64_C (1) << slot % 64;
  wheel->count++;
}

static RelayQueue
take_slot (RelayWheel *wheel, unsigned slot)
{
  RelayQueue queue = wheel->slots[slot];

  wheel->slots[slot] = (RelayQueue){ 0 };
  wheel->used[slot / 64] &= ~(UINT64_C (1) << slot % 64);
  wheel->count -= queue.count;
  return queue;
}

bool
relay_wheel_add (Relay *relay, RelayWheel *wheel, RelayBlock *block)
{
  uint64_t tick;

  if (wheel->slots == NULL && !open_wheel (relay, wheel))
    return false;
  if (wheel->count == 0 && wheel->at < relay->loop.now >> TICK_SHIFT)
    wheel->at = relay->loop.now >> TICK_SHIFT;
  tick = tick_of (block->due);
  if (tick <= wheel->at) /* that is over */
    tick = wheel->at + 1;
  put (wheel, block, tick);
  arm (wheel, tick);
  return true;
}

/* Ticks from `tick` to the next one whose slot holds something, less than N_SLOTS; something is
 * there. */
static unsigned
distance (const RelayWheel *wheel, uint64_t tick)
{
  unsigned slot = tick % N_SLOTS;
  uint64_t word = wheel->used[slot / 64] >> slot % 64;
  unsigned steps = 64 - slot % 64;

  if (word != 0)
    return (unsigned) __builtin_ctzll (word);
  for (unsigned i = slot / 64 + 1;; i++, steps += 64)
    if (wheel->used[i % N_WORDS] != 0)
      return steps + (unsigned) __builtin_ctzll (wheel->used[i % N_WORDS]);
}

static void
run_slot (Relay *relay, RelayWheel *wheel, uint64_t tick, RelayWheelFunc func)
{
  RelayQueue queue = take_slot (wheel, tick % N_SLOTS);
  RelayBlock *block;

  while ((block = relay_queue_pop (&queue)) != NULL)
    if (tick_of (block->due) <= tick)
      func (relay, block);
    else
      put (wheel, block, tick_of (block->due));
}

void
relay_wheel_run (Relay *relay, RelayWheel *wheel, RelayWheelFunc func)
{
  uint64_t now = relay->loop.now >> TICK_SHIFT;

  while (wheel->count > 0 && wheel->at < now && relay->output.work <= MAX_WORK)
    {
      uint64_t next = wheel->at + 1 + distance (wheel, wheel->at + 1);

      wheel->at = next <= now ? next : now;
      if (next <= now)
        run_slot (relay, wheel, next, func);
    }
  if (wheel->count > 0)
    arm (wheel, wheel->at + 1 + distance (wheel, wheel->at + 1));
}

void
relay_wheel_forget (RelayWheel *wheel, RelayPool *pool, const RelayLine *line)
{
  for (unsigned slot = 0; wheel->slots != NULL && slot < N_SLOTS; slot++)
    {
      RelayQueue queue = take_slot (wheel, slot);
      RelayBlock *block;

      while ((block = relay_queue_pop (&queue)) != NULL)
        if (block->line == line)
          relay_pool_give (pool, block);
        else
          put (wheel, block, slot);
    }
}
