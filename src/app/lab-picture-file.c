/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures for the canvas, from files. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <gdk/gdk.h>
#include <glib/gi18n-lib.h>

#include "lab-picture-file.h"

#define LARGEST 600.0

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
fill_drawing (JsonBuilder *builder,
              const Request *request,
              double width,
              double height,
              const char *type,
              const char *data)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, "picture");
  json_builder_set_member_name (builder, "x");
  json_builder_add_double_value (builder, request->x - width / 2);
  json_builder_set_member_name (builder, "y");
  json_builder_add_double_value (builder, request->y - height / 2);
  json_builder_set_member_name (builder, "width");
  json_builder_add_double_value (builder, width);
  json_builder_set_member_name (builder, "height");
  json_builder_add_double_value (builder, height);
  json_builder_set_member_name (builder, "layer");
  json_builder_add_int_value (builder, -1);
  json_builder_set_member_name (builder, "picture");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);
  json_builder_set_member_name (builder, "data");
  json_builder_add_string_value (builder, data);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static LabDrawing *
make_drawing (const Request *request, GBytes *bytes, const char *type, GError **error)
{
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) json = NULL;
  g_autofree char *data = NULL;
  double width;
  double height;
  double shrink;

  if (texture == NULL)
    return NULL;
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  shrink = MIN (1, LARGEST / MAX (width, height));
  data = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  fill_drawing (builder, request, width * shrink, height * shrink, type, data);
  json = json_builder_get_root (builder);

  return lab_drawing_new_from_json (json, error);
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

  if (bytes != NULL && g_bytes_get_size (bytes) > LAB_MAX_PICTURE_BYTES)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("a picture may have 16 MB at most"));
  else if (bytes != NULL)
    {
      content_type = g_content_type_guess (name, g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes), NULL);
      type = g_content_type_get_mime_type (content_type);
      drawing = make_drawing (request, bytes, type, &error);
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
