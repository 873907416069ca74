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

/* For interfaces beside the ports. A TAP device of this name: its descriptor, or -1 with errno. */
int device_port_open_tap (DeviceMachine *self, const char *name, int *index);
/* The same for a TUN device. */
int device_port_open_tun (DeviceMachine *self, const char *name, int *index);
/* The address of an Ethernet port. */
void device_port_write_mac (DevicePort *port, guint8 mac[6]);
