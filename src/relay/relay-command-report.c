/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-command-report.h"

#include "relay-frame-relay.h"
#include "relay-link.h"
#include "relay-nat.h"
#include "relay-private.h"
#include "relay-switch.h"
#include "relay-tap.h"
#include "relay-tunnel.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const drop_names[RELAY_DROP_REASONS] = {
  [RELAY_DROP_UNLINKED] = "unlinked",   [RELAY_DROP_UNPLUGGED] = "unplugged",
  [RELAY_DROP_PEER_GONE] = "peer_gone", [RELAY_DROP_QUEUE] = "queue",
  [RELAY_DROP_INVALID] = "invalid",     [RELAY_DROP_TRUNCATED] = "truncated",
  [RELAY_DROP_VLAN] = "vlan",           [RELAY_DROP_LOOP] = "loop",
  [RELAY_DROP_IMPAIRED] = "impaired",
};

void
relay_report_instances (RelayCommandContext *context)
{
  for (unsigned id = 1; id <= IOU_MAX_ID; id++)
    {
      const RelayInstance *instance = context->relay->instances[id];

      if (instance != NULL)
        relay_reply_line (
            context->reply,
            "- %u dir=%s pseudo=%u uid=%u keepalives=%s ethernet=%u serial=%u hold=%s "
            "connected=%s",
            id, instance->dir, instance->pseudo, (unsigned) instance->uid,
            instance->keepalives ? "on" : "off", instance->ethernet, instance->serial,
            instance->held ? "on" : "off", instance->tx.fd >= 0 ? "yes" : "no");
    }
}

void
relay_report_devices (RelayCommandContext *context, RelayDeviceKind kind)
{
  RelayTableNode *node = NULL;

  while ((node = relay_table_next (&context->relay->devices, node)) != NULL)
    {
      RelayDevice *device = RELAY_CONTAINER_OF (node, RelayDevice, node);

      if (device->kind != kind)
        continue;
      if (kind == RELAY_DEVICE_SWITCH)
        relay_reply_line (context->reply, "- %s ports=%u ageing=%u", device->name, device->n_ports,
                          device->ageing);
      else if (kind == RELAY_DEVICE_NAT)
        relay_reply_line (context->reply, "- %s host-access=%s", device->name,
                          relay_nat_has_host_access (device) ? "on" : "off");
      else if (kind == RELAY_DEVICE_TAP)
        relay_reply_line (context->reply, "- %s interface=%s", device->name,
                          relay_tap_interface (device));
      else if (kind == RELAY_DEVICE_TUNNEL)
        {
          char text[RELAY_TUNNEL_TEXT_SIZE];

          relay_tunnel_describe (device, text);
          relay_reply_line (context->reply, "- %s %s", device->name, text);
        }
      else
        relay_reply_line (context->reply, "- %s ports=%u", device->name, device->n_ports);
    }
}

void
relay_report_links (RelayCommandContext *context)
{
  RelayTableNode *node = NULL;

  while ((node = relay_table_next (&context->relay->links, node)) != NULL)
    {
      RelayLink *link = RELAY_CONTAINER_OF (node, RelayLink, node);
      char a[RELAY_PORT_NAME_SIZE], b[RELAY_PORT_NAME_SIZE];

      relay_port_name (link->ends[0], a);
      relay_port_name (link->ends[1], b);
      relay_reply_line (context->reply, "- %s %s %s %s", link->name, a, b,
                        link->plugged ? "plugged" : "unplugged");
    }
}

void
relay_report_macs (RelayCommandContext *context, RelayDevice *device)
{
  uint32_t now = relay_switch_seconds (context->relay);
  const RelayMacEntry *entry;
  unsigned at = 0;

  while ((entry = relay_mac_table_next (device->macs, &at, now, device->ageing)) != NULL)
    relay_reply_line (context->reply, "- vlan=%u mac=%02x:%02x:%02x:%02x:%02x:%02x port=%u age=%u",
                      (unsigned) (entry->key >> 48), (unsigned) (entry->key >> 40 & 0xff),
                      (unsigned) (entry->key >> 32 & 0xff), (unsigned) (entry->key >> 24 & 0xff),
                      (unsigned) (entry->key >> 16 & 0xff), (unsigned) (entry->key >> 8 & 0xff),
                      (unsigned) (entry->key & 0xff), entry->port, now - entry->seen);
}

static void
report_pvcs (RelayCommandContext *context, RelayPort *port)
{
  const RelayFrPort *settings = relay_frame_relay_port (port);

  for (unsigned i = 0; settings->pvcs != NULL && i < RELAY_DLCIS; i++)
    if (settings->pvcs[i].to_dlci != 0)
      relay_reply_line (context->reply, "- pvc %u:%u %u:%u %s", port->number, i,
                        settings->pvcs[i].to_port, settings->pvcs[i].to_dlci,
                        relay_frame_relay_is_active (context->relay, port, i) ? "active"
                                                                              : "inactive");
}

void
relay_report_frame_relay (RelayCommandContext *context, RelayDevice *device)
{
  static const char *const types[] = { "none", "ansi", "q933a", "cisco" };

  for (unsigned i = 0; i < device->n_ports; i++)
    {
      const RelayFrPort *settings = relay_frame_relay_port (&device->ports[i]);

      relay_reply_line (context->reply,
                        "- port %u lmi=%s enquiries=%" PRIu64 " sequence_errors=%" PRIu64, i,
                        types[settings->lmi], settings->enquiries, settings->sequence_errors);
      report_pvcs (context, &device->ports[i]);
    }
}

static int
write_counters (char *text, size_t size, const RelayPortCounters *c)
{
  int length = snprintf (text, size,
                         "in_frames=%" PRIu64 " in_bytes=%" PRIu64 " out_frames=%" PRIu64
                         " out_bytes=%" PRIu64 " in_keepalives=%" PRIu64 " out_keepalives=%" PRIu64
                         " queue=%" PRIu64 " queue_max=%" PRIu64,
                         c->in_frames, c->in_bytes, c->out_frames, c->out_bytes, c->in_keepalives,
                         c->out_keepalives, c->queue, c->queue_max);

  for (unsigned i = 0; i < RELAY_DROP_REASONS; i++)
    length += snprintf (text + length, size - (size_t) length, " drops_%s=%" PRIu64, drop_names[i],
                        c->drops[i]);
  return length;
}

void
relay_report_port (RelayCommandContext *context, RelayPort *port)
{
  static const char *const lines[] = { "unknown", "up", "down" };
  const char *state = port->link == NULL ? "none" : port->link->plugged ? "plugged" : "unplugged";
  int length = snprintf (context->ok, sizeof context->ok, "line=%s link=%s name=%s blocked=%s ",
                         lines[port->counters->line], state,
                         port->link != NULL ? port->link->name : "-", port->blocked ? "yes" : "no");

  write_counters (context->ok + length, sizeof context->ok - (size_t) length, port->counters);
}

/* Frames are counted where devices are, drops wherever they happen. */
static void
add_up (RelayPortCounters *sum, const RelayPortCounters *c)
{
  for (unsigned i = 0; i < RELAY_DROP_REASONS; i++)
    sum->drops[i] += c->drops[i];
  if (c->id == 0)
    return;
  sum->in_frames += c->in_frames;
  sum->in_bytes += c->in_bytes;
  sum->out_frames += c->out_frames;
  sum->out_bytes += c->out_bytes;
  sum->in_keepalives += c->in_keepalives;
  sum->out_keepalives += c->out_keepalives;
  sum->queue += c->queue;
  if (c->queue_max > sum->queue_max)
    sum->queue_max = c->queue_max;
}

void
relay_report_stats (RelayCommandContext *context)
{
  Relay *relay = context->relay;
  RelayPortCounters sum = { 0 };
  unsigned instances = 0;
  int length;

  for (uint32_t i = 0; i < relay->counters.header->n_slots; i++)
    if (relay->counters.slots[i].serial != 0)
      add_up (&sum, &relay->counters.slots[i]);
  for (unsigned id = 1; id <= IOU_MAX_ID; id++)
    instances += relay->instances[id] != NULL;
  length = snprintf (context->ok, sizeof context->ok,
                     "instances=%u devices=%zu links=%zu wakeups=%" PRIu64 " pool=%zu ", instances,
                     relay->devices.count, relay->links.count, relay->counters.header->wakeups,
                     relay->pool.bytes);
  write_counters (context->ok + length, sizeof context->ok - (size_t) length, &sum);
}
