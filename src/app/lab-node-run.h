/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_NODE_RUN (lab_node_run_get_type ())
G_DECLARE_FINAL_TYPE (LabNodeRun, lab_node_run, LAB, NODE_RUN, AdwPreferencesGroup)

/* What a node does now, with the buttons to change it, and what it takes of the machine. The last is
 * read once a second, and only while this is shown.
 *
 * Signal: "console" (): its console is wanted. */

/* Once, before a node is set. A reference is kept. */
void lab_node_run_set_session (LabNodeRun *self, LabSession *session);
void lab_node_run_set_node    (LabNodeRun *self, LabNode *node); /* (nullable) */

G_END_DECLS
