/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LAB_TYPE_PANES_HANDLE (lab_panes_handle_get_type ())
G_DECLARE_FINAL_TYPE (LabPanesHandle, lab_panes_handle, LAB, PANES_HANDLE, GtkWidget)

/* The line between two panes, moved by the pointer, or by the arrow keys when it has the focus.
 *
 * Signal: "resize" (int x, int y): it is to move by so many pixels. */

/* @orientation: of the line; @label: translated, its accessible name. */
GtkWidget *lab_panes_handle_new (GtkOrientation orientation, const char *label);

G_END_DECLS
