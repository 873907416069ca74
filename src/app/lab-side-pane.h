/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LAB_TYPE_SIDE_PANE (lab_side_pane_get_type ())
G_DECLARE_FINAL_TYPE (LabSidePane, lab_side_pane, LAB, SIDE_PANE, GtkWidget)

/* The pane at the left: the devices to add, and the summary of what is there. */

/* Takes both widgets, and shows the devices. (transfer floating) */
GtkWidget *lab_side_pane_new  (GtkWidget *dock, GtkWidget *summary);
/* "devices" or "summary" */
void       lab_side_pane_show (LabSidePane *self, const char *page);

G_END_DECLS
