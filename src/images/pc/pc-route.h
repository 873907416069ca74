/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where a packet would go, and whether the next machine is known. */

#include "pc.h"

/* @port (nullable): only there. NULL and a sentence if nothing can be sent to @address. */
PcPort *pc_route_find (Pc *pc, PcPort *port, const ip_addr_t *address, const char **problem);
/* FALSE if nobody answered for the next hop: "host not reachable". */
gboolean pc_route_is_resolved (Pc *pc, PcPort *port, const ip_addr_t *address);
gboolean pc_route_is_own (Pc *pc, const ip_addr_t *address);
