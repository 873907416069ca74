/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder that the user named, in which the image library looks for images, too. */

#define LAB_TYPE_IMAGE_FOLDER (lab_image_folder_get_type ())
G_DECLARE_FINAL_TYPE (LabImageFolder, lab_image_folder, LAB, IMAGE_FOLDER, GObject)

/**
 * lab_image_folder_new:
 * @path: as the user named it
 *
 * Looks whether it is there, so: in a thread.
 *
 * Returns: (transfer full):
 */
LabImageFolder *lab_image_folder_new      (const char *path);
const char     *lab_image_folder_get_path (LabImageFolder *self); /* as the user named it */
/* FALSE: the disk with it is unplugged, say, or it was removed. */
gboolean        lab_image_folder_is_there (LabImageFolder *self);
/* Whether both are shown alike. */
gboolean        lab_image_folder_equal    (LabImageFolder *self, LabImageFolder *other);

G_END_DECLS
