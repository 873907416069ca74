/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-node.h"
#include "lab-link.h"

G_BEGIN_DECLS

#define LAB_TYPE_NODE_PROXY (lab_node_proxy_get_type ())
G_DECLARE_FINAL_TYPE (LabNodeProxy, lab_node_proxy, LAB, NODE_PROXY, GtkWidget)

/* A device of the canvas for the keyboard and for assistive technology: a child widget that is never
 * drawn, takes no pointer, lies where the device lies, and can be focused. (Before GTK 4.10 only
 * widgets can be accessible children.)
 *
 * Signal "action" (const char *name): an action of the proxy was called: "open-console", "select",
 * "context-menu", "connect", "edit-name", "delete". */

/* Keeps a reference to @node. (transfer floating) */
GtkWidget *lab_node_proxy_new        (LabNode *node);
LabNode   *lab_node_proxy_get_node   (LabNodeProxy *self); /* (transfer none) */
/* Name and description for a screen reader: kind, state, links. */
void       lab_node_proxy_tell       (LabNodeProxy *self, GPtrArray *links);
void       lab_node_proxy_set_selected (LabNodeProxy *self, gboolean selected);
/* "Running, 2 links: e0/0 to R2 e0/1, s2/0 unplugged from R3 s2/0". @links: (element-type LabLink). (transfer full) */
char      *lab_node_proxy_describe   (LabNode *node, GPtrArray *links);

G_END_DECLS
