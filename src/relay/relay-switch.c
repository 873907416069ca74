/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The built-in switch: 802.1Q, address learning for each VLAN.
 *
 * In, a frame gets its VLAN: at an access port the port's (a tag is accepted only if it says the
 * same, or priority only), at a trunk that of the tag, or the native one without. Out, an access
 * port sends without a tag, a trunk with one unless the VLAN is native; priority bits stay. What
 * has no business on a port is dropped and counted (RELAY_DROP_VLAN).
 *
 * A tunnel port (QinQ) is an access port that does not look at tags: whatever comes is of its VLAN,
 * and a tag it has is carried on like the rest of it, under the tag that a trunk adds. On its way
 * out at the far tunnel port that one is taken off again. Both are 0x8100 (dot1q-tunnel).
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

static void
set_untagged (RelayPort *port, unsigned vlan, bool tunnel)
{
  RelaySwitchPort *settings = settings_of (port);

  free (settings->allowed);
  settings->allowed = NULL;
  settings->trunk = false;
  settings->tunnel = tunnel;
  settings->vlan = (uint16_t) vlan;
  relay_mac_table_forget_port (port->device->macs, port->number);
}

void
relay_switch_set_access (RelayPort *port, unsigned vlan)
{
  set_untagged (port, vlan, false);
}

void
relay_switch_set_tunnel (RelayPort *port, unsigned vlan)
{
  set_untagged (port, vlan, true);
}

void
relay_switch_set_trunk (RelayPort *port, unsigned native, const RelayVlanSet *allowed)
{
  RelaySwitchPort *settings = settings_of (port);

  if (settings->allowed == NULL)
    settings->allowed = relay_new0 (sizeof *allowed);
  *settings->allowed = *allowed;
  settings->trunk = true;
  settings->tunnel = false;
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

/* What is left when the outer tag goes: a tag below it becomes the outer one, as for whoever gets
 * the bytes. */
static void
strip_tag (RelayFrame *frame)
{
  const uint8_t *inner = frame->data + frame->rest;

  frame->tagged = false;
  frame->original = frame->rest == 2 * RELAY_MAC_SIZE;
  if (frame->length >= frame->rest + RELAY_TAG_SIZE && inner[0] == RELAY_TPID >> 8 &&
      inner[1] == (RELAY_TPID & 0xff))
    {
      frame->tagged = true;
      frame->tci = (uint16_t) (inner[2] << 8 | inner[3]);
      frame->rest += RELAY_TAG_SIZE;
    }
}

/* The frame as it has to look behind this port. */
static RelayFrame
dress (const RelaySwitchPort *settings, const RelayFrame *frame, unsigned vlan)
{
  RelayFrame dressed = *frame;

  if (!settings->trunk || settings->vlan == vlan)
    {
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

static void
forward (Relay *relay, RelayPort *port, const RelayFrame *frame, unsigned vlan)
{
  RelayDevice *device = port->device;
  const uint8_t *destination = frame->data, *source = frame->data + RELAY_MAC_SIZE;
  uint32_t now = relay_switch_seconds (relay);
  int out;

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

/* The bytes as they came, a tag among them like the rest. */
static bool
wrap (Relay *relay, RelayPort *port, const RelayFrame *frame, RelayFrame *wrapped)
{
  *wrapped = *frame;
  if (frame->tagged && !frame->original && !relay_device_keep (relay, frame, wrapped))
    {
      port->counters->drops[RELAY_DROP_TRUNCATED]++;
      return false;
    }
  if (wrapped->tagged)
    {
      wrapped->tagged = false;
      wrapped->rest = 2 * RELAY_MAC_SIZE;
    }
  return true;
}

void
relay_switch_input (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  const RelaySwitchPort *settings = settings_of (port);
  RelayFrame wrapped;

  if (frame->length < RELAY_ETHERNET_HEADER)
    port->counters->drops[RELAY_DROP_INVALID]++;
  else if (!settings->tunnel)
    forward (relay, port, frame, vlan_of (settings, frame));
  else if (wrap (relay, port, frame, &wrapped))
    forward (relay, port, &wrapped, settings->vlan);
}
