/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-node-template.h"
#include "lab-session.h"

G_BEGIN_DECLS

/* The most that are added at once. */
#define LAB_ADD_NODES_MAX 100

/**
 * lab_add_nodes:
 * @template: what to add
 * @count: how many, 1 to %LAB_ADD_NODES_MAX
 * @x: where the first stands, world units
 * @y: where the first stands
 *
 * Adds devices as one step, named by the template's pattern, ten in a row. If something stands
 * there already, they move aside. What is refused is said by the session's "message".
 *
 * Returns: (transfer full): the new LabNodes, empty if it was refused
 */
GPtrArray *lab_add_nodes (LabSession *session, LabNodeTemplate *template, guint count, double x, double y);

/**
 * LabAskCountFunc:
 * @count: how many
 */
typedef void (*LabAskCountFunc) (guint count, gpointer user_data);

/* Asks "How many?" in a dialog above the window of @parent; @done is called unless it is cancelled.
 * @user_data must live until @destroy (nullable) is called. */
void       lab_ask_count (GtkWidget *parent, LabNodeTemplate *template, LabAskCountFunc done, gpointer user_data,
                          GDestroyNotify destroy);

G_END_DECLS
