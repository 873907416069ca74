/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The name that a configuration gives the router, "Router" if none. (transfer full) */
char *router_config_dup_name (const char *config);
