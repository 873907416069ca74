/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Layer-1 keepalives and the state of each line (contract section 7). */

#include "pc.h"

/* The first go out at once; with keepalives lines are down until one comes in, without them always
 * up. */
void pc_keepalive_start (Pc *pc);
/* Every whole second. */
void pc_keepalive_tick (Pc *pc);
void pc_keepalive_received (PcPort *port);
void pc_keepalive_set_shut (PcPort *port, gboolean shut);
