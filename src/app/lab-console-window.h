/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-console-view.h"

G_BEGIN_DECLS

#define LAB_TYPE_CONSOLE_WINDOW (lab_console_window_get_type ())
G_DECLARE_FINAL_TYPE (LabConsoleWindow, lab_console_window, LAB, CONSOLE_WINDOW, AdwWindow)

/* A window with consoles that were taken out of the pane. Its last tab takes it along; closing it
 * closes its tabs, and the devices go on. */

/* Not shown yet. GTK owns it until it is closed. (transfer none) */
LabConsoleWindow *lab_console_window_new      (LabSession *session, GtkApplication *application);
LabConsoleView   *lab_console_window_get_view (LabConsoleWindow *self); /* (transfer none) */

G_END_DECLS
