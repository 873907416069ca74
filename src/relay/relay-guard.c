/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loops of switches and hubs, drawn by mistake.
 *
 * A frame that is flooded into a loop comes back for ever, and soon there is nothing else. It is
 * known by a hash of its bytes: when the same frame enters a device again and again, and by
 * changing ports, the port by which it came is blocked. What a single port brings again and again
 * may be a host that means it; that counts only after very many. Inside the relay a frame ends
 * after some hops anyway (relay-device.c); there a few changes of port are enough.
 *
 * A blocked port carries nothing but a probe each second, a broadcast frame of our own that other
 * devices do not know. While it comes back by any port the loop is there. When two in a row do not,
 * the port is opened. Unplugging the port's link opens it at once.
 *
 * One loop should cost one port. So whatever was counted before a port was blocked is forgotten by
 * all devices, what is still on its walk ends, and for SETTLE no other port is blocked.
 *
 * The timer runs only while a port is blocked; frames that are not flooded never come here. */

#include "relay-guard.h"

#include "relay-control.h"
#include "relay-private.h"
#include "relay-switch.h"

#include <stdlib.h>
#include <string.h>

#define ENTRIES      64 /* a power of two */
#define WINDOW       (2 * RELAY_NS_PER_S)
#define SETTLE       (200 * RELAY_NS_PER_MS)
#define PROBE_EVERY  RELAY_NS_PER_S
#define MISSES       2
#define CHANGES      16
#define CHANGES_WALK 2
#define RETURNS      2000
#define HASHED       64
#define PROBE_TYPE   0x88b5 /* for local experiments */
#define PROBE_SIZE   60
#define PROBE_MAGIC  "labwright loop probe"

/* A frame that was flooded lately. */
typedef struct
{
  uint64_t hash, since;
  uint32_t era;
  uint32_t changes, returns; /* of its port; times it came by another port than first */
  uint16_t first, last;
} GuardEntry;

struct RelayGuard
{
  GuardEntry entries[ENTRIES];
};

static uint64_t
mix (uint64_t hash, uint64_t word)
{
  hash = (hash ^ word) * UINT64_C (0x9e3779b97f4a7c15);
  return hash ^ hash >> 29;
}

static uint64_t
hash_bytes (uint64_t hash, const uint8_t *bytes, size_t length)
{
  uint64_t word;

  for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      hash = mix (hash, word);
    }
  word = 0;
  memcpy (&word, bytes, length);
  return mix (hash, word);
}

/* Without its tag, which may change on the way. */
static uint64_t
hash_frame (const RelayFrame *frame)
{
  size_t start = 2 * RELAY_MAC_SIZE, rest = 0;

  if (frame->length < start)
    start = frame->length;
  if (frame->length > frame->rest)
    rest = (size_t) frame->length - frame->rest;
  return hash_bytes (hash_bytes (rest, frame->data, start), frame->data + frame->length - rest,
                     rest < HASHED ? rest : HASHED);
}

static GuardEntry *
find_entry (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  RelayDevice *device = port->device;
  uint64_t hash = hash_frame (frame);
  GuardEntry *entry;

  if (device->guard == NULL)
    device->guard = relay_new0 (sizeof *device->guard);
  entry = &device->guard->entries[hash % ENTRIES];
  if (entry->hash != hash || entry->era != relay->guard.era ||
      relay->loop.now - entry->since > WINDOW)
    *entry = (GuardEntry){ .hash = hash,
                           .since = relay->loop.now,
                           .era = relay->guard.era,
                           .first = port->number,
                           .last = port->number };
  return entry;
}

static void
tell (Relay *relay, const RelayPort *port, const char *what)
{
  char name[RELAY_PORT_NAME_SIZE];

  relay_port_name (port, name);
  relay_control_tell (relay, "! %s %s", what, name);
}

static void
block (Relay *relay, RelayPort *port, unsigned vlan)
{
  if (port->blocked || relay->loop.now < relay->guard.settled)
    return;
  port->blocked = true;
  port->guard_vlan = (uint16_t) vlan;
  port->guard_probe = port->guard_missed = 0;
  port->device->n_blocked++;
  if (port->device->kind == RELAY_DEVICE_SWITCH)
    relay_switch_link_changed (port);
  relay->guard.era++;
  relay->guard.settled = relay->loop.now + SETTLE;
  relay_device_end_walk ();
  tell (relay, port, "loop");
  relay_timer_arm (relay, RELAY_TIMER_GUARD, PROBE_EVERY);
}

static void
open_port (Relay *relay, RelayPort *port)
{
  port->blocked = false;
  port->device->n_blocked--;
  tell (relay, port, "loop-over");
}

bool
relay_guard_flood (Relay *relay, RelayPort *port, const RelayFrame *frame, unsigned vlan)
{
  GuardEntry *entry = find_entry (relay, port, frame);

  entry->changes += entry->last != port->number;
  entry->returns += entry->first != port->number;
  entry->last = port->number;
  if (entry->changes < CHANGES && entry->returns < RETURNS)
    return true;
  block (relay, port, vlan);
  if (!port->blocked)
    return true;
  port->counters->drops[RELAY_DROP_LOOP]++;
  return false;
}

void
relay_guard_limit (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  RelaySwitchPort *settings = NULL;
  unsigned vlan = 0;

  if (port->device->kind != RELAY_DEVICE_SWITCH && port->device->kind != RELAY_DEVICE_HUB)
    return;
  if (find_entry (relay, port, frame)->changes < CHANGES_WALK)
    return;
  if (port->device->kind == RELAY_DEVICE_SWITCH)
    {
      settings = &port->device->switch_ports[port->number];
      vlan = settings->trunk && frame->tagged ? frame->tci & RELAY_VLAN_MASK : settings->vlan;
    }
  block (relay, port, vlan);
}

/* Where the type of a frame stands, behind its tag. */
static const uint8_t *
find_type (const RelayFrame *frame)
{
  return frame->length >= frame->rest + 2 + sizeof PROBE_MAGIC + sizeof (uint64_t)
             ? frame->data + frame->rest
             : NULL;
}

bool
relay_guard_is_probe (const RelayFrame *frame)
{
  const uint8_t *type = find_type (frame);

  return type != NULL && type[0] == PROBE_TYPE >> 8 && type[1] == (PROBE_TYPE & 0xff) &&
         memcmp (type + 2, PROBE_MAGIC, sizeof PROBE_MAGIC) == 0;
}

static bool
is_own_probe (RelayDevice *device, const RelayFrame *frame)
{
  uint64_t number;

  if (!relay_guard_is_probe (frame))
    return false;
  memcpy (&number, find_type (frame) + 2 + sizeof PROBE_MAGIC, sizeof number);
  for (unsigned i = 0; i < device->n_ports; i++)
    if (device->ports[i].blocked && device->ports[i].guard_probe == number)
      {
        device->ports[i].guard_returned = true;
        return true;
      }
  return false;
}

bool
relay_guard_takes (RelayPort *port, const RelayFrame *frame)
{
  if (is_own_probe (port->device, frame))
    return true;
  if (!port->blocked)
    return false;
  port->counters->drops[RELAY_DROP_LOOP]++;
  return true;
}

void
relay_guard_forget (Relay *relay, RelayPort *port)
{
  if (port->blocked)
    open_port (relay, port);
}

void
relay_guard_clear (Relay *relay, RelayDevice *device)
{
  free (device->guard);
}

static void
send_probe (Relay *relay, RelayPort *port)
{
  static const uint8_t source[RELAY_MAC_SIZE] = { 0x02, 'l', 'o', 'o', 'p', 0 };
  const RelaySwitchPort *settings = NULL;
  uint8_t frame[PROBE_SIZE] = { 0 };
  size_t length = 2 * RELAY_MAC_SIZE;

  port->guard_probe = mix (relay_clock (), (uintptr_t) port) | 1;
  port->guard_returned = false;
  memset (frame, 0xff, RELAY_MAC_SIZE);
  memcpy (frame + RELAY_MAC_SIZE, source, sizeof source);
  frame[2 * RELAY_MAC_SIZE - 1] = (uint8_t) port->number;
  if (port->device->kind == RELAY_DEVICE_SWITCH)
    settings = &port->device->switch_ports[port->number];
  if (settings != NULL && settings->trunk && settings->vlan != port->guard_vlan)
    {
      frame[length++] = RELAY_TPID >> 8;
      frame[length++] = RELAY_TPID & 0xff;
      frame[length++] = (uint8_t) (port->guard_vlan >> 8);
      frame[length++] = (uint8_t) port->guard_vlan;
    }
  frame[length++] = PROBE_TYPE >> 8;
  frame[length++] = PROBE_TYPE & 0xff;
  memcpy (frame + length, PROBE_MAGIC, sizeof PROBE_MAGIC);
  memcpy (frame + length + sizeof PROBE_MAGIC, &port->guard_probe, sizeof port->guard_probe);
  relay_device_bring (relay, port, frame, sizeof frame);
}

static void
check_port (Relay *relay, RelayPort *port)
{
  if (port->guard_probe != 0)
    port->guard_missed = port->guard_returned ? 0 : port->guard_missed + 1;
  if (port->guard_missed >= MISSES)
    open_port (relay, port);
  else
    send_probe (relay, port);
}

void
relay_guard_check (Relay *relay)
{
  RelayTableNode *node = NULL;

  while ((node = relay_table_next (&relay->devices, node)) != NULL)
    {
      RelayDevice *device = RELAY_CONTAINER_OF (node, RelayDevice, node);

      for (unsigned i = 0; device->n_blocked > 0 && i < device->n_ports; i++)
        if (device->ports[i].blocked)
          check_port (relay, &device->ports[i]);
      if (device->n_blocked > 0)
        relay_timer_arm (relay, RELAY_TIMER_GUARD, PROBE_EVERY);
    }
}
