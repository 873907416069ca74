/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A first-in first-out chain of blocks. Empty, it owns no memory at all. */

#include "relay-pool.h"

typedef struct
{
  RelayBlock *head, *tail;
  unsigned count;
} RelayQueue;

/* The queue has the block from now on. */
static inline void
relay_queue_push (RelayQueue *queue, RelayBlock *block)
{
  block->next = NULL;
  if (queue->tail != NULL)
    queue->tail->next = block;
  else
    queue->head = block;
  queue->tail = block;
  queue->count++;
}

/* The oldest, which is the caller's; NULL: it is empty. */
static inline RelayBlock *
relay_queue_pop (RelayQueue *queue)
{
  RelayBlock *block = queue->head;

  if (block == NULL)
    return NULL;
  queue->head = block->next;
  if (queue->head == NULL)
    queue->tail = NULL;
  queue->count--;
  return block;
}
