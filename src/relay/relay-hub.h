/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-device.h"

void relay_hub_input (Relay *relay, RelayPort *port, const RelayFrame *frame);
