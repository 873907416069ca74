/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-types.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RELAY_POOL_CLASSES 3
#define RELAY_POOL_LIMIT   ((size_t) 96 << 20) /* of all queues */
#define RELAY_LINE_LIMIT   ((size_t) 256 << 20) /* of all impaired links */

/* A frame that waits, header and all. */
struct RelayBlock
{
  RelayBlock *next;
  RelayPort *port; /* where it goes out; NULL while it waits on its way in */
  RelayLine *line; /* of an impaired link: whose it is… */
  uint64_t due;    /* …when it goes on… */
  uint8_t hops;    /* …how many built-in devices it has passed… */
  bool sending;    /* …whether it is still in the queue of a slow line… */
  bool reorder;    /* …and not to keep its place then */
  uint16_t length;
  uint8_t data[];
};

typedef struct RelaySlab RelaySlab;

typedef struct
{
  RelaySlab *slabs[RELAY_POOL_CLASSES]; /* those with a free block */
  size_t bytes, limit;
  size_t keep; /* bytes that are not given back to the system when they are free */
} RelayPool;

/* A block for `length` bytes (at most IOU_MAX_DATAGRAM), or NULL when the pool is at its limit. */
RelayBlock *relay_pool_take (RelayPool *pool, size_t length);
void relay_pool_give (RelayPool *pool, RelayBlock *block);

/* Unmaps empty slabs that `keep` has kept. */
void relay_pool_clear_empty (RelayPool *pool);

/* Unmaps everything; every block must have been given back. */
void relay_pool_clear (RelayPool *pool);
