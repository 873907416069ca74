/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-arrange.h"
#include "lab-edit.h"

G_BEGIN_DECLS

/* What the canvas' actions do to what is selected, as edits: each one step with a name. No widget.
 * All return (transfer full) (nullable): %NULL if there is nothing to do. @items: LabNode, LabLink,
 * LabDrawing. */

/* Nodes take their links with them. */
LabEdit *lab_canvas_edit_delete  (LabTopology *topology, GPtrArray *items);
/* %NULL, too: fewer than lab_arrange_get_least() of them can be moved. */
LabEdit *lab_canvas_edit_arrange (LabScene *scene, GPtrArray *items, LabArrange how);
/* Nodes and drawings; others are left out. */
LabEdit *lab_canvas_edit_lock    (GPtrArray *items, gboolean locked);

typedef enum
{
  LAB_RAISE,          /* over the next one above */
  LAB_LOWER,
  LAB_RAISE_TO_TOP,
  LAB_LOWER_TO_BOTTOM,
} LabRaise;

/* Among the nodes and drawings that it meets. */
LabEdit *lab_canvas_edit_raise   (LabScene *scene, GPtrArray *items, LabRaise how);

G_END_DECLS
