/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_DOCTOR_WINDOW (lab_doctor_window_get_type ())
G_DECLARE_FINAL_TYPE (LabDoctorWindow, lab_doctor_window, LAB, DOCTOR_WINDOW, AdwWindow)

/* What this machine has of what labs need, what is missing, and the command that mends it: “labctl
 * doctor” as a window. There is one at a time. @parent: (nullable) */
void lab_doctor_window_present (GtkWindow *parent);

G_END_DECLS
