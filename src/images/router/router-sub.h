/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sub-interfaces: 802.1Q on the ports, done here and not by the kernel. */

#include "router-lines.h"
#include "device-machine.h"

/* Makes the sub-interface @text, which @name was read from, unless it is there. FALSE: a sentence
 * was said. */
gboolean router_sub_create (DeviceMachine *machine, const char *text, const RouterName *name);
/* FALSE: it is not there. */
gboolean router_sub_remove (DeviceMachine *machine, const char *text);

/* A frame that came in: TRUE if it was for a sub-interface, which has got it. */
gboolean router_sub_deliver (DevicePort *port, guint8 *frame, gsize length);
/* Whether the port takes what the kernel sends. */
void router_sub_set_reading (DevicePort *port, gboolean reading);
/* The port's carrier has changed; those of its sub-interfaces follow. */
void router_sub_update_carrier (DevicePort *port);
/* The kernel's interface @index was set up or down. */
void router_sub_link_changed (DeviceMachine *machine, int index);

/* Calls @func for each one of VLAN @vlan. */
typedef void (*RouterSubFunc) (int index, gpointer data);
/* @index: of the kernel's interface. @func must not make or remove any. */
void router_sub_foreach (DeviceMachine *machine, guint vlan, RouterSubFunc func, gpointer data);
