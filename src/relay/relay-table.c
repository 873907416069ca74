/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looked at by commands only, never on the way of a frame: a fixed number of buckets is enough for
 * the few thousand links of the largest lab. */

#include "relay-table.h"

#include <stdint.h>
#include <string.h>

static size_t
bucket_of (const char *name)
{
  uint32_t hash = 2166136261u;

  for (; *name != '\0'; name++)
    hash = (hash ^ (uint8_t) *name) * 16777619u;
  return hash % RELAY_TABLE_BUCKETS;
}

RelayTableNode *
relay_table_find (const RelayTable *table, const char *name)
{
  RelayTableNode *node = table->buckets[bucket_of (name)];

  while (node != NULL && strcmp (node->name, name) != 0)
    node = node->next;
  return node;
}

void
relay_table_add (RelayTable *table, RelayTableNode *node)
{
  RelayTableNode **bucket = &table->buckets[bucket_of (node->name)];

  node->next = *bucket;
  *bucket = node;
  table->count++;
}

void
relay_table_remove (RelayTable *table, RelayTableNode *node)
{
  RelayTableNode **place = &table->buckets[bucket_of (node->name)];

  while (*place != node)
    place = &(*place)->next;
  *place = node->next;
  node->next = NULL;
  table->count--;
}

RelayTableNode *
relay_table_next (const RelayTable *table, const RelayTableNode *node)
{
  size_t bucket = 0;

  if (node != NULL)
    {
      if (node->next != NULL)
        return node->next;
      bucket = bucket_of (node->name) + 1;
    }
  while (bucket < RELAY_TABLE_BUCKETS && table->buckets[bucket] == NULL)
    bucket++;
  return bucket < RELAY_TABLE_BUCKETS ? table->buckets[bucket] : NULL;
}
