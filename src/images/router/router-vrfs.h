/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* FRRouting knows which VRF an interface is in and does not write it: to FRRouting that is the
 * kernel's affair. Since version 10 it writes no interface either in which nothing is set. So the
 * configuration that is saved would lose both. */

#include <glib.h>

/* @config with a block for each of @vrfs and each interface of @made, and with its VRF behind each
 * interface that @vrf_of (interface → VRF) names. (transfer full) */
char *router_vrfs_write (const char *config, GList *vrfs, GHashTable *vrf_of, GList *made);
