/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-summary-model.h"

G_BEGIN_DECLS

#define LAB_TYPE_SUMMARY_ROW (lab_summary_row_get_type ())
G_DECLARE_FINAL_TYPE (LabSummaryRow, lab_summary_row, LAB, SUMMARY_ROW, GtkWidget)

/* What a list item of the summary shows. It follows its node and link while it is bound. Its class
 * actions are those of LabSummary, for its own row: a screen reader finds them here. */

/* @model counts links and ports for it; a reference is kept. (transfer floating) */
GtkWidget      *lab_summary_row_new      (LabSummaryModel *model);
/* @row: (nullable): %NULL when it is unbound. */
void            lab_summary_row_bind     (LabSummaryRow *self, GtkTreeListRow *row);
LabSummaryItem *lab_summary_row_get_item (LabSummaryRow *self); /* (transfer none) (nullable) */
GtkTreeListRow *lab_summary_row_get_list_row (LabSummaryRow *self); /* (transfer none) (nullable) */

G_END_DECLS
