/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The folders that the user named, each with a button that takes it out of the library; not to be seen
 * while there is none. What happened is told by the action "images.said" of a parent, with a string.
 * (transfer floating) */
GtkWidget *lab_image_folders_new (void);

G_END_DECLS
