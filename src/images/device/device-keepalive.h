/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Layer-1 keepalives (contract, section 7): when lines are up. */

#include "device-machine.h"

/* Starts the tick that keepalives and serial ports need; none without them. */
void device_keepalive_start (DeviceMachine *self);
void device_keepalive_received (DevicePort *port);
/* The interface was set up or down. */
void device_keepalive_set_shut (DevicePort *port, gboolean shut);
