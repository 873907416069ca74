/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Built-in devices: what switches and hubs share.
 *
 * A frame that enters one may go on to the next, and where a person has drawn a loop it never ends.
 * So devices do not call each other: what one sends to another goes to the end of a list of hops,
 * worked off one by one. A frame ends after MAX_HOPS devices, and all copies of one that came in
 * together after MAX_COPIES: the storm a loop makes is cut to that, counted (RELAY_DROP_LOOP), and
 * the loop of the relay gets on with other things. */

#include "relay-device.h"

#include "relay-hub.h"
#include "relay-link.h"
#include "relay-private.h"
#include "relay-switch.h"

#include <stdlib.h>
#include <string.h>

#define MAX_HOPS    32
#define MAX_COPIES  4096
#define MAX_WAITING 1024 /* a power of two */

typedef struct
{
  RelayFrame frame;
  RelayPort *port;
  unsigned hops;
} Hop;

static struct
{
  Hop hops[MAX_WAITING];
  unsigned first, count;
  unsigned copies; /* of the frame being worked on */
  unsigned depth;
} walk;

RelayDevice *
relay_device_find (Relay *relay, const char *name)
{
  RelayTableNode *node = relay_table_find (&relay->devices, name);

  return node != NULL ? RELAY_CONTAINER_OF (node, RelayDevice, node) : NULL;
}

RelayDevice *
relay_device_find_length (Relay *relay, const char *name, size_t length)
{
  char copy[RELAY_DEVICE_NAME_MAX + 1];

  if (length > RELAY_DEVICE_NAME_MAX)
    return NULL;
  memcpy (copy, name, length);
  copy[length] = '\0';
  return relay_device_find (relay, copy);
}

RelayDevice *
relay_device_add (
    Relay *relay, const char *name, RelayDeviceKind kind, unsigned n_ports, RelayError *error)
{
  RelayDevice *device;

  if (relay_device_find (relay, name) != NULL)
    {
      relay_error_set (error, "there is a switch or hub \"%s\" already: remove it first", name);
      return NULL;
    }
  device = relay_new0 (sizeof *device);
  memcpy (device->name, name, strlen (name) + 1);
  device->node.name = device->name;
  device->kind = kind;
  device->n_ports = n_ports;
  device->ports = relay_new0 (n_ports * sizeof *device->ports);
  for (unsigned i = 0; i < n_ports; i++)
    {
      device->ports[i].device = device;
      device->ports[i].number = (uint16_t) i;
      device->ports[i].counters = relay_counter_file_take (&relay->counters, 0, name, i);
    }
  if (kind == RELAY_DEVICE_SWITCH)
    relay_switch_init (device);
  relay_table_add (&relay->devices, &device->node);
  return device;
}

void
relay_device_remove (Relay *relay, RelayDevice *device)
{
  relay_table_remove (&relay->devices, &device->node);
  for (unsigned i = 0; i < device->n_ports; i++)
    relay_counter_file_give (&relay->counters, device->ports[i].counters);
  if (device->kind == RELAY_DEVICE_SWITCH)
    relay_switch_clear (device);
  free (device->ports);
  free (device);
}

void
relay_device_link_changed (RelayPort *port)
{
  if (port->device->kind == RELAY_DEVICE_SWITCH)
    relay_switch_link_changed (port);
}

/* Reads the outer tag once; devices then look at the fields only. */
static RelayFrame
parse_frame (const uint8_t *data, uint16_t length)
{
  RelayFrame frame = {
    .data = data, .length = length, .rest = 2 * RELAY_MAC_SIZE, .original = true
  };

  if (length >= RELAY_ETHERNET_HEADER + 4 && data[12] == RELAY_TPID >> 8 &&
      data[13] == (RELAY_TPID & 0xff))
    {
      frame.tagged = true;
      frame.tci = (uint16_t) (data[14] << 8 | data[15]);
      frame.rest += 4;
    }
  return frame;
}

static void
push_hop (RelayPort *port, const RelayFrame *frame, unsigned hops)
{
  Hop *hop;

  if (walk.count == MAX_WAITING || hops >= MAX_HOPS || walk.copies >= MAX_COPIES)
    {
      port->counters->drops[RELAY_DROP_LOOP]++;
      return;
    }
  hop = &walk.hops[(walk.first + walk.count++) % MAX_WAITING];
  hop->frame = *frame;
  hop->port = port;
  hop->hops = hops;
}

bool
relay_device_send (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  if (port->peer == NULL)
    return false;
  port->counters->in_frames++;
  port->counters->in_bytes += frame->length;
  walk.copies++;
  relay->output.work++;
  if (port->peer->instance == NULL)
    push_hop (port->peer, frame, walk.depth + 1);
  else if (walk.copies < MAX_COPIES)
    relay_output_frame (relay, port->peer, frame);
  else
    port->peer->counters->drops[RELAY_DROP_LOOP]++;
  return true;
}

void
relay_device_input (Relay *relay, RelayPort *port, const uint8_t *data, uint16_t length)
{
  RelayFrame frame = parse_frame (data, length);

  walk.copies = 0;
  push_hop (port, &frame, 0);
  while (walk.count > 0)
    {
      Hop hop = walk.hops[walk.first];

      walk.first = (walk.first + 1) % MAX_WAITING;
      walk.count--;
      walk.depth = hop.hops;
      hop.port->counters->out_frames++;
      hop.port->counters->out_bytes += hop.frame.length;
      if (hop.port->device->kind == RELAY_DEVICE_SWITCH)
        relay_switch_input (relay, hop.port, &hop.frame);
      else
        relay_hub_input (relay, hop.port, &hop.frame);
    }
}
