/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"

G_BEGIN_DECLS

/* Waits until every node of @names (%NULL or empty: all that can run) is ready. Fails when one crashed
 * or stopped again, or when nothing has changed for @patience seconds; the error names the nodes.
 * On a terminal a line on standard error counts. */
gboolean ctl_wait_ready (LabClient *client, const char * const *names, double patience, GError **error);

G_END_DECLS
