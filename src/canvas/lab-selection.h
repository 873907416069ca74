/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

#define LAB_TYPE_SELECTION (lab_selection_get_type ())
G_DECLARE_FINAL_TYPE (LabSelection, lab_selection, LAB, SELECTION, GObject)

/* What is selected in one window: LabNode, LabLink and LabDrawing objects, in the order they were
 * selected. One object, shared by canvas, summary and inspector. What leaves the document leaves the
 * selection. Signal: "changed" (), once for each call that changed something; and once, from the main
 * loop, for whatever left the document since. */

/* Of things of @topology, whose lists it follows. (transfer full) */
LabSelection *lab_selection_new      (LabTopology *topology);
gboolean      lab_selection_contains (LabSelection *self, gpointer item);
guint         lab_selection_get_size (LabSelection *self);
gpointer      lab_selection_get_item (LabSelection *self, guint position); /* (transfer none) */
/* The only selected item, or %NULL. (transfer none) (nullable) */
gpointer      lab_selection_get_single (LabSelection *self);
/* The selected nodes' names, %NULL-terminated. (transfer full) */
GStrv         lab_selection_get_node_names (LabSelection *self);
/* (transfer container): borrowed objects of the selection that are of @type. */
GPtrArray    *lab_selection_get_items (LabSelection *self, GType type);
/* @items: (array length=n_items): exactly these from now on, in this order. */
void          lab_selection_set      (LabSelection *self, gpointer *items, guint n_items);
void          lab_selection_set_single (LabSelection *self, gpointer item); /* (nullable) clears */
void          lab_selection_add      (LabSelection *self, gpointer item);
void          lab_selection_remove   (LabSelection *self, gpointer item);
void          lab_selection_toggle   (LabSelection *self, gpointer item);
void          lab_selection_clear    (LabSelection *self);

G_END_DECLS
