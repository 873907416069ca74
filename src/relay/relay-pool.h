/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-types.h"

#include <stddef.h>
#include <stdint.h>

#define RELAY_POOL_CLASSES 3
#define RELAY_POOL_LIMIT   ((size_t) 96 << 20)

/* A frame that waits, header and all. */
struct RelayBlock
{
  RelayBlock *next;
  RelayPort *port; /* where it goes out; NULL while it waits on its way in */
  uint16_t length;
  uint8_t data[];
};

typedef struct RelaySlab RelaySlab;

typedef struct
{
  RelaySlab *slabs[RELAY_POOL_CLASSES]; /* those with a free block */
  size_t bytes;
} RelayPool;

/* A block for `length` bytes (at most IOU_MAX_DATAGRAM), or NULL when the pool is at its limit. */
RelayBlock *relay_pool_take (RelayPool *pool, size_t length);
void relay_pool_give (RelayPool *pool, RelayBlock *block);

/* Unmaps what is empty; every block must have been given back. */
void relay_pool_clear (RelayPool *pool);
