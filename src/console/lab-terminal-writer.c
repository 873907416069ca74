/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * Two buffers: one is being written, one collects. When the first is through, they change places.
 * So there is never more than one write under way, and order is kept without a list of messages. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include "lab-terminal-writer.h"

struct _LabTerminalWriter
{
  GObject parent_instance;

  GOutputStream *output;
  GCancellable *cancellable;
  GByteArray *collected;
  GByteArray *writing; /* (nullable): under way */
  gboolean ended;
};

G_DEFINE_FINAL_TYPE (LabTerminalWriter, lab_terminal_writer, G_TYPE_OBJECT)

static void
lab_terminal_writer_finalize (GObject *object)
{
  LabTerminalWriter *self = LAB_TERMINAL_WRITER (object);

  g_clear_object (&self->output);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->collected, g_byte_array_unref);
  g_clear_pointer (&self->writing, g_byte_array_unref);

  G_OBJECT_CLASS (lab_terminal_writer_parent_class)->finalize (object);
}

static void
lab_terminal_writer_class_init (LabTerminalWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_terminal_writer_finalize;
}

static void
lab_terminal_writer_init (LabTerminalWriter *self)
{
  self->cancellable = g_cancellable_new ();
  self->collected = g_byte_array_new ();
}

LabTerminalWriter *
lab_terminal_writer_new (GOutputStream *output)
{
  LabTerminalWriter *self = g_object_new (LAB_TYPE_TERMINAL_WRITER, NULL);

  self->output = g_object_ref (output);
  return self;
}

static void write_next (LabTerminalWriter *self);

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabTerminalWriter) self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->writing, g_byte_array_unref);
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    {
      self->ended = TRUE;
      g_byte_array_set_size (self->collected, 0);
      return;
    }
  write_next (self);
}

static void
write_next (LabTerminalWriter *self)
{
  if (self->writing != NULL || self->ended || self->collected->len == 0)
    return;

  self->writing = g_steal_pointer (&self->collected);
  self->collected = g_byte_array_new ();
  g_output_stream_write_all_async (self->output, self->writing->data, self->writing->len,
                                   G_PRIORITY_DEFAULT, self->cancellable, written_cb,
                                   g_object_ref (self));
}

gboolean
lab_terminal_writer_push (LabTerminalWriter *self, const void *data, gsize length)
{
  g_return_val_if_fail (LAB_IS_TERMINAL_WRITER (self), FALSE);

  if (self->ended)
    return TRUE;
  if (length > LAB_TERMINAL_WRITER_LIMIT -
                   MIN (lab_terminal_writer_get_pending (self), LAB_TERMINAL_WRITER_LIMIT))
    return FALSE;
  g_byte_array_append (self->collected, data, (guint) length);
  write_next (self);
  return TRUE;
}

gsize
lab_terminal_writer_get_pending (LabTerminalWriter *self)
{
  return self->collected->len + (self->writing != NULL ? self->writing->len : 0);
}

void
lab_terminal_writer_close (LabTerminalWriter *self)
{
  self->ended = TRUE;
  g_byte_array_set_size (self->collected, 0);
  g_cancellable_cancel (self->cancellable);
}
