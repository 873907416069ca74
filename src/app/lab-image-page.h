/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-image-library.h"

G_BEGIN_DECLS

/* All that is known of an image, what mends it, and its templates. What the user changes is written to
 * the library, and comes back as another file of the model: the page is made anew then. */
GtkWidget *lab_image_page_new (LabImageFile *file);

G_END_DECLS
