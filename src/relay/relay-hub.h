/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-device.h"

/* Of RelayDeviceClass: out of all ports but the one it came in at, unless the guard finds that it
 * goes round. */
void relay_hub_input (Relay *relay, RelayPort *port, const RelayFrame *frame);
