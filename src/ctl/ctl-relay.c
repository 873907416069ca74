/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Talking to a relay by itself. Only what is no part of the document goes this way: the engine owns
 * everything else that the relay holds. */

#include "config.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>

#include "ctl-relay.h"

#define PATIENCE_SECONDS 5

struct _CtlRelay
{
  GSocketConnection *connection;
  GDataInputStream *input;
};

CtlRelay *
ctl_relay_open (CtlLab *lab, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (lab_client_get_counters_path (lab->client));
  g_autofree char *path = g_build_filename (dir, "relay", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  CtlRelay *self;

  g_socket_client_set_timeout (client, PATIENCE_SECONDS);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  if (connection == NULL)
    {
      g_prefix_error (error, _ ("The lab’s relay cannot be reached: "));
      return NULL;
    }
  self = g_new0 (CtlRelay, 1);
  self->input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  self->connection = g_steal_pointer (&connection);
  return self;
}

void
ctl_relay_free (CtlRelay *self)
{
  g_object_unref (self->input);
  g_object_unref (self->connection);
  g_free (self);
}

/* The last line of an answer; what is before it into @details. */
static char *
read_answer (CtlRelay *self, GPtrArray *details, GError **error)
{
  char *line;

  while ((line = g_data_input_stream_read_line (self->input, NULL, NULL, error)) != NULL &&
         g_str_has_prefix (line, "- "))
    {
      g_ptr_array_add (details, g_strdup (line + 2));
      g_free (line);
    }
  if (line == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_IO,
                         _ ("The lab’s relay has ended."));
  return line;
}

gboolean
ctl_relay_send (CtlRelay *self, GPtrArray **details, GError **error, const char *format, ...)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  g_autoptr (GString) command = g_string_new (NULL);
  g_autofree char *answer = NULL;
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (command, format, args);
  va_end (args);
  g_string_append_c (command, '\n');
  if (!g_output_stream_write_all (output, command->str, command->len, NULL, NULL, error) ||
      (answer = read_answer (self, lines, error)) == NULL)
    return FALSE;
  if (!g_str_has_prefix (answer, "ok"))
    {
      g_set_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_IO, _ ("The relay says: %s."),
                   g_str_has_prefix (answer, "error ") ? answer + 6 : answer);
      return FALSE;
    }
  if (details != NULL)
    *details = g_steal_pointer (&lines);
  return TRUE;
}

char *
ctl_relay_escape (const char *text)
{
  return g_uri_escape_string (text, "/", FALSE);
}

char *
ctl_relay_end (LabNode *node, const LabPort *port)
{
  guint id = lab_node_get_id (node);

  if (lab_node_get_kind (node) == LAB_NODE_IOU)
    return g_strdup_printf ("%u:%u/%u", id, port->bay, port->unit);
  return g_strdup_printf ("n%u:%u", id, port->unit);
}
