/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What of its system a router needs otherwise than other devices. */

#include "device-machine.h"

/* Fills /etc of the router's own root. FALSE with errno set. */
gboolean router_system_make_etc (void);
/* What a router has switched on: forwarding, and the like. */
void router_system_set_kernel (DeviceMachine *machine);
/* A setting of one interface: @group is “ipv4”, “ipv6” or “mpls”. */
void router_system_set (const char *interface, const char *group, const char *setting,
                        const char *value);
/* Where the kernel has MPLS. */
void router_system_accept_labels (const char *interface);
