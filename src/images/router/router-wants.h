/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which lines of a configuration need which of FRR's daemons. */

#include <glib.h>

/* Does a line, abbreviated as people type it, configure something that only @daemon can do? vtysh
 * sends a daemon only lines that may concern it, so that what is left to tell apart are commands
 * that several daemons know. */
gboolean router_wants_line (const char *daemon, const char *line);
/* Is there such a line in a whole configuration, where words are written out? */
gboolean router_wants_by_config (const char *daemon, const char *config);
