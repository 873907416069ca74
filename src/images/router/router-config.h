/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The start configuration, and what is saved. */

#include "router.h"

/* What the router starts with: the NVRAM's configuration, or that of -c while there is none; "" if
 * there is neither. A file that cannot be read is said on the console. (transfer full) */
char *router_config_load (Router *self);
/* The name that a configuration gives the router, "Router" if none. (transfer full) */
char *router_config_dup_name (const char *config);
/* Puts @config where vtysh reads it, and watches what vtysh writes there. */
gboolean router_config_begin (Router *self, const char *config, GError **error);
/* Stores in NVRAM what vtysh has written since. Cheap if it has not. */
void router_config_store (void);
