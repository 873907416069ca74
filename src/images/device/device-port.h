/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The ports as interfaces of the kernel. */

#include "device-machine.h"

/* Names and numbers; peers from NETMAP unless @ignore_netmap. */
gboolean device_ports_init (
    DeviceMachine *self, guint ethernet_adapters, guint serial_adapters, gboolean ignore_netmap,
    GError **error);
/* A TAP or TUN device for each port, in the network namespace we are in. @tun: path of the TUN
 * driver's file. */
gboolean device_ports_create (DeviceMachine *self, const char *tun, GError **error);
/* Starts to hear when the kernel's interfaces are set up or down. */
gboolean device_ports_watch (DeviceMachine *self, GError **error);
/* Tells the kernel whether there is a carrier, if that has changed. */
void device_port_update_carrier (DevicePort *port);
