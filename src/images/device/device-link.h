/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Interfaces of the kernel: TAP and TUN devices, and what netlink sets of them. */

#include <glib.h>

/* A TAP device, or with @packets a TUN device, in the network namespace we are in. @tun: path of the
 * driver's file. Returns its descriptor, -1 with errno; @index: (out): the kernel's number of it. */
int device_link_open (const char *name, gboolean packets, const char *tun, int *index);
/* Alias, hardware address and “up”, in one message to @netlink, a socket of NETLINK_ROUTE. @mac:
 * (nullable): of six bytes. */
gboolean device_link_configure (int netlink, int index, const char *alias, const guint8 *mac);
/* Tells the kernel whether there is a carrier, if that is not what it was told last, @carrier. It
 * refuses while the interface is down: tell it again when that comes up. */
void device_link_set_carrier (int fd, gboolean wanted, gboolean *carrier);
/* Another alias, on a socket of its own. */
void device_link_set_alias (int index, const char *alias);
