/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-import-row.h"

G_BEGIN_DECLS

#define LAB_TYPE_IMPORT_TABLE (lab_import_table_get_type ())
G_DECLARE_FINAL_TYPE (LabImportTable, lab_import_table, LAB, IMPORT_TABLE, AdwBin)

/* What goes where when a folder of configurations is imported: a row a file, and one for each device
 * without. The user leaves rows out and gives files to other devices.
 *
 * Signals: "changed" (): other rows are left out.
 *          "device-chosen" (LabImportRow, const char *device): a file is for that device; "": for none.
 *          "compare" (LabImportRow): its text is to be shown. */

/* @devices: all there are; before the first row. */
void        lab_import_table_set_devices (LabImportTable *self, const char *const *devices);
/* Files that were there before keep what the user decided. @items: (element-type LabConfigItem) */
void        lab_import_table_set_items   (LabImportTable *self, GPtrArray *items);
/* Nothing can be decided any more. */
void        lab_import_table_lock        (LabImportTable *self);
/* (transfer none): LabImportRow */
GListModel *lab_import_table_get_rows    (LabImportTable *self);

G_END_DECLS
