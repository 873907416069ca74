/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_TIMELINE_GROUP (lab_timeline_group_get_type ())
G_DECLARE_FINAL_TYPE (LabTimelineGroup, lab_timeline_group, LAB, TIMELINE_GROUP, AdwBin)

/* The timeline in the inspector: its events, which of them go on, where it stands; play, stop and
 * edit ("win.run-timeline", "win.stop-timeline", "win.edit-timeline"). */

/* Keeps a reference to @session. (transfer floating) */
GtkWidget *lab_timeline_group_new (LabSession *session);

G_END_DECLS
