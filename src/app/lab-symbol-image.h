/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-node.h"

G_BEGIN_DECLS

/* A GtkImage that shows a device symbol, sharp at the window's scale. @size: logical pixels. */
GtkWidget    *lab_symbol_image_new       (int size);
/* @symbol: a symbol's name. */
void          lab_symbol_image_set       (GtkWidget *image, const char *symbol);
/* As the canvas shows @node: its own symbol, or the one of its kind. */
void          lab_symbol_image_set_node  (GtkWidget *image, LabNode *node);
/* (transfer full): for a drag icon. */
GdkPaintable *lab_symbol_image_paintable (GtkWidget *widget, const char *symbol, int size);

G_END_DECLS
