/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-types.h"

#include <stdbool.h>
#include <stdint.h>

#define RELAY_MAC_NO_PORT (-1)

typedef struct
{
  uint64_t key;  /* VLAN in the upper 16 bits, address below; 0: free */
  uint32_t seen; /* in seconds */
  uint32_t port;
} RelayMacEntry;

/* Grows with what it learns. Never NULL. */
RelayMacTable *relay_mac_table_new (void);
void relay_mac_table_free (RelayMacTable *table);

/* `address` has six bytes. */
uint64_t relay_mac_key (unsigned vlan, const uint8_t *address);

/* `ageing` of 0 means never. */
void relay_mac_table_learn (
    RelayMacTable *table, uint64_t key, unsigned port, uint32_t now, uint32_t ageing);
int relay_mac_table_find (const RelayMacTable *table, uint64_t key, uint32_t now, uint32_t ageing);

/* Forgets what was learned at a port, or everything. */
void relay_mac_table_forget_port (RelayMacTable *table, unsigned port);
void relay_mac_table_forget (RelayMacTable *table);

/* Entries that are not too old, one after the other from *at = 0. */
const RelayMacEntry *
relay_mac_table_next (const RelayMacTable *table, unsigned *at, uint32_t now, uint32_t ageing);
