/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-library.h"

G_BEGIN_DECLS

/**
 * LabImageOrigin:
 * @LAB_IMAGE_OPEN: comes with Labwright
 * @LAB_IMAGE_OWN: a file of the user's
 */
typedef enum
{
  LAB_IMAGE_OPEN,
  LAB_IMAGE_OWN,
} LabImageOrigin;

#define LAB_TYPE_IMAGE_FILE (lab_image_file_get_type ())
G_DECLARE_FINAL_TYPE (LabImageFile, lab_image_file, LAB, IMAGE_FILE, GObject)

/* The name that stands in a lab; unique in the library. */
const char     *lab_image_file_get_name   (LabImageFile *self);
LabImageOrigin  lab_image_file_get_origin (LabImageFile *self);
guint64         lab_image_file_get_size   (LabImageFile *self); /* bytes */
/* All that is known of an image of the user's. (transfer none) (nullable) */
LabImageRecord *lab_image_file_get_record (LabImageFile *self);

#define LAB_TYPE_IMAGE_LIBRARY (lab_image_library_get_type ())
G_DECLARE_FINAL_TYPE (LabImageLibrary, lab_image_library, LAB, IMAGE_LIBRARY, GObject)

/* The images on this machine: those that come with Labwright first, then the user's own by name. A
 * GListModel of LabImageFile. The folders are read in a thread, first soon after the object is made,
 * and again when something in them changes. */

/* The library of this process. (transfer none) */
LabImageLibrary *lab_image_library_get_default (void);
LabImageLibrary *lab_image_library_new         (void);
/* (transfer none) (nullable): the image of that name. */
LabImageFile    *lab_image_library_find        (LabImageLibrary *self, const char *name);
/* The folders that the user named, of LabImageFolder; also those that are not there now. (transfer none) */
GListModel      *lab_image_library_get_folders (LabImageLibrary *self);
/* FALSE until the folders have been read once. */
gboolean         lab_image_library_is_loaded   (LabImageLibrary *self);
/* Looks again, as after a change of ours. */
void             lab_image_library_rescan    (LabImageLibrary *self);
/* (nullable): why the library's file cannot be read. */
const char      *lab_image_library_get_problem (LabImageLibrary *self);
/* The folder to which a user adds images. (transfer full) */
char            *lab_image_library_dup_own_folder (void);

G_END_DECLS
