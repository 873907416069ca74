/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-selection.h"
#include "lab-session.h"
#include "lab-summary-item.h"

G_BEGIN_DECLS

#define LAB_TYPE_SUMMARY (lab_summary_get_type ())
G_DECLARE_FINAL_TYPE (LabSummary, lab_summary, LAB, SUMMARY, GtkWidget)

/* The lab as a tree with search: nodes with their state, below each its console, links and free
 * ports. It shares the selection with the canvas, and everything can be done from here by keyboard
 * and screen reader.
 *
 * Signals:
 *   "activate-node" (LabNode): its console is wanted (as the canvas's signal)
 *   "reveal" (GObject *item): a node or link to be brought into view on the canvas
 *
 * Class actions, on what is selected: "summary.start", "summary.stop", "summary.reload",
 * "summary.console", "summary.connect" (a dialog: which port to which), "summary.delete",
 * "summary.rename", "summary.toggle-plugged", "summary.menu". */

/* Keeps references to both. (transfer floating) */
GtkWidget *lab_summary_new          (LabSession *session, LabSelection *selection);
/* Puts the keyboard into the search entry. */
void       lab_summary_focus_search (LabSummary *self);

/* For the rows. */

/* What @item stands for is selected, unless it is already; "connect" begins at its port. */
void       lab_summary_point_at     (LabSummary *self, LabSummaryItem *item);
/* The menu for what is selected; position in @widget. */
void       lab_summary_popup_menu   (LabSummary *self, GtkWidget *widget, double x, double y);

G_END_DECLS
