/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-session.h"

G_BEGIN_DECLS

/* Changes how many adapters or ports @nodes (element-type LabNode) have; see lab-adapter-plan.h. If
 * links are lost by it, asks first and lists them. @done is called when it is done, refused or
 * cancelled, unless @parent is gone by then. */
void lab_adapter_dialog_change (GtkWidget *parent, LabSession *session, GPtrArray *nodes, const char *key, guint count,
                                void (*done) (gpointer user_data), gpointer user_data);

G_END_DECLS
