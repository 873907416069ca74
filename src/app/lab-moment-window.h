/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_MOMENT_WINDOW (lab_moment_window_get_type ())
G_DECLARE_FINAL_TYPE (LabMomentWindow, lab_moment_window, LAB, MOMENT_WINDOW, AdwWindow)

/* The moments at which devices of a lab saved, by days, the newest first. One that is chosen shows what each
 * device had saved by then, and puts that back (lab-put-window.h). */
void lab_moment_window_present (GtkWindow *parent, LabSession *session);

G_END_DECLS
