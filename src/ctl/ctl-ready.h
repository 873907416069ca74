/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"
#include "lab-topology.h"

G_BEGIN_DECLS

/** CTL_PATIENCE: seconds in which nothing happens, if nobody says otherwise */
#define CTL_PATIENCE 120.0

/* Says what the lab needs and this machine has not. FALSE: there is such a thing. */
gboolean ctl_check_needs (LabTopology *topology);
/* A warning on standard error if the devices of @topology among @names (%NULL or empty: all) that do not
 * run will hardly fit into memory. */
void     ctl_warn_memory (LabTopology *topology, LabClient *client, const char * const *names);

/* An engine that is started from here on begins @n devices at once; 0: as many as suit the machine. */
void     ctl_set_parallel (int n);
/* Says so if @client's engine ran before, and does not know of @n. */
void     ctl_check_parallel (LabClient *client, int n);

/* Waits until every node of @names (%NULL or empty: all that can run) is ready. Fails when one crashed
 * or stopped again, or when nothing has changed for @patience seconds; the error names the nodes.
 * Standard error counts: in one line on a terminal, else in a line now and then. */
gboolean ctl_wait_ready (LabClient *client, const char * const *names, double patience, GError **error);

G_END_DECLS
