/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-counters.h"
#include "relay-types.h"
#include "relay-util.h"

#include "iou-frame.h"

/* One end that a link can have: a port of an instance or of a built-in device. */
struct RelayPort
{
  RelayPort *peer; /* other end of the link while it is plugged, else NULL: all a frame looks at */
  RelayWay *way; /* what its frames meet on the link; NULL: nothing, as usual */
  RelayInstance *instance; /* one of these two is set */
  RelayDevice *device;
  RelayPortCounters *counters;
  RelayLink *link;
  uint16_t number;                 /* packed port byte of an instance, or index in the device */
  uint8_t header[IOU_HEADER_SIZE]; /* of every frame that goes out here */

  /* loops; ports of switches and hubs */
  bool blocked;
  bool guard_returned;   /* the last probe came back */
  uint8_t guard_missed;  /* so many in a row did not */
  uint16_t guard_vlan;   /* of the frame that went round */
  uint64_t guard_probe;  /* the number of the last probe; 0: none was sent */

  /* keepalives */
  bool synthetic;           /* one is owed to the device… */
  bool held_up;             /* the device is frozen and its line was up then */
  uint64_t synthetic_until; /* …until then */
  uint64_t last_keepalive;  /* that the device sent, */
  uint64_t last_sent;       /* and that was sent to it; 0: none */
};

/* The port of an instance, made on first use. NULL with a sentence when there is none such. */
RelayPort *relay_port_of_instance (Relay *relay, RelayInstance *instance, uint8_t number);

/* Reads "7:0/1" or "n12:3". */
RelayPort *relay_port_parse (Relay *relay, const char *word, RelayError *error);

/* Writes the same. `text` has room for RELAY_PORT_NAME_SIZE. */
#define RELAY_PORT_NAME_SIZE 40
void relay_port_name (const RelayPort *port, char *text);

/* For ports of instances; its link has gone before. NULL is harmless. */
void relay_port_free (Relay *relay, RelayPort *port);

/* `number`: a packed port byte; the bays of the `ethernet` adapters come first. */
static inline bool
relay_port_is_serial (uint8_t number, unsigned ethernet)
{
  return IOU_PORT_BAY (number) >= ethernet;
}
