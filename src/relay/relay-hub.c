/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-hub.h"

#include "relay-guard.h"

void
relay_hub_input (Relay *relay, RelayPort *port, const RelayFrame *frame)
{
  RelayDevice *hub = port->device;

  if (!relay_guard_flood (relay, port, frame, 0))
    return;

  for (unsigned i = 0; i < hub->n_ports; i++)
    if (&hub->ports[i] != port)
      relay_device_send (relay, &hub->ports[i], frame);
}
