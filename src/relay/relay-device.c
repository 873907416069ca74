/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Built-in devices: what they share.
 *
 * A frame that enters one may go on to the next, and where a person has drawn a loop it never ends.
 * So devices do not call each other: what one sends to another goes to the end of a list of hops,
 * worked off one by one. A frame ends after MAX_HOPS devices, and all copies of one that came in
 * together after MAX_COPIES: the storm a loop makes is cut to that, counted (RELAY_DROP_LOOP), and
 * the loop of the relay gets on with other things; relay-guard.c then blocks a port of the loop.
 *
 * What a device brings from outside the lab (nat, tap, tunnel) is copied and waits in the device.
 * At the end of an iteration it walks the same way, as far as destinations take it; while they do
 * not, the rest waits for RETRY, and the device stops taking more from outside. */

#include "relay-device.h"

#include "relay-frame-relay.h"
#include "relay-guard.h"
#include "relay-hub.h"
#include "relay-link.h"
#include "relay-nat.h"
#include "relay-private.h"
#include "relay-switch.h"
#include "relay-tap.h"
#include "relay-tunnel.h"
#include "relay-way.h"

#include <stdlib.h>
#include <string.h>

#define MAX_HOPS    32
#define MAX_COPIES  4096
#define MAX_WAITING 1024 /* a power of two */
#define MAX_BROUGHT 1024 /* frames of a device that wait to enter the lab; */
#define FULL        256  /* with so many it should bring no more */
#define A_TURN      256  /* go in an iteration */
#define RETRY       (1 * RELAY_NS_PER_MS)

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
  RelayQueue kept; /* bytes that hops point to, until the walk ends */
} walk;

static const RelayDeviceClass classes[RELAY_N_DEVICE_KINDS] = {
  [RELAY_DEVICE_SWITCH] = { .kind = "switch",
                            .plural = "switches",
                            .init = relay_switch_init,
                            .clear = relay_switch_clear,
                            .link_changed = relay_switch_link_changed,
                            .input = relay_switch_input },
  [RELAY_DEVICE_HUB] = { .kind = "hub", .plural = "hubs", .input = relay_hub_input },
  [RELAY_DEVICE_FRAME_RELAY] = { .kind = "frame-relay",
                                 .plural = "frame-relays",
                                 .serial = true,
                                 .init = relay_frame_relay_init,
                                 .clear = relay_frame_relay_clear,
                                 .link_changed = relay_frame_relay_link_changed,
                                 .input = relay_frame_relay_input },
  [RELAY_DEVICE_NAT] = { .kind = "nat",
                         .plural = "nats",
                         .clear = relay_nat_clear,
                         .input = relay_nat_input,
                         .run = relay_nat_run },
  [RELAY_DEVICE_TAP] = { .kind = "tap",
                         .plural = "taps",
                         .clear = relay_tap_clear,
                         .input = relay_tap_input,
                         .run = relay_tap_run },
  [RELAY_DEVICE_TUNNEL] = { .kind = "tunnel",
                            .plural = "tunnels",
                            .clear = relay_tunnel_clear,
                            .input = relay_tunnel_input,
                            .run = relay_tunnel_run },
};

const RelayDeviceClass *
relay_device_class (RelayDeviceKind kind)
{
  return &classes[kind];
}

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
      relay_error_set (error, "there is a device \"%s\" already: remove it first", name);
      return NULL;
    }
  device = relay_new0 (sizeof *device);
  memcpy (device->name, name, strlen (name) + 1);
  device->node.name = device->name;
  device->kind = kind;
  device->class = &classes[kind];
  device->n_ports = n_ports;
  device->ports = relay_new0 (n_ports * sizeof *device->ports);
  for (unsigned i = 0; i < n_ports; i++)
    {
      device->ports[i].device = device;
      device->ports[i].number = (uint16_t) i;
      device->ports[i].counters = relay_counter_file_take (&relay->counters, 0, name, i);
    }
  if (device->class->init != NULL)
    device->class->init (device);
  relay_table_add (&relay->devices, &device->node);
  return device;
}

static void
forget_awake (Relay *relay, RelayDevice *device)
{
  RelayDevice **place = &relay->awake;

  while (*place != NULL && *place != device)
    place = &(*place)->next_awake;
  if (*place == device)
    *place = device->next_awake;
}

void
relay_device_remove (Relay *relay, RelayDevice *device)
{
  RelayBlock *block;

  relay_table_remove (&relay->devices, &device->node);
  if (device->class->clear != NULL)
    device->class->clear (relay, device);
  relay_guard_clear (relay, device);
  forget_awake (relay, device);
  while ((block = relay_queue_pop (&device->brought)) != NULL)
    relay_pool_give (&relay->pool, block);
  for (unsigned i = 0; i < device->n_ports; i++)
    {
      relay_way_free (&device->ports[i]);
      relay_counter_file_give (&relay->counters, device->ports[i].counters);
    }
  free (device->ports);
  relay_loop_free_later (relay, device);
}

void
relay_device_link_changed (Relay *relay, RelayPort *port)
{
  relay_guard_forget (relay, port);
  if (port->device->class->link_changed != NULL)
    port->device->class->link_changed (port);
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
push_hop (Relay *relay, RelayPort *port, const RelayFrame *frame, unsigned hops)
{
  Hop *hop;

  if (walk.count == MAX_WAITING || hops >= MAX_HOPS || walk.copies >= MAX_COPIES)
    {
      port->counters->drops[RELAY_DROP_LOOP]++;
      relay_guard_limit (relay, port, frame);
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
  if (port->peer == NULL || (port->blocked && !relay_guard_is_probe (frame)))
    return false;
  port->counters->in_frames++;
  port->counters->in_bytes += frame->length;
  walk.copies++;
  relay->output.work++;
  if (port->way != NULL && relay_way_take_frame (relay, port, frame, walk.depth + 1))
    return true;
  if (port->peer->instance == NULL)
    push_hop (relay, port->peer, frame, walk.depth + 1);
  else if (walk.copies < MAX_COPIES)
    relay_output_frame (relay, port->peer, frame);
  else
    port->peer->counters->drops[RELAY_DROP_LOOP]++;
  return true;
}

void
relay_device_end_walk (void)
{
  walk.count = 0;
}

bool
relay_device_keep (Relay *relay, const RelayFrame *frame, RelayFrame *kept)
{
  size_t size = (size_t) frame->length + RELAY_TAG_SIZE;
  RelayBlock *block =
      relay_pool_take (&relay->pool, size < IOU_MAX_PAYLOAD ? size : IOU_MAX_PAYLOAD);

  if (block == NULL)
    return false;
  block->length = (uint16_t) relay_frame_write (frame, block->data);
  relay_queue_push (&walk.kept, block);
  *kept = parse_frame (block->data, block->length);
  return block->length > 0;
}

/* Until no device has anything more to say. */
static void
work_off (Relay *relay)
{
  while (walk.count > 0)
    {
      Hop hop = walk.hops[walk.first];

      walk.first = (walk.first + 1) % MAX_WAITING;
      walk.count--;
      walk.depth = hop.hops;
      hop.port->counters->out_frames++;
      hop.port->counters->out_bytes += hop.frame.length;
      if (hop.port->device->n_blocked > 0 && relay_guard_takes (hop.port, &hop.frame))
        continue;
      hop.port->device->class->input (relay, hop.port, &hop.frame);
    }
  while (walk.kept.count > 0)
    relay_pool_give (&relay->pool, relay_queue_pop (&walk.kept));
}

void
relay_device_input (Relay *relay, RelayPort *port, const uint8_t *data, uint16_t length)
{
  relay_device_input_after (relay, port, data, length, 0);
}

void
relay_device_input_after (
    Relay *relay, RelayPort *port, const uint8_t *data, uint16_t length, unsigned hops)
{
  RelayFrame frame = parse_frame (data, length);

  walk.copies = 0;
  push_hop (relay, port, &frame, hops);
  work_off (relay);
}

void
relay_device_wake (Relay *relay, RelayDevice *device)
{
  if (device->awake)
    return;
  device->awake = true;
  device->next_awake = relay->awake;
  relay->awake = device;
}

bool
relay_device_is_full (const RelayDevice *device)
{
  return device->brought.count >= FULL;
}

void
relay_device_bring (Relay *relay, RelayPort *port, const void *data, size_t length)
{
  RelayDevice *device = port->device;
  RelayBlock *block = NULL;

  if (length == 0 || length > IOU_MAX_PAYLOAD)
    {
      port->counters->drops[RELAY_DROP_TRUNCATED]++;
      return;
    }
  if (device->brought.count < MAX_BROUGHT)
    block = relay_pool_take (&relay->pool, length);
  if (block == NULL)
    {
      port->counters->drops[RELAY_DROP_QUEUE]++;
      return;
    }
  memcpy (block->data, data, length);
  block->port = port;
  relay_queue_push (&device->brought, block);
  relay_device_wake (relay, device);
}

static void
enter (Relay *relay, const RelayBlock *block)
{
  RelayFrame frame = parse_frame (block->data, block->length);
  RelayPort *port = block->port;

  walk.copies = walk.depth = 0;
  if (!relay_device_send (relay, port, &frame))
    port->counters->drops[port->link != NULL ? RELAY_DROP_UNPLUGGED : RELAY_DROP_UNLINKED]++;
  work_off (relay);
}

static void
send_brought (Relay *relay, RelayDevice *device)
{
  RelayQueue done = { 0 };
  RelayBlock *block;

  relay->output.full = NULL;
  while (done.count < A_TURN && relay->output.full == NULL &&
         (block = relay_queue_pop (&device->brought)) != NULL)
    {
      enter (relay, block);
      relay_queue_push (&done, block);
    }
  relay_output_flush (relay); /* stages point into the blocks */
  if (done.count > 0)
    relay_loop_saw_frames (relay);
  while ((block = relay_queue_pop (&done)) != NULL)
    relay_pool_give (&relay->pool, block);
}

void
relay_device_run (Relay *relay)
{
  RelayDevice *device = relay->awake;

  relay->awake = NULL;
  while (device != NULL)
    {
      RelayDevice *next = device->next_awake;

      device->awake = false;
      send_brought (relay, device);
      if (device->class->run != NULL)
        device->class->run (relay, device);
      if (device->brought.count > 0)
        {
          relay_device_wake (relay, device);
          relay_timer_arm (relay, RELAY_TIMER_BROUGHT, RETRY);
        }
      device = next;
    }
}
