/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From here on Tab goes through all buttons of @view (a #GtkColumnView), row by row, and Shift+Tab
 * back; from the last and the first one out of the table. */
void lab_table_keys_listen (GtkWidget *view);

G_END_DECLS
