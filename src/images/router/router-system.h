/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What of its system a router needs otherwise than other devices. */

#include "device-machine.h"

/* Fills /etc of the router's own root. FALSE with errno set. */
gboolean router_system_make_etc (void);
/* What a router has switched on: forwarding, and the like. */
void router_system_set_kernel (DeviceMachine *machine);
