/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-device.h"

#define RELAY_INTERFACE_MAX 15

/* Before the device is of any use. */
bool relay_tap_open (Relay *relay, RelayDevice *device, const char *interface, RelayError *error);
const char *relay_tap_interface (const RelayDevice *device);

/* The functions of its class, see RelayDeviceClass. What the interface does not take at once is
 * dropped and counted. */
void relay_tap_clear (Relay *relay, RelayDevice *device);
void relay_tap_input (Relay *relay, RelayPort *port, const RelayFrame *frame);
void relay_tap_run (Relay *relay, RelayDevice *device);
