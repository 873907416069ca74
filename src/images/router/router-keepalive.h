/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Layer-1 keepalives (contract, section 7): when lines are up. */

#include "router.h"

/* Starts the tick that keepalives and serial ports need; none without them. */
void router_keepalive_start (Router *self);
void router_keepalive_received (RouterPort *port);
/* The interface was set up or down. */
void router_keepalive_set_shut (RouterPort *port, gboolean shut);
