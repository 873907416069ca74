/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures for the canvas, from files. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-drawing-edits.h"
#include "lab-picture-file.h"

typedef struct
{
  GFile *file;
  double x;
  double y;
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->file);
  g_free (request);
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autofree char *name = g_file_get_basename (request->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes (request->file, cancellable, NULL, &error);
  g_autofree char *content_type = NULL;
  g_autofree char *type = NULL;
  LabDrawing *drawing = NULL;

  if (bytes != NULL)
    {
      content_type = g_content_type_guess (name, g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes), NULL);
      type = g_content_type_get_mime_type (content_type);
      drawing = lab_drawing_new_picture (type, bytes, request->x, request->y, &error);
    }
  if (drawing != NULL)
    g_task_return_pointer (task, drawing, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _ ("“%s” cannot be shown as a picture: %s"), name, error->message);
}

void
lab_picture_file_async (GFile *file,
                        double x,
                        double y,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->file = g_object_ref (file);
  request->x = x;
  request->y = y;
  g_task_set_source_tag (task, lab_picture_file_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, read_thread);
}

LabDrawing *
lab_picture_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
