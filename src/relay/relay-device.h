/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-frame.h"
#include "relay-port.h"
#include "relay-table.h"

#define RELAY_DEVICE_NAME_MAX  23
#define RELAY_DEVICE_MAX_PORTS 1024

typedef enum
{
  RELAY_DEVICE_SWITCH,
  RELAY_DEVICE_HUB
} RelayDeviceKind;

/* A built-in device. */
struct RelayDevice
{
  RelayTableNode node;
  char name[RELAY_DEVICE_NAME_MAX + 1];
  RelayDeviceKind kind;
  unsigned n_ports;
  RelayPort *ports;

  /* switches only */
  RelaySwitchPort *switch_ports;
  RelayMacTable *macs;
  unsigned ageing; /* seconds; 0: never */
};

RelayDevice *relay_device_find (Relay *relay, const char *name);
RelayDevice *relay_device_find_length (Relay *relay, const char *name, size_t length);
RelayDevice *relay_device_add (
    Relay *relay, const char *name, RelayDeviceKind kind, unsigned n_ports, RelayError *error);
void relay_device_remove (Relay *relay, RelayDevice *device);

/* A frame (without netio header) arrives at a port of a device; it may pass many. */
void relay_device_input (Relay *relay, RelayPort *port, const uint8_t *data, uint16_t length);

/* For the devices: sends a frame out of one of their ports. False, and nothing counted, when no
 * link is plugged there. */
bool relay_device_send (Relay *relay, RelayPort *port, const RelayFrame *frame);

/* The link at this port came or went. */
void relay_device_link_changed (RelayPort *port);
