/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-device.h"
#include "relay-mac-table.h"
#include "relay-vlan.h"

#define RELAY_SWITCH_AGEING 300

struct RelaySwitchPort
{
  bool trunk;
  bool tunnel;           /* an access port that takes tags as part of what it carries */
  uint16_t vlan;         /* of an access port, or the native one of a trunk */
  RelayVlanSet *allowed; /* trunk only */
};

/* Of RelayDeviceClass, as are the last two functions. All ports begin as access ports of VLAN 1. */
void relay_switch_init (RelayDevice *device);
void relay_switch_clear (Relay *relay, RelayDevice *device);

/* `vlan`, `native`: 1 to RELAY_VLAN_MAX. What was learnt at the port is forgotten. `allowed` is
 * copied. */
void relay_switch_set_access (RelayPort *port, unsigned vlan);
void relay_switch_set_tunnel (RelayPort *port, unsigned vlan);
void relay_switch_set_trunk (RelayPort *port, unsigned native, const RelayVlanSet *allowed);

/* Forgets what was learnt there. */
void relay_switch_link_changed (RelayPort *port);
void relay_switch_input (Relay *relay, RelayPort *port, const RelayFrame *frame);

/* The clock of the address table. */
uint32_t relay_switch_seconds (const Relay *relay);
