/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The ports as interfaces of the kernel. */

#include "router.h"

/* Names and numbers; peers from NETMAP unless @ignore_netmap. */
gboolean router_ports_init (
    Router *self, guint ethernet_adapters, guint serial_adapters, gboolean ignore_netmap,
    GError **error);
/* A TAP or TUN device for each port, in the network namespace we are in. @tun: path of the TUN
 * driver's file. */
gboolean router_ports_create (Router *self, const char *tun, GError **error);
/* Starts to hear when the kernel's interfaces are set up or down. */
gboolean router_ports_watch (Router *self, GError **error);
/* Tells the kernel whether there is a carrier, if that has changed. */
void router_port_update_carrier (RouterPort *port);
