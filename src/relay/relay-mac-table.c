/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which address of which VLAN was seen at which port of a switch.
 *
 * Open addressing with linear probing; an entry is 16 bytes. Entries grow old without a timer: one
 * that is too old is not found, and goes when the table is rebuilt. It is rebuilt when three
 * quarters of it are in use, twice as large if that many are still young, up to MAX_SIZE; a full
 * table learns no more (the switch then floods), until some entries have grown old. */

#include "relay-mac-table.h"

#include "relay-util.h"

#include <stdlib.h>
#include <string.h>

#define MIN_SIZE 64u /* powers of two */
#define MAX_SIZE 16384u

struct RelayMacTable
{
  RelayMacEntry *entries;
  unsigned size, used;
  uint32_t rebuilt; /* when */
};

RelayMacTable *
relay_mac_table_new (void)
{
  RelayMacTable *table = relay_new0 (sizeof *table);

  table->size = MIN_SIZE;
  table->entries = relay_new0 (table->size * sizeof *table->entries);
  return table;
}

void
relay_mac_table_free (RelayMacTable *table)
{
  free (table->entries);
  free (table);
}

uint64_t
relay_mac_key (unsigned vlan, const uint8_t *address)
{
  uint64_t key = vlan;

  for (unsigned i = 0; i < 6; i++)
    key = key << 8 | address[i];
  return key;
}

static inline bool
is_young (const RelayMacEntry *entry, uint32_t now, uint32_t ageing)
{
  return ageing == 0 || now - entry->seen < ageing;
}

/* The entry of the key, or the free one where it would be. */
static RelayMacEntry *
probe (const RelayMacTable *table, uint64_t key)
{
  unsigned i = (unsigned) ((key * UINT64_C (0x9e3779b97f4a7c15)) >> 40) & (table->size - 1);

  while (table->entries[i].key != 0 && table->entries[i].key != key)
    i = (i + 1) & (table->size - 1);
  return &table->entries[i];
}

/* Copies what `keep` wants into a table of the given size. */
static void
rebuild (RelayMacTable *table, unsigned size, uint32_t now, uint32_t ageing, int without_port)
{
  RelayMacEntry *old = table->entries;
  unsigned old_size = table->size;

  table->entries = relay_new0 (size * sizeof *old);
  table->size = size;
  table->used = 0;
  for (unsigned i = 0; i < old_size; i++)
    if (old[i].key != 0 && is_young (&old[i], now, ageing) && (int) old[i].port != without_port)
      {
        *probe (table, old[i].key) = old[i];
        table->used++;
      }
  free (old);
}

static unsigned
count_young (const RelayMacTable *table, uint32_t now, uint32_t ageing)
{
  unsigned count = 0;

  for (unsigned i = 0; i < table->size; i++)
    count += table->entries[i].key != 0 && is_young (&table->entries[i], now, ageing);
  return count;
}

/* Makes room for one more; at the largest size no more often than once a second. */
static bool
make_room (RelayMacTable *table, uint32_t now, uint32_t ageing)
{
  unsigned size = table->size;

  if (table->used < size / 4 * 3)
    return true;
  if (size == MAX_SIZE && table->rebuilt == now)
    return false;
  if (size < MAX_SIZE && count_young (table, now, ageing) >= size / 2)
    size *= 2;
  rebuild (table, size, now, ageing, RELAY_MAC_NO_PORT);
  table->rebuilt = now;
  return table->used < size / 4 * 3;
}

void
relay_mac_table_learn (
    RelayMacTable *table, uint64_t key, unsigned port, uint32_t now, uint32_t ageing)
{
  RelayMacEntry *entry = probe (table, key);

  if (entry->key == 0)
    {
      if (!make_room (table, now, ageing))
        return;
      entry = probe (table, key);
      entry->key = key;
      table->used++;
    }
  entry->port = port;
  entry->seen = now;
}

int
relay_mac_table_find (const RelayMacTable *table, uint64_t key, uint32_t now, uint32_t ageing)
{
  const RelayMacEntry *entry = probe (table, key);

  if (entry->key == 0 || !is_young (entry, now, ageing))
    return RELAY_MAC_NO_PORT;
  return (int) entry->port;
}

void
relay_mac_table_forget_port (RelayMacTable *table, unsigned port)
{
  if (table->used > 0)
    rebuild (table, table->size, 0, 0, (int) port);
}

void
relay_mac_table_forget (RelayMacTable *table)
{
  memset (table->entries, 0, table->size * sizeof *table->entries);
  table->used = 0;
}

const RelayMacEntry *
relay_mac_table_next (const RelayMacTable *table, unsigned *at, uint32_t now, uint32_t ageing)
{
  while (*at < table->size)
    {
      const RelayMacEntry *entry = &table->entries[(*at)++];

      if (entry->key != 0 && is_young (entry, now, ageing))
        return entry;
    }
  return NULL;
}
