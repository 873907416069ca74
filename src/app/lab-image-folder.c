/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-image-folder.h"

struct _LabImageFolder
{
  GObject parent_instance;

  char *path;
  gboolean there;
};

G_DEFINE_FINAL_TYPE (LabImageFolder, lab_image_folder, G_TYPE_OBJECT)

static void
lab_image_folder_finalize (GObject *object)
{
  g_free (LAB_IMAGE_FOLDER (object)->path);

  G_OBJECT_CLASS (lab_image_folder_parent_class)->finalize (object);
}

static void
lab_image_folder_class_init (LabImageFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_image_folder_finalize;
}

static void
lab_image_folder_init (LabImageFolder *self)
{
}

LabImageFolder *
lab_image_folder_new (const char *path)
{
  LabImageFolder *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (LAB_TYPE_IMAGE_FOLDER, NULL);
  self->path = g_strdup (path);
  self->there = g_file_test (path, G_FILE_TEST_IS_DIR);
  return self;
}

const char *
lab_image_folder_get_path (LabImageFolder *self)
{
  g_return_val_if_fail (LAB_IS_IMAGE_FOLDER (self), NULL);

  return self->path;
}

gboolean
lab_image_folder_is_there (LabImageFolder *self)
{
  g_return_val_if_fail (LAB_IS_IMAGE_FOLDER (self), FALSE);

  return self->there;
}

gboolean
lab_image_folder_equal (LabImageFolder *self, LabImageFolder *other)
{
  g_return_val_if_fail (LAB_IS_IMAGE_FOLDER (self) && LAB_IS_IMAGE_FOLDER (other), FALSE);

  return self->there == other->there && g_str_equal (self->path, other->path);
}
