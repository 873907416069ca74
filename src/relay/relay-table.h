/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Objects by name: a chained hash table whose nodes live inside the objects. */

#include <stddef.h>

typedef struct RelayTableNode RelayTableNode;

struct RelayTableNode
{
  RelayTableNode *next;
  const char *name; /* owned by the object */
};

#define RELAY_TABLE_BUCKETS 1024

typedef struct
{
  RelayTableNode *buckets[RELAY_TABLE_BUCKETS];
  size_t count;
} RelayTable;

/* NULL: there is none of this name. */
RelayTableNode *relay_table_find (const RelayTable *table, const char *name);
/* The name must not be in it yet, and not change while it is. */
void relay_table_add (RelayTable *table, RelayTableNode *node);
/* It must be in it. */
void relay_table_remove (RelayTable *table, RelayTableNode *node);

/* Walks all nodes: NULL gives the first, the last gives NULL. */
RelayTableNode *relay_table_next (const RelayTable *table, const RelayTableNode *node);
