/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The built-in switch: 802.1Q, address learning for each VLAN.
 *
 * In, a frame gets its VLAN: at an access port the port's (a tag is accepted only if it says the
 * same, or priority only), at a trunk that of the tag, or the native one without. Out, an access
 * port sends without a tag, a trunk with one unless the VLAN is native; priority bits stay. What
 * has no business on a port is dropped and counted (RELAY_DROP_VLAN).
 *
 * There is no spanning tree, and the frames of other switches' spanning trees are flooded like any
 * multicast, so that devices see the loops they are part of. */

#include "relay-switch.h"

#include "relay-guard.h"
#include "relay-private.h"

#include <stdlib.h>
#include <string.h>

#define VID_MASK  RELAY_VLAN_MASK
#define GROUP_BIT 0x01 /* of the first byte of an address */

void
relay_switch_init (RelayDevice *device)
{
  device->ageing = RELAY_SWITCH_AGEING;
  device->macs = relay_mac_table_new ();
  device->switch_ports = relay_new0 (device->n_ports * sizeof *device->switch_ports);
  for (unsigned i = 0; i < device->n_ports; i++)
    device->switch_ports[i].vlan = 1;
}

void
relay_switch_clear (Relay *relay, RelayDevice *device)
{
  for (unsigned i = 0; i < device->n_ports; i++)
    free (device->switch_ports[i].allowed);
  free (device->switch_ports);
  relay_mac_table_free (device->macs);
}

static RelaySwitchPort *
settings_of (const RelayPort *port)
{
  return &port->device->switch_ports[port->number];
}

void
relay_switch_set_access (RelayPort *port, unsigned vlan)
{
  RelaySwitchPort *settings = settings_of (port);

  free (settings->allowed);
  settings->allowed = NULL;
  settings->trunk = false;
  settings->vlan = (uint16_t) vlan;
  relay_mac_table_forget_port (port->device->macs, port->number);
}

void
relay_switch_set_trunk (RelayPort *port, unsigned native, const RelayVlanSet *allowed)
{
  RelaySwitchPort *settings = settings_of (port);

  if (settings->allowed == NULL)
    settings->allowed = relay_new0 (sizeof *allowed);
  *settings->allowed = *allowed;
  settings->trunk = true;
  settings->vlan = (uint16_t) native;
  relay_mac_table_forget_port (port->device->macs, port->number);
}

void
relay_switch_link_changed (RelayPort *port)
{
  relay_mac_table_forget_port (port->device->macs, port->number);
}

uint32_t
relay_switch_seconds (const Relay *relay)
{
  return (uint32_t) (relay->loop.now / RELAY_NS_PER_S);
}

/* 0: not for this port. */
static unsigned
vlan_of (const RelaySwitchPort *settings, const RelayFrame *frame)
{
  unsigned tag = frame->tagged ? frame->tci & VID_MASK : 0;
  unsigned vlan = tag != 0 ? tag : settings->vlan;

  if (settings->trunk)
    return vlan <= RELAY_VLAN_MAX && relay_vlan_set_has (settings->allowed, vlan) ? vlan : 0;
  return vlan == settings->vlan ? vlan : 0;
}

static bool
carries (const RelaySwitchPort *settings, unsigned vlan)
{
  return settings->trunk ? relay_vlan_set_has (settings->allowed, vlan) : settings->vlan == vlan;
}

/* A tag below the one that goes becomes the outer one, as for whoever gets the bytes. */
static void
strip_tag (RelayFrame *frame)
{
  const uint8_t *inner = frame->data + frame->rest;

  frame->tagged = false;
  if (frame->rest > 2 * RELAY_MAC_SIZE && frame->length >= frame->rest + 4 &&
      inner[0] == RELAY_TPID >> 8 && inner[1] == (RELAY_TPID & 0xff))
    {
      frame->tagged = true;
      frame->tci = (uint16_t) (inner[2] << 8 | inner[3]);
      frame->rest += 4;
    }
}

/* The frame as it has to look behind this port. */
static RelayFrame
dress (const RelaySwitchPort *settings, const RelayFrame *frame, unsigned vlan)
{
  RelayFrame dressed = *frame;

  if (!settings->trunk || settings->vlan == vlan)
    {
      dressed.original = frame->rest == 2 * RELAY_MAC_SIZE;
      if (frame->tagged)
        strip_tag (&dressed);
    }
  else
    {
      dressed.tagged = true;
      dressed.tci = (uint16_t) ((frame->tagged ? frame->tci & ~VID_MASK : 0) | vlan);
      dressed.original = frame->rest == 2 * RELAY_MAC_SIZE + 4 &&
                         dressed.tci == (frame->data[14] << 8 | frame->data[15]);
    }
  return dressed;
}

static void
flood (Relay *relay, RelayPort *from, const RelayFrame *frame, unsigned vlan)
{
  RelayDevice *device = from->device;

  for (unsigned i = 0; i < device->n_ports; i++)
    {
      RelayPort *port = &device->ports[i];

      if (port != from && port->peer != NULL && carries (&device->switch_ports[i], vlan))
        {
          RelayFrame dressed = dress (&device->switch_ports[i], frame, vlan);

          relay_device_send (relay, port, &dressed);
        }
    }
}

static void
send_to (Relay *relay, RelayPort *port, const RelayFrame *frame, unsigned vlan)
{
  const RelaySwitchPort *settings = settings_of (port);
  RelayFrame dressed;

  if (!carries (settings, vlan))
    {
      port->counters->drops[RELAY_DROP_VLAN]++;
      return;
    }
  dressed = dress (settings, frame, vlan);
  relay_device_send (relay, port, &dressed);
}

void
relay_switch_input (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  RelayDevice *device = port->device;
  const uint8_t *destination = frame->data, *source = frame->data + RELAY_MAC_SIZE;
  uint32_t now = relay_switch_seconds (relay);
  unsigned vlan;
  int out;

  if (frame->length < RELAY_ETHERNET_HEADER)
    {
      port->counters->drops[RELAY_DROP_INVALID]++;
      return;
    }
  vlan = vlan_of (settings_of (port), frame);
  if (vlan == 0)
    {
      port->counters->drops[RELAY_DROP_VLAN]++;
      return;
    }
  if (!(source[0] & GROUP_BIT))
    relay_mac_table_learn (device->macs, relay_mac_key (vlan, source), port->number, now,
                           device->ageing);
  out = RELAY_MAC_NO_PORT;
  if (!(destination[0] & GROUP_BIT))
    out =
        relay_mac_table_find (device->macs, relay_mac_key (vlan, destination), now, device->ageing);
  if (out == RELAY_MAC_NO_PORT)
    {
      if (relay_guard_flood (relay, port, frame, vlan))
        flood (relay, port, frame, vlan);
    }
  else if (out != port->number)
    send_to (relay, &device->ports[out], frame, vlan);
}
