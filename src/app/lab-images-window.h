/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_IMAGES_WINDOW (lab_images_window_get_type ())
G_DECLARE_FINAL_TYPE (LabImagesWindow, lab_images_window, LAB, IMAGES_WINDOW, AdwWindow)

/* Shows the image library: a list, and the page of the chosen one. There is one such window. @parent:
 * (nullable). */
void lab_images_window_present (GtkWindow *parent);
/* The same with the page of the image of that name. */
void lab_images_window_show    (GtkWindow *parent, const char *name);

G_END_DECLS
