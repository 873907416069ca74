/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-dock-item.h"

G_BEGIN_DECLS

#define LAB_TYPE_DOCK_ROW (lab_dock_row_get_type ())
G_DECLARE_FINAL_TYPE (LabDockRow, lab_dock_row, LAB, DOCK_ROW, GtkListBoxRow)

/* A row of the dock; a drag source. */
GtkWidget   *lab_dock_row_new      (LabDockItem *item);
LabDockItem *lab_dock_row_get_item (LabDockRow *self);

G_END_DECLS
