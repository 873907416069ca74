/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LAB_TYPE_NAME_EDITOR (lab_name_editor_get_type ())
G_DECLARE_FINAL_TYPE (LabNameEditor, lab_name_editor, LAB, NAME_EDITOR, GtkWidget)

/* An entry over a device's name, with room for a sentence below it: why a name was refused.
 *
 * Signal "done" (const char *name or NULL): Enter with a name, or given up (Escape, the focus went).
 * After a name the owner either takes the editor away or shows what is wrong with it. */

/* (transfer floating). Start it when it has its place. */
GtkWidget  *lab_name_editor_new      (const char *name);
void        lab_name_editor_start    (LabNameEditor *self); /* focuses, all selected */
/* Until the name is changed. */
void        lab_name_editor_refuse   (LabNameEditor *self, const char *sentence);
const char *lab_name_editor_get_text (LabNameEditor *self); /* as typed; until the next change */

G_END_DECLS
