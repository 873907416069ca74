/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_TIMELINE_DIALOG (lab_timeline_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LabTimelineDialog, lab_timeline_dialog, LAB, TIMELINE_DIALOG, AdwWindow)

/* What shall happen in the lab, a row an event; applied as one step that can be undone. */
void lab_timeline_dialog_show (GtkWindow *parent, LabSession *session);

G_END_DECLS
