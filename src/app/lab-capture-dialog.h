/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_CAPTURE_DIALOG (lab_capture_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LabCaptureDialog, lab_capture_dialog, LAB, CAPTURE_DIALOG, AdwWindow)

/* What to capture of some links, and where to: into Wireshark or to a file. @links: (element-type
 * LabLink), at least one. */
void lab_capture_dialog_show (GtkWindow *parent, LabSession *session, GPtrArray *links);

G_END_DECLS
