/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-selection.h"
#include "lab-session.h"

G_BEGIN_DECLS

/* The inspector's pages, one for each sort of selection. Each follows what it shows until it is told
 * to show something else, or nothing (%NULL). */

#define LAB_TYPE_INSPECTOR_LAB (lab_inspector_lab_get_type ())
G_DECLARE_FINAL_TYPE (LabInspectorLab, lab_inspector_lab, LAB, INSPECTOR_LAB, AdwBin)
/* Each page keeps references to what it is made with. (transfer floating) */
GtkWidget *lab_inspector_lab_new         (LabSession *session);
/* Tells the document of notes that were typed and wait. */
void       lab_inspector_lab_commit      (LabInspectorLab *self);

#define LAB_TYPE_INSPECTOR_NODE (lab_inspector_node_get_type ())
G_DECLARE_FINAL_TYPE (LabInspectorNode, lab_inspector_node, LAB, INSPECTOR_NODE, AdwBin)
/* Signal "activate-node" (LabNode): its console is wanted. */
GtkWidget *lab_inspector_node_new        (LabSession *session, LabSelection *selection);
void       lab_inspector_node_set_node   (LabInspectorNode *self, LabNode *node);
/* Tells the document of a configuration that was typed and waits. */
void       lab_inspector_node_commit     (LabInspectorNode *self);

#define LAB_TYPE_INSPECTOR_NODES (lab_inspector_nodes_get_type ())
G_DECLARE_FINAL_TYPE (LabInspectorNodes, lab_inspector_nodes, LAB, INSPECTOR_NODES, AdwBin)
/* For more than one thing. (transfer floating) */
GtkWidget *lab_inspector_nodes_new       (LabSession *session);
/* What is selected: several nodes, or things of several sorts. @items: (element-type GObject). */
void       lab_inspector_nodes_set_items (LabInspectorNodes *self, GPtrArray *items);

#define LAB_TYPE_INSPECTOR_LINK (lab_inspector_link_get_type ())
G_DECLARE_FINAL_TYPE (LabInspectorLink, lab_inspector_link, LAB, INSPECTOR_LINK, AdwBin)
/* (transfer floating) */
GtkWidget *lab_inspector_link_new        (LabSession *session, LabSelection *selection);
/* @link: (nullable). Its graph begins anew. */
void       lab_inspector_link_set_link   (LabInspectorLink *self, LabLink *link);

#define LAB_TYPE_INSPECTOR_DRAWING (lab_inspector_drawing_get_type ())
G_DECLARE_FINAL_TYPE (LabInspectorDrawing, lab_inspector_drawing, LAB, INSPECTOR_DRAWING, AdwBin)
/* (transfer floating) */
GtkWidget *lab_inspector_drawing_new     (LabSession *session);
/* @drawing: (nullable). Commits what was typed for the one before. */
void       lab_inspector_drawing_set_drawing (LabInspectorDrawing *self, LabDrawing *drawing);
/* Tells the document of a text that was typed and waits. */
void       lab_inspector_drawing_commit  (LabInspectorDrawing *self);

G_END_DECLS
