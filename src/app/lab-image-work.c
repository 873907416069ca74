/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Work on the image library in threads. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-appliance.h"
#include "lab-client-paths.h"
#include "lab-image-library.h"
#include "lab-image-work.h"

typedef struct
{
  LabImageWork work;
  gpointer data;
  GDestroyNotify free_data;
} Work;

static void
work_free (Work *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self);
}

static void
work_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  char *said = NULL;

  if (work->work (work->data, &said, &error))
    g_task_return_pointer (task, said, g_free);
  else
    g_task_return_error (task, error);
}

void
lab_image_work_async (gpointer source,
                      LabImageWork work,
                      gpointer data,
                      GDestroyNotify free_data,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, callback, user_data);
  Work *own = g_new0 (Work, 1);

  own->work = work;
  own->data = data;
  own->free_data = free_data;
  g_task_set_source_tag (task, lab_image_work_async);
  g_task_set_task_data (task, own, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, work_thread);
}

gboolean
lab_image_work_finish (GAsyncResult *result, char **said, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &local_error);

  lab_image_library_rescan (lab_image_library_get_default ());
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (said != NULL)
    *said = g_steal_pointer (&text);

  return TRUE;
}

/* --- adding --- */

static gboolean
add_appliance (const char *path, GString *added, GError **error)
{
  g_autoptr (LabAppliance) appliance = lab_appliance_load (path, error);
  g_autofree char *folder = g_path_get_dirname (path);
  guint n_images;

  if (appliance == NULL || !lab_appliance_install (appliance, folder, &n_images, error))
    return FALSE;
  g_string_append_printf (added, _ ("Added the template “%s”"), appliance->name);

  return TRUE;
}

static gboolean
add_image (const char *path, GString *added, GError **error)
{
  g_autofree char *engine = lab_client_program_path ("engine", "labwright-engine");
  gboolean was_there;
  g_autoptr (LabImageRecord) record =
      lab_library_add (path, NULL, &was_there, NULL, NULL, NULL, error);
  IouHelp help;

  if (record == NULL)
    return FALSE;
  /* An image that does not answer is added all the same. */
  if (record->fault == LAB_IMAGE_GOOD && !record->probed)
    lab_library_probe (engine, record->path, &help, NULL, NULL);
  g_string_append_printf (added, was_there ? _ ("%s is in the library already") : _ ("Added %s"),
                          record->name);

  return TRUE;
}

/* @path: (nullable): of no file of this machine */
static void
add_file (const char *path, GString *added, GString *refused)
{
  g_autoptr (GError) error = NULL;

  if (added->len > 0)
    g_string_append (added, "\n");
  if (path == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _ ("Only files of this machine can be added."));
  else if (lab_appliance_is_name (path))
    add_appliance (path, added, &error);
  else
    add_image (path, added, &error);
  if (error != NULL)
    g_string_append_printf (refused, "%s%s", refused->len > 0 ? "\n\n" : "", error->message);
}

static void
add_folder (const char *path, GString *added, GString *refused)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) files = lab_library_dup_addable (path, &error);

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    add_file (files[i], added, refused);
  if (files == NULL)
    g_string_append_printf (refused, "%s%s", refused->len > 0 ? "\n\n" : "", error->message);
}

static gboolean
add_files (gpointer data, char **said, GError **error)
{
  g_autoptr (GString) added = g_string_new (NULL);
  g_autoptr (GString) refused = g_string_new (NULL);

  for (GSList *l = data; l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
        add_folder (path, added, refused);
      else
        add_file (path, added, refused);
    }
  *said = g_strdup (g_strchomp (added->str));
  if (refused->len == 0)
    return TRUE;
  g_clear_pointer (said, g_free);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, refused->str);

  return FALSE;
}

static void
free_files (gpointer data)
{
  g_slist_free_full (data, g_object_unref);
}

void
lab_image_add_async (gpointer source,
                     GSList *files,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  lab_image_work_async (source, add_files,
                        g_slist_copy_deep (files, (GCopyFunc) (GCallback) g_object_ref, NULL),
                        free_files, callback, user_data);
}

gboolean
lab_image_is_wanted (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *type = NULL;

  if (path == NULL)
    return FALSE;
  if (lab_appliance_is_name (name))
    return TRUE;
  type = g_content_type_guess (name, NULL, 0, NULL);

  return g_str_has_suffix (name, ".bin") || g_str_has_suffix (name, ".iol") ||
         g_content_type_is_unknown (type);
}
