/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-frame.h"
#include "relay-port.h"
#include "relay-queue.h"
#include "relay-table.h"

#define RELAY_DEVICE_NAME_MAX  23
#define RELAY_DEVICE_MAX_PORTS 1024

typedef enum
{
  RELAY_DEVICE_SWITCH,
  RELAY_DEVICE_HUB,
  RELAY_DEVICE_FRAME_RELAY,
  RELAY_DEVICE_NAT,
  RELAY_DEVICE_TAP,
  RELAY_DEVICE_TUNNEL,
  RELAY_N_DEVICE_KINDS
} RelayDeviceKind;

/* What the kinds of device do differently; a function may be NULL. */
typedef struct
{
  const char *kind;   /* as the commands name it */
  const char *plural; /* as the command list names it */
  bool serial;        /* its ports */
  void (*init) (RelayDevice *device);
  void (*clear) (Relay *relay, RelayDevice *device);
  void (*link_changed) (RelayPort *port);
  void (*input) (Relay *relay, RelayPort *port, const RelayFrame *frame);
  /* Once for each relay_device_wake(), after the frames of an iteration. */
  void (*run) (Relay *relay, RelayDevice *device);
} RelayDeviceClass;

/* A built-in device. */
struct RelayDevice
{
  RelayTableNode node;
  char name[RELAY_DEVICE_NAME_MAX + 1];
  RelayDeviceKind kind;
  const RelayDeviceClass *class;
  unsigned n_ports;
  RelayPort *ports;

  /* those that bring frames from outside the lab */
  RelayQueue brought;
  bool awake;
  RelayDevice *next_awake;
  void *own; /* what only this kind has */

  /* loops */
  RelayGuard *guard; /* NULL: nothing was flooded yet */
  unsigned n_blocked;

  /* switches only */
  RelaySwitchPort *switch_ports;
  RelayMacTable *macs;
  unsigned ageing; /* seconds; 0: never */
};

/* By name, the first `length` bytes of it. NULL: there is none. */
RelayDevice *relay_device_find (Relay *relay, const char *name);
RelayDevice *relay_device_find_length (Relay *relay, const char *name, size_t length);
/* `name` has at most RELAY_DEVICE_NAME_MAX bytes, `n_ports` at most RELAY_DEVICE_MAX_PORTS: the
 * commands have looked. The relay's; NULL with a sentence when the name is taken. */
RelayDevice *relay_device_add (
    Relay *relay, const char *name, RelayDeviceKind kind, unsigned n_ports, RelayError *error);
/* Its links have gone before. What it has not yet brought is dropped. */
void relay_device_remove (Relay *relay, RelayDevice *device);

/* A frame (without netio header) arrives at a port of a device; it may pass many. */
void relay_device_input (Relay *relay, RelayPort *port, const uint8_t *data, uint16_t length);

/* The same for one that a link kept back, after it had passed `hops` devices. */
void relay_device_input_after (
    Relay *relay, RelayPort *port, const uint8_t *data, uint16_t length, unsigned hops);

/* For the devices: sends a frame out of one of their ports. False, and nothing counted, when no
 * link is plugged there. */
bool relay_device_send (Relay *relay, RelayPort *port, const RelayFrame *frame);

/* For devices that bring frames from outside the lab: takes a copy, which enters the lab when its
 * turn comes. Counted as lost when too many wait. May be called from an input function. */
void relay_device_bring (Relay *relay, RelayPort *port, const void *data, size_t length);
/* No more should be brought for now. */
bool relay_device_is_full (const RelayDevice *device);
/* Sends the waiting frames and calls the run function, at the end of this iteration. */
void relay_device_wake (Relay *relay, RelayDevice *device);
/* The end of an iteration. */
void relay_device_run (Relay *relay);

/* Static. */
const RelayDeviceClass *relay_device_class (RelayDeviceKind kind);

/* The link at this port came or went. */
void relay_device_link_changed (Relay *relay, RelayPort *port);

/* For the devices: the bytes of a frame as it has to look now, kept until its walk ends. False: too
 * long, or no room. */
bool relay_device_keep (Relay *relay, const RelayFrame *frame, RelayFrame *kept);

/* Frames that are on their way through devices end. */
void relay_device_end_walk (void);
