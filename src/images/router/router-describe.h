/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* FRRouting writes an interface that has no settings into no configuration, but a member of a
 * bridge need not have any. So it gets a description, unless somebody gave it one, and stays. */

#include <glib.h>

/* Some time later: while the configuration is loaded it is not known yet what there will be. */
void router_describe_later (const char *interface, const char *text);
/* From now on it is done. @socket: where zebra listens, static. */
void router_describe_begin (const char *socket);
/* All that waits, at once. */
void router_describe_now (void);
