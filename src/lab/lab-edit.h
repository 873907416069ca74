/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

#define LAB_TYPE_EDIT (lab_edit_get_type ())
G_DECLARE_FINAL_TYPE (LabEdit, lab_edit, LAB, EDIT, GObject)

/* A change of the document as a value: it has a label for people and, once applied, an inverse.
 * Constructors only describe; what is impossible is said by lab_history_apply(). What they are
 * given stays the caller's (transfer none), the edit is the caller's too (transfer full); a @value of
 * %NULL removes the member. */

LabEdit    *lab_edit_new_add_node       (LabNode *node);            /* gives it an id, and a free name if its own is taken */
LabEdit    *lab_edit_new_remove_nodes   (const char * const *names); /* and their links */
LabEdit    *lab_edit_new_rename_node    (const char *name, const char *new_name); /* in its links, checks and the timeline, too */
LabEdit    *lab_edit_new_move_nodes     (const char * const *names, const double *xs, const double *ys); /* @xs, @ys: one of each for a name, world units */
LabEdit    *lab_edit_new_set_node       (const char *name, const char *key, JsonNode *value); /* a member of the node's JSON; NULL removes it */
LabEdit    *lab_edit_new_add_link       (LabLink *link); /* @link itself becomes part of the document */
LabEdit    *lab_edit_new_remove_link    (const char *node, const char *port); /* either end names it */
LabEdit    *lab_edit_new_set_link       (const char *node, const char *port, const char *key, JsonNode *value); /* "plugged", … */
LabEdit    *lab_edit_new_add_drawing    (LabDrawing *drawing); /* @drawing itself becomes part of the document, and gets an id */
LabEdit    *lab_edit_new_remove_drawing (guint id); /* by lab_drawing_get_id() */
LabEdit    *lab_edit_new_set_drawing    (guint id, const char *key, JsonNode *value); /* a member of its JSON, not "id" */
LabEdit    *lab_edit_new_set_lab        (const char *key, JsonNode *value); /* "name", "notes", "checks", … */
LabEdit    *lab_edit_new_become         (LabTopology *other, const char *label); /* equal to @other, which has the same uuid */
LabEdit    *lab_edit_new_group          (const char *label, GPtrArray *edits); /* of LabEdit, in this order; all or none; @label (nullable): the first one's */

const char *lab_edit_get_label          (LabEdit *self); /* translated: "Move 10 nodes" */

G_END_DECLS
