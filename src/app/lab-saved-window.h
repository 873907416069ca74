/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_SAVED_WINDOW (lab_saved_window_get_type ())
G_DECLARE_FINAL_TYPE (LabSavedWindow, lab_saved_window, LAB, SAVED_WINDOW, AdwWindow)

/* Saved configurations to be read and copied, in a window above that of @parent. */

/* One text. @title: the node; @subtitle: which one it is. */
void lab_saved_window_show    (GtkWidget *parent, const char *title, const char *subtitle, GBytes *text);
/* Two side by side: lines that were removed are marked with − at the left, those that were added with + at
 * the right. @a_name and @b_name stand above them. */
void lab_saved_window_compare (GtkWidget *parent, const char *title, const char *a_name, GBytes *a,
                               const char *b_name, GBytes *b);

G_END_DECLS
