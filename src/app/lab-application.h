/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_APPLICATION (lab_application_get_type ())
G_DECLARE_FINAL_TYPE (LabApplication, lab_application, LAB, APPLICATION, AdwApplication)

/* One process, one window for each open lab. */
LabApplication *lab_application_new          (void);
/* Shows the window that has @file open, or opens it: in @window if that has no lab yet, else in a new
 * one. @window: (nullable) */
void            lab_application_open_file    (LabApplication *self, GFile *file, GtkWindow *window);
/* A window did not want to close: nothing is closed any more. */
void            lab_application_cancel_quit  (LabApplication *self);

G_END_DECLS
