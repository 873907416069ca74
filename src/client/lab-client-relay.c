/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One command for the relay and its answer, over a connection of its own: lines that begin with
 * "- ", and a last one, "ok" or "error". */

#include "config.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>

#include "lab-client-relay.h"

#define PATIENCE_SECONDS 5
#define MAX_LINES        100000

typedef struct
{
  char *command; /* with its line end */
  GSocketConnection *connection;
  GDataInputStream *input;
  GPtrArray *lines;
} Question;

static void
question_free (Question *question)
{
  g_free (question->command);
  g_clear_object (&question->input);
  g_clear_object (&question->connection);
  g_ptr_array_unref (question->lines);
  g_free (question);
}

static void read_next (GTask *task);

static void
finish (GTask *task, const char *last)
{
  Question *question = g_task_get_task_data (task);

  if (!g_str_has_prefix (last, "ok"))
    {
      g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_IO,
                               _ ("The relay says: %s."),
                               g_str_has_prefix (last, "error ") ? last + 6 : last);
      return;
    }
  g_ptr_array_add (question->lines, NULL);
  g_task_return_pointer (task, g_ptr_array_free (g_steal_pointer (&question->lines), FALSE),
                         (GDestroyNotify) g_strfreev);
  question->lines = g_ptr_array_new ();
}

static void
line_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish_utf8 (question->input, result, NULL, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (line == NULL || question->lines->len >= MAX_LINES)
    g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_IO,
                             _ ("The lab’s relay has ended."));
  else if (g_str_has_prefix (line, "- "))
    {
      g_ptr_array_add (question->lines, g_strdup (line + 2));
      read_next (g_steal_pointer (&task));
    }
  else
    finish (task, line);
}

/* Takes over @task. */
static void
read_next (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  g_data_input_stream_read_line_async (question->input, G_PRIORITY_DEFAULT,
                                       g_task_get_cancellable (task), line_cb, task);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    g_task_return_error (task, error);
  else
    read_next (g_steal_pointer (&task));
}

static void
connected_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;

  question->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);
  if (question->connection == NULL)
    {
      g_prefix_error (&error, _ ("The lab’s relay cannot be reached: "));
      g_task_return_error (task, error);
      return;
    }
  question->input =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (question->connection)));
  g_output_stream_write_all_async (
      g_io_stream_get_output_stream (G_IO_STREAM (question->connection)), question->command,
      strlen (question->command), G_PRIORITY_DEFAULT, g_task_get_cancellable (task), written_cb,
      g_object_ref (task));
}

void
lab_client_relay_async (LabClient *self,
                        const char *command,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GSocketClient) client = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;
  Question *question;

  g_return_if_fail (LAB_IS_CLIENT (self));
  g_return_if_fail (command != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lab_client_relay_async);
  question = g_new0 (Question, 1);
  question->command = g_strconcat (command, "\n", NULL);
  question->lines = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  /* Beside the counters. */
  dir = g_path_get_dirname (lab_client_get_counters_path (self));
  path = g_build_filename (dir, "relay", NULL);
  address = g_unix_socket_address_new (path);
  client = g_socket_client_new ();
  g_socket_client_set_timeout (client, PATIENCE_SECONDS);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), cancellable, connected_cb,
                                 g_steal_pointer (&task));
}

GStrv
lab_client_relay_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
