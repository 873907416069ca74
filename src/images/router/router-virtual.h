/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The interfaces that are no ports: FRRouting configures interfaces and makes none, so that we make
 * what its configuration names. */

#include "device-machine.h"

/* “interface @text”, maybe with “vrf @vrf” ("": without). Idempotent. */
void router_virtual_want (DeviceMachine *machine, const char *text, const char *vrf);
/* “no interface @text”. TRUE: something was taken away. */
gboolean router_virtual_forget (const char *text, DeviceMachine *machine);
/* “vrf @name”. */
void router_virtual_want_vrf (const char *name);
/* “no vrf @name”. TRUE: something was taken away. */
gboolean router_virtual_forget_vrf (const char *name);
/* A configuration as FRRouting wrote it, with the VRFs and interfaces that it leaves out. (transfer full) */
char *router_virtual_write (const char *config);
