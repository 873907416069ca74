/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory of frames that wait.
 *
 * All queues draw from one pool, so a thousand idle devices hold nothing and a few busy ones may
 * hold much. Blocks come in three sizes (a keystroke, a full Ethernet frame, the largest netio
 * frame) out of slabs of 64 KiB, mapped on a 64 KiB boundary so that a block finds its slab by
 * masking its address. An empty slab is unmapped at once, but for the last of its size: after a
 * storm the memory goes back to the system, and a queue that breathes around a slab's end does not
 * map and unmap all the time. What links keep back for a while (relay-line.c) has a pool of its
 * own, which may keep more empty slabs. */

#include "relay-pool.h"

#include "relay-util.h"

#include <stdbool.h>
#include <sys/mman.h>

#define SLAB_SIZE ((size_t) 64 << 10)

struct RelaySlab
{
  RelaySlab *next, *previous; /* among those of its size with a free block */
  RelayBlock *free;
  uint32_t used, untouched; /* blocks given out; offset of the first byte never given out */
  uint8_t size_class;
};

static const size_t block_sizes[RELAY_POOL_CLASSES] = { 256, 1600, 4160 };

static void
list_slab (RelayPool *pool, RelaySlab *slab)
{
  RelaySlab **head = &pool->slabs[slab->size_class];

  slab->previous = NULL;
  slab->next = *head;
  if (*head != NULL)
    (*head)->previous = slab;
  *head = slab;
}

static void
unlist_slab (RelayPool *pool, RelaySlab *slab)
{
  if (slab->previous != NULL)
    slab->previous->next = slab->next;
  else
    pool->slabs[slab->size_class] = slab->next;
  if (slab->next != NULL)
    slab->next->previous = slab->previous;
}

static bool
slab_is_full (const RelaySlab *slab)
{
  return slab->free == NULL && slab->untouched + block_sizes[slab->size_class] > SLAB_SIZE;
}

/* Maps twice the size and cuts off what lies outside the boundary. */
static RelaySlab *
map_slab (RelayPool *pool, unsigned size_class)
{
  uint8_t *area, *start;
  RelaySlab *slab;

  if (pool->bytes + SLAB_SIZE > pool->limit)
    return NULL;
  area = mmap (NULL, 2 * SLAB_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED)
    return NULL;
  start = area + (SLAB_SIZE - (uintptr_t) area % SLAB_SIZE) % SLAB_SIZE;
  if (start > area)
    munmap (area, (size_t) (start - area));
  munmap (start + SLAB_SIZE, SLAB_SIZE - (size_t) (start - area));

  slab = (RelaySlab *) (void *) start;
  slab->size_class = (uint8_t) size_class;
  slab->untouched = 64;
  pool->bytes += SLAB_SIZE;
  list_slab (pool, slab);
  return slab;
}

RelayBlock *
relay_pool_take (RelayPool *pool, size_t length)
{
  unsigned size_class = 0;
  RelaySlab *slab;
  RelayBlock *block;

  while (size_class < RELAY_POOL_CLASSES - 1 &&
         offsetof (RelayBlock, data) + length > block_sizes[size_class])
    size_class++;
  slab = pool->slabs[size_class];
  if (slab == NULL && (slab = map_slab (pool, size_class)) == NULL)
    return NULL;

  block = slab->free;
  if (block != NULL)
    slab->free = block->next;
  else
    {
      block = (RelayBlock *) (void *) ((uint8_t *) slab + slab->untouched);
      slab->untouched += (uint32_t) block_sizes[size_class];
    }
  slab->used++;
  if (slab_is_full (slab))
    unlist_slab (pool, slab);
  block->next = NULL;
  block->port = NULL;
  block->length = (uint16_t) length;
  return block;
}

void
relay_pool_give (RelayPool *pool, RelayBlock *block)
{
  RelaySlab *slab = (RelaySlab *) (void *) ((uintptr_t) block & ~(uintptr_t) (SLAB_SIZE - 1));
  bool was_full = slab_is_full (slab);

  block->next = slab->free;
  slab->free = block;
  slab->used--;
  if (was_full)
    list_slab (pool, slab);
  if (slab->used == 0 && pool->bytes > pool->keep && (slab->next != NULL || slab->previous != NULL))
    {
      unlist_slab (pool, slab);
      munmap (slab, SLAB_SIZE);
      pool->bytes -= SLAB_SIZE;
    }
}

void
relay_pool_clear (RelayPool *pool)
{
  for (unsigned i = 0; i < RELAY_POOL_CLASSES; i++)
    while (pool->slabs[i] != NULL)
      {
        RelaySlab *slab = pool->slabs[i];

        unlist_slab (pool, slab);
        munmap (slab, SLAB_SIZE);
        pool->bytes -= SLAB_SIZE;
      }
}

void
relay_pool_clear_empty (RelayPool *pool)
{
  for (unsigned i = 0; i < RELAY_POOL_CLASSES; i++)
    {
      RelaySlab *next;

      for (RelaySlab *slab = pool->slabs[i]; slab != NULL; slab = next)
        {
          next = slab->next;
          if (slab->used > 0)
            continue;
          unlist_slab (pool, slab);
          munmap (slab, SLAB_SIZE);
          pool->bytes -= SLAB_SIZE;
        }
    }
}
