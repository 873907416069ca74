/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-util.h"

#define RELAY_VLAN_MAX 4094

typedef struct
{
  uint64_t bits[64];
} RelayVlanSet;

/* Reads "1,10,20-29", or "all". */
bool relay_vlan_set_parse (RelayVlanSet *set, const char *text, RelayError *error);

/* `vlan`, here and below: up to 4095. */
static inline bool
relay_vlan_set_has (const RelayVlanSet *set, unsigned vlan)
{
  return (set->bits[vlan / 64] >> (vlan % 64) & 1) != 0;
}

/* Nobody checks `vlan` here, either. */
static inline void
relay_vlan_set_add (RelayVlanSet *set, unsigned vlan)
{
  set->bits[vlan / 64] |= UINT64_C (1) << (vlan % 64);
}
