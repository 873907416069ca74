/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-talk.h"
#include "lab-client.h"
#include "lab-topology.h"

G_BEGIN_DECLS

/* What came of one check. */
typedef struct
{
  LabCheck *check;
  gboolean passed;
  char *reason;      /* (nullable): why it failed, a sentence */
  LabAnswer *answer; /* (nullable): none if it could not even be asked */
} CtlCheckResult;

/* The array of ctl_checks_run() frees what is in it itself. */
void       ctl_check_result_free (CtlCheckResult *self);

/* Runs every check of the lab: at most @jobs devices at once, the checks of one device one after the
 * other. Returns the results in document order. Ends early when interrupted: what was not done has
 * failed with that reason. (transfer container) of CtlCheckResult */
GPtrArray *ctl_checks_run        (LabTopology *topology, LabClient *client, guint jobs);

G_END_DECLS
