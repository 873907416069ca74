/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The built-in Frame Relay switch.
 *
 * A frame begins with the two bytes of its address (Q.922): six bits of the DLCI, C/R, 0; four bits
 * of the DLCI, FECN, BECN, DE, 1. The port and the DLCI say where it goes; on the way only the DLCI
 * is changed, so C/R and the congestion bits arrive as they were sent. Addresses of three and four
 * bytes are not served.
 *
 * DLCI 0 and 1023 are for the management interface (relay-lmi.c).
 *
 * Whether a PVC is active is worked out when a router asks, not kept: no timer is needed. */

#include "relay-frame-relay.h"

#include "relay-instance.h"
#include "relay-private.h"

#include <stdlib.h>
#include <string.h>

#define EA             0x01
#define DLCI_HIGH_MASK 0xfc
#define DLCI_LOW_MASK  0xf0
#define LMI_DLCI       0
#define LMI_DLCI_CISCO 1023

/* A router asks every 10 s; one that was silent for three times 15 s is gone. */
#define SILENT_AFTER (45 * RELAY_NS_PER_S)

void
relay_frame_relay_init (RelayDevice *device)
{
  device->own = relay_new0 (device->n_ports * sizeof (RelayFrPort));
}

void
relay_frame_relay_clear (Relay *relay, RelayDevice *device)
{
  for (unsigned i = 0; i < device->n_ports; i++)
    free (relay_frame_relay_port (&device->ports[i])->pvcs);
  free (device->own);
}

RelayFrPort *
relay_frame_relay_port (const RelayPort *port)
{
  return (RelayFrPort *) port->device->own + port->number;
}

static RelayPvc *
find_pvc (const RelayPort *port, unsigned dlci)
{
  RelayFrPort *settings = relay_frame_relay_port (port);

  if (settings->pvcs == NULL || settings->pvcs[dlci].to_dlci == 0)
    return NULL;
  return &settings->pvcs[dlci];
}

/* Another router may be there now: everything is new to it. */
void
relay_frame_relay_link_changed (RelayPort *port)
{
  RelayFrPort *settings = relay_frame_relay_port (port);

  settings->lmi = RELAY_LMI_NONE;
  settings->sent = 0;
  settings->reported = settings->changed = false;
  for (unsigned i = 0; settings->pvcs != NULL && i < RELAY_DLCIS; i++)
    settings->pvcs[i].told = settings->pvcs[i].known = false;
}

static bool
check_dlci (RelayPort *port, unsigned dlci, RelayError *error)
{
  char name[RELAY_PORT_NAME_SIZE];

  if (find_pvc (port, dlci) == NULL)
    return true;
  relay_port_name (port, name);
  return relay_error_set (error, "DLCI %u of port %s has a map already: remove that first", dlci,
                          name);
}

static void
set_pvc (RelayPort *port, unsigned dlci, const RelayPort *to, unsigned to_dlci)
{
  RelayFrPort *settings = relay_frame_relay_port (port);

  if (settings->pvcs == NULL)
    settings->pvcs = relay_new0 (RELAY_DLCIS * sizeof *settings->pvcs);
  settings->pvcs[dlci] = (RelayPvc){ .to_port = to->number, .to_dlci = (uint16_t) to_dlci };
}

bool
relay_frame_relay_map (
    RelayPort *a, unsigned dlci_a, RelayPort *b, unsigned dlci_b, RelayError *error)
{
  if (a == b && dlci_a == dlci_b)
    return relay_error_set (error, "both ends of the map are the same");
  if (!check_dlci (a, dlci_a, error) || !check_dlci (b, dlci_b, error))
    return false;
  set_pvc (a, dlci_a, b, dlci_b);
  set_pvc (b, dlci_b, a, dlci_a);
  return true;
}

bool
relay_frame_relay_unmap (
    RelayPort *a, unsigned dlci_a, RelayPort *b, unsigned dlci_b, RelayError *error)
{
  RelayPvc *one = find_pvc (a, dlci_a), *other = find_pvc (b, dlci_b);

  if (one == NULL || other == NULL || one->to_port != b->number || one->to_dlci != dlci_b)
    return relay_error_set (error, "there is no such map");
  *one = *other = (RelayPvc){ 0 };
  relay_frame_relay_port (a)->changed = relay_frame_relay_port (b)->changed = true;
  return true;
}

/* Is there a device that has its end of the line up? */
static bool
is_line_up (Relay *relay, const RelayPort *port)
{
  const RelayPort *peer = port->peer;

  if (peer == NULL)
    return false;
  if (peer->instance == NULL || relay->offline)
    return true;
  if (peer->instance->keepalives)
    return peer->counters->line == RELAY_LINE_UP;
  return relay_instance_is_present (peer->instance);
}

bool
relay_frame_relay_is_active (Relay *relay, const RelayPort *port, unsigned dlci)
{
  const RelayPvc *pvc = find_pvc (port, dlci);
  const RelayPort *far = pvc != NULL ? &port->device->ports[pvc->to_port] : NULL;
  const RelayFrPort *settings;

  if (far == NULL || !is_line_up (relay, far))
    return false;
  settings = relay_frame_relay_port (far);
  return settings->lmi == RELAY_LMI_NONE || relay->loop.now - settings->last_heard < SILENT_AFTER;
}

static void
forward (Relay *relay, RelayPort *port, const RelayFrame *frame, unsigned dlci)
{
  const RelayPvc *pvc = find_pvc (port, dlci);
  uint8_t *address = (uint8_t *) frame->data; /* it goes to one place, so nobody else looks */
  RelayPort *out;

  if (pvc == NULL)
    {
      port->counters->drops[RELAY_DROP_VLAN]++;
      return;
    }
  out = &port->device->ports[pvc->to_port];
  address[0] = (uint8_t) (pvc->to_dlci >> 4 << 2 | (address[0] & ~DLCI_HIGH_MASK));
  address[1] = (uint8_t) (pvc->to_dlci << 4 | (address[1] & ~DLCI_LOW_MASK));
  if (!relay_device_send (relay, out, frame))
    out->counters->drops[out->link != NULL ? RELAY_DROP_UNPLUGGED : RELAY_DROP_UNLINKED]++;
}

void
relay_frame_relay_input (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  const uint8_t *address = frame->data;
  unsigned dlci;

  if (frame->length < 2 || (address[0] & EA) != 0 || (address[1] & EA) == 0)
    {
      port->counters->drops[RELAY_DROP_INVALID]++;
      return;
    }
  dlci = (unsigned) (address[0] >> 2) << 4 | address[1] >> 4;
  if (dlci == LMI_DLCI || dlci == LMI_DLCI_CISCO)
    relay_lmi_input (relay, port, frame);
  else
    forward (relay, port, frame, dlci);
}
