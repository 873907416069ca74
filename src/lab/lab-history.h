/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-edit.h"

G_BEGIN_DECLS

#define LAB_TYPE_HISTORY (lab_history_get_type ())
G_DECLARE_FINAL_TYPE (LabHistory, lab_history, LAB, HISTORY, GObject)

/* Undo and redo of one document. Properties: can-undo, can-redo, undo-label, redo-label, saved.
 * Signal "changed": an edit, undo, redo or group is through. */

/* @topology: nobody else may change it from now on; it counts as saved as it is. (transfer full) */
LabHistory *lab_history_new            (LabTopology *topology);
gboolean    lab_history_apply          (LabHistory *self, LabEdit *edit, GError **error); /* all or nothing */
/* As lab_history_apply(), one step for all of a *@stroke, which begins at 0: the drag of a slider. */
gboolean    lab_history_apply_stroke   (LabHistory *self, LabEdit *edit, guint64 *stroke, GError **error);
void        lab_history_begin_group    (LabHistory *self, const char *label); /* nests; what follows is one step */
void        lab_history_end_group      (LabHistory *self);
void        lab_history_cancel_group   (LabHistory *self); /* ends the group and takes it back */
gboolean    lab_history_in_group       (LabHistory *self);
gboolean    lab_history_undo           (LabHistory *self);
gboolean    lab_history_redo           (LabHistory *self);
gboolean    lab_history_can_undo       (LabHistory *self);
gboolean    lab_history_can_redo       (LabHistory *self);
const char *lab_history_get_undo_label (LabHistory *self); /* (nullable) */
const char *lab_history_get_redo_label (LabHistory *self); /* (nullable) */
void        lab_history_mark_saved     (LabHistory *self);
gboolean    lab_history_is_saved       (LabHistory *self);

G_END_DECLS
