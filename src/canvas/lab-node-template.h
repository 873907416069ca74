/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-node.h"

G_BEGIN_DECLS

/* What can be dragged from the dock: a node's JSON without name, id and place, and the pattern that
 * gives the name. A boxed type, so that it travels by drag and drop. */

#define LAB_TYPE_NODE_TEMPLATE (lab_node_template_get_type ())
typedef struct _LabNodeTemplate LabNodeTemplate;

/* For a GdkContentProvider, and for a drop target to ask for. */
GType            lab_node_template_get_type (void);
/* @title: for people; @pattern: "R{n}"; @symbol: a symbol's name; @json: members of the node. */
LabNodeTemplate *lab_node_template_new      (const char *title, const char *pattern, const char *symbol, JsonNode *json);
LabNodeTemplate *lab_node_template_ref      (LabNodeTemplate *self);
void             lab_node_template_unref    (LabNodeTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabNodeTemplate, lab_node_template_unref)

/* What lab_node_template_new() was given; they live as long as the template. */
const char      *lab_node_template_get_title   (LabNodeTemplate *self);
const char      *lab_node_template_get_pattern (LabNodeTemplate *self);
const char      *lab_node_template_get_symbol  (LabNodeTemplate *self);
/* A node of this kind, without an id yet. (transfer full) (nullable) */
LabNode         *lab_node_template_make     (LabNodeTemplate *self, const char *name, double x, double y, GError **error);

G_END_DECLS
