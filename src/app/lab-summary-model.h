/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-summary-item.h"
#include "lab-topology.h"

G_BEGIN_DECLS

#define LAB_TYPE_SUMMARY_MODEL (lab_summary_model_get_type ())
G_DECLARE_FINAL_TYPE (LabSummaryModel, lab_summary_model, LAB, SUMMARY_MODEL, GObject)

/* The rows of the summary: nodes by name, R2 before R10; below each its console, its links by port,
 * and its free ports. Follows the document; what runs changes nothing in it.
 *
 * Signal: "links-changed" (): counts of links and free ports may be others now. */

/* Keeps a reference to @topology. (transfer full) */
LabSummaryModel *lab_summary_model_new         (LabTopology *topology);
/* A GtkTreeListModel of LabSummaryItem, not passthrough: its items are GtkTreeListRow. (transfer none) */
GListModel      *lab_summary_model_get_rows    (LabSummaryModel *self);
/* Only nodes in which @query is found; "" for all. */
void             lab_summary_model_set_query   (LabSummaryModel *self, const char *query);
guint            lab_summary_model_get_n_links (LabSummaryModel *self, LabNode *node);
guint            lab_summary_model_get_n_free  (LabSummaryModel *self, LabNode *node);

G_END_DECLS
