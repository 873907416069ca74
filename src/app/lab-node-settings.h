/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_NODE_SETTINGS (lab_node_settings_get_type ())
G_DECLARE_FINAL_TYPE (LabNodeSettings, lab_node_settings, LAB, NODE_SETTINGS, AdwPreferencesGroup)

/* The settings of one node, or what several have in common: image, adapters, memory and so on. What
 * differs is shown as a dash; what the user sets is set for all, as one step. */

/* Once, before nodes are set. A reference is kept. */
void lab_node_settings_set_session (LabNodeSettings *self, LabSession *session);
/* @nodes: (nullable) (element-type LabNode): at least one. */
void lab_node_settings_set_nodes   (LabNodeSettings *self, GPtrArray *nodes);

G_END_DECLS
