/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What FRRouting's VRRP needs of the kernel for each group: an interface with the group's address,
 * which hears frames only while the router is the group's master. */

#include <glib.h>
#include <linux/netlink.h>

/* “vrrp @group ip @address” on @interface. Idempotent. */
void router_vrrp_want (const char *interface, guint group, const char *address);
/* Of one address, or ("") of the group. */
void router_vrrp_unwant (const char *interface, guint group, const char *address);
/* The interface goes, and all that stands on it. */
void router_vrrp_forget (const char *interface);
/* News of the kernel's about an interface. */
void router_vrrp_link_changed (const struct nlmsghdr *message);
/* Is the frame, which came in by @interface, for a group whose master is another router? */
gboolean router_vrrp_refuses (const char *interface, const guint8 *frame, gsize length);
