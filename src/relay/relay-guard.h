/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-device.h"

/* A frame that is about to be flooded by a switch or hub. False: it has come round in a loop, its
 * port was blocked, and it goes no further. */
bool relay_guard_flood (Relay *relay, RelayPort *port, const RelayFrame *frame, unsigned vlan);

/* The same for a frame that came to a limit on its walk through devices. */
void relay_guard_limit (Relay *relay, RelayPort *port, const RelayFrame *frame);

/* A frame at a device that has blocked ports. True: it was dropped, or is a probe that came back. */
bool relay_guard_takes (RelayPort *port, const RelayFrame *frame);
bool relay_guard_is_probe (const RelayFrame *frame);

/* The link at a port changed: nothing is known of a loop any more. */
void relay_guard_forget (Relay *relay, RelayPort *port);
void relay_guard_clear (Relay *relay, RelayDevice *device);

/* Sends probes, and opens ports whose probes do not come back. */
void relay_guard_check (Relay *relay);
