/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_SAVED_GROUP (lab_saved_group_get_type ())
G_DECLARE_FINAL_TYPE (LabSavedGroup, lab_saved_group, LAB, SAVED_GROUP, AdwPreferencesGroup)

/* The configurations that a device has saved, newest first, with what can be done with each: view,
 * compare, restore, take as the lab's start configuration. Follows the files as they come. */

/* Once, before a node is set. A reference is kept. */
void lab_saved_group_set_session (LabSavedGroup *self, LabSession *session);
/* @node: (nullable). The group is seen only for devices. */
void lab_saved_group_set_node    (LabSavedGroup *self, LabNode *node);

G_END_DECLS
