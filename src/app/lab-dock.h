/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_DOCK (lab_dock_get_type ())
G_DECLARE_FINAL_TYPE (LabDock, lab_dock, LAB, DOCK, GtkWidget)

/* Devices that can be added: a list in sections, with search. A row is dragged to the canvas (a
 * LAB_TYPE_NODE_TEMPLATE), or added by double click or Enter; Shift+Enter asks how many.
 *
 * Signal: "add" (LabNodeTemplate *template, guint count): to be added at the centre of the view, by
 *   lab_add_nodes(). */

/* Keeps a reference to @session. (transfer floating) */
GtkWidget *lab_dock_new          (LabSession *session);
/* Puts the keyboard into the search entry. */
void       lab_dock_focus_search (LabDock *self);

G_END_DECLS
