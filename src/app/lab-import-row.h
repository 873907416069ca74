/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-config-folder.h"
#include "lab-put-configs.h"

G_BEGIN_DECLS

#define LAB_TYPE_IMPORT_ROW (lab_import_row_get_type ())
G_DECLARE_FINAL_TYPE (LabImportRow, lab_import_row, LAB, IMPORT_ROW, GObject)

/* A file of a folder of configurations, or a device without one, as the table of an import shows it.
 * Signal "changed" (): what it shows is another. */

/* @items: (element-type LabConfigItem); @index: which of them it is about */
LabImportRow        *lab_import_row_new          (GPtrArray *items, guint index);
/* The folder was looked at once more. */
void                 lab_import_row_set_item     (LabImportRow *self, GPtrArray *items, guint index);
const LabConfigItem *lab_import_row_get_item     (LabImportRow *self);

/* Whether there is anything to load: also what the device has no room for, to be left out by the user. */
gboolean             lab_import_row_may_load     (LabImportRow *self);
/* ... and the user has not left it out. */
gboolean             lab_import_row_is_included  (LabImportRow *self);
void                 lab_import_row_set_left_out (LabImportRow *self, gboolean left_out);
/* Whether its device runs, and so would be started again. */
void                 lab_import_row_set_running  (LabImportRow *self, gboolean running);
gboolean             lab_import_row_is_running   (LabImportRow *self);
/* What became of it; @text: translated. Until the next set_item. */
void                 lab_import_row_set_result   (LabImportRow *self, LabPutState state, const char *text);
/* FALSE: nothing is done with it yet. @state: (out) */
gboolean             lab_import_row_get_result   (LabImportRow *self, LabPutState *state);

/* For the table: the file with what goes with it; its size; what happens or has happened. (transfer full) */
char                *lab_import_row_dup_file     (LabImportRow *self);
char                *lab_import_row_dup_size     (LabImportRow *self);
char                *lab_import_row_dup_fate     (LabImportRow *self);

G_END_DECLS
