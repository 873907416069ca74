/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_WINDOW (lab_window_get_type ())
G_DECLARE_FINAL_TYPE (LabWindow, lab_window, LAB, WINDOW, AdwApplicationWindow)

/* A window: the start page first, then one lab for the rest of its life.
 *
 * Actions "win.…": lab-window-actions.c, lab-window-run.c, lab-window-items.c, lab-window-files.c. */

/* Not shown yet. GTK owns it until it is closed. (transfer none) */
LabWindow  *lab_window_new         (GtkApplication *application);
/* TRUE while it shows the start page. */
gboolean    lab_window_is_empty    (LabWindow *self);
gboolean    lab_window_has_file    (LabWindow *self, GFile *file);
/* A new lab. */
void        lab_window_begin       (LabWindow *self);
/* Reads @file in the background and shows it. */
void        lab_window_open        (LabWindow *self, GFile *file);
void        lab_window_set_session (LabWindow *self, LabSession *session);
LabSession *lab_window_get_session (LabWindow *self); /* (nullable) */
/* A toast. @detail: (nullable): shown by its button. */
void        lab_window_say         (LabWindow *self, LabSessionMessage kind, const char *text, const char *detail);

G_END_DECLS
