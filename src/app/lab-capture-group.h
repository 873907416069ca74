/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_CAPTURE_GROUP (lab_capture_group_get_type ())
G_DECLARE_FINAL_TYPE (LabCaptureGroup, lab_capture_group, LAB, CAPTURE_GROUP, AdwBin)

/* The captures of the lab, or of one link, each with a button that stops it; how to begin one; and
 * the flight recorder. The buttons work on the window's selection ("win.capture"). */

/* @whole_lab: all captures, and the recorder; else those of the link that is set. Keeps a
 * reference to @session. (transfer floating) */
GtkWidget *lab_capture_group_new      (LabSession *session, gboolean whole_lab);
void       lab_capture_group_set_link (LabCaptureGroup *self, LabLink *link); /* (nullable) */

G_END_DECLS
