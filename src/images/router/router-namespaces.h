/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The namespaces that make an ordinary user the root of a small system of its own. */

#include "router.h"

/* New user, network, PID, IPC and UTS namespaces. The next child is the first process in them, and
 * when it ends, everything in them ends. */
gboolean router_namespaces_enter (GError **error);
/* In that child: a root of its own, with the working directory as ROUTER_WORK_DIR, and the sockets
 * of the contract at their place. */
gboolean router_namespaces_build_root (Router *router, GError **error);
/* What a router has switched on: forwarding, and the like. */
void router_namespaces_set_kernel (Router *router);
