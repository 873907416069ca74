/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How what was copied crosses the desktop's clipboard.
 *
 * GDK carries a value within the process, and asks for a serialiser when another process wants it.
 * What comes from another process may be anything: no more is read than a lab's file may hold, and
 * the reader of lab files decides. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-clipboard.h"

#define READ_STEP (64 * 1024)

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GdkContentSerializer *serializer = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    gdk_content_serializer_return_success (serializer);
  else
    gdk_content_serializer_return_error (serializer, error);
}

static void
serialise (GdkContentSerializer *serializer)
{
  LabClipping *clipping = g_value_get_boxed (gdk_content_serializer_get_value (serializer));
  gsize length;
  const char *text = lab_clipping_get_text (clipping, &length);

  gdk_content_serializer_set_task_data (serializer, lab_clipping_ref (clipping),
                                        (GDestroyNotify) lab_clipping_unref);
  g_output_stream_write_all_async (gdk_content_serializer_get_output_stream (serializer), text,
                                   length, gdk_content_serializer_get_priority (serializer),
                                   gdk_content_serializer_get_cancellable (serializer), written_cb,
                                   serializer);
}

static void read_more (GdkContentDeserializer *deserializer);

static void
finish_read (GdkContentDeserializer *deserializer, GByteArray *bytes)
{
  GError *error = NULL;
  LabClipping *clipping =
      lab_clipping_new_from_text ((const char *) bytes->data, bytes->len, &error);

  if (clipping == NULL)
    {
      gdk_content_deserializer_return_error (deserializer, error);
      return;
    }
  g_value_take_boxed (gdk_content_deserializer_get_value (deserializer), clipping);
  gdk_content_deserializer_return_success (deserializer);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GdkContentDeserializer *deserializer = user_data;
  GByteArray *bytes = gdk_content_deserializer_get_task_data (deserializer);
  GError *error = NULL;
  g_autoptr (GBytes) step =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (step == NULL)
    gdk_content_deserializer_return_error (deserializer, error);
  else if (g_bytes_get_size (step) == 0)
    finish_read (deserializer, bytes);
  else if (bytes->len + g_bytes_get_size (step) > LAB_MAX_FILE_BYTES)
    gdk_content_deserializer_return_error (
        deserializer, g_error_new (LAB_ERROR, LAB_ERROR_LIMIT,
                                   _ ("What is on the clipboard is larger than %d MiB."),
                                   LAB_MAX_FILE_BYTES / (1024 * 1024)));
  else
    {
      g_byte_array_append (bytes, g_bytes_get_data (step, NULL), (guint) g_bytes_get_size (step));
      read_more (deserializer);
    }
}

static void
read_more (GdkContentDeserializer *deserializer)
{
  g_input_stream_read_bytes_async (gdk_content_deserializer_get_input_stream (deserializer),
                                   READ_STEP, gdk_content_deserializer_get_priority (deserializer),
                                   gdk_content_deserializer_get_cancellable (deserializer), read_cb,
                                   deserializer);
}

static void
deserialise (GdkContentDeserializer *deserializer)
{
  gdk_content_deserializer_set_task_data (deserializer, g_byte_array_new (),
                                          (GDestroyNotify) g_byte_array_unref);
  read_more (deserializer);
}

static void
register_once (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  gdk_content_register_serializer (LAB_TYPE_CLIPPING, LAB_CLIPPING_MIME, serialise, NULL, NULL);
  gdk_content_register_deserializer (LAB_CLIPPING_MIME, LAB_TYPE_CLIPPING, deserialise, NULL, NULL);
  g_once_init_leave (&done, 1);
}

void
lab_clipboard_set (GdkClipboard *clipboard, LabClipping *clipping)
{
  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));
  g_return_if_fail (clipping != NULL);

  register_once ();
  gdk_clipboard_set (clipboard, LAB_TYPE_CLIPPING, clipping);
}

gboolean
lab_clipboard_has (GdkClipboard *clipboard)
{
  GdkContentFormats *formats;

  g_return_val_if_fail (GDK_IS_CLIPBOARD (clipboard), FALSE);

  formats = gdk_clipboard_get_formats (clipboard);

  return gdk_content_formats_contain_gtype (formats, LAB_TYPE_CLIPPING) ||
         gdk_content_formats_contain_mime_type (formats, LAB_CLIPPING_MIME);
}

static void
value_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);

  if (value == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_value_dup_boxed (value), (GDestroyNotify) lab_clipping_unref);
}

void
lab_clipboard_read_async (GdkClipboard *clipboard,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  register_once ();
  task = g_task_new (clipboard, cancellable, callback, user_data);
  g_task_set_source_tag (task, lab_clipboard_read_async);
  gdk_clipboard_read_value_async (clipboard, LAB_TYPE_CLIPPING, G_PRIORITY_DEFAULT, cancellable,
                                  value_cb, task);
}

LabClipping *
lab_clipboard_read_finish (GdkClipboard *clipboard, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, clipboard), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
