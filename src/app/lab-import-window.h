/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_IMPORT_WINDOW (lab_import_window_get_type ())
G_DECLARE_FINAL_TYPE (LabImportWindow, lab_import_window, LAB, IMPORT_WINDOW, AdwWindow)

/**
 * lab_import_window_present:
 * @folder: its path
 * @items: (element-type LabConfigItem): what is in it, just looked at
 *
 * A folder of configurations, above the lab's window: which file goes to which device and what would
 * happen, then the loading of them with what became of each. Closed meanwhile, that goes on; how it
 * ended is said by the session.
 */
void lab_import_window_present (GtkWindow *parent, LabSession *session, const char *folder, GPtrArray *items);

G_END_DECLS
