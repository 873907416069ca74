/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * GDBus has no back-pressure: what is sent to a client that does not read piles up in our memory.
 * So before each Changed the kernel is asked how much the client has not read yet (SIOCOUTQ). If
 * that is much, the client is left alone for a second; the next Changed then tells it all that
 * happened meanwhile, for each client has its own base revision.
 *
 * In the other direction calls are counted in GDBus' own thread: a client that sends thousands in a
 * second, or goes on calling without reading answers, is disconnected. So is one that sends a
 * message with the serial number 0, which is not allowed and which GDBus (2.74) cannot answer. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include "lab-server-client.h"

#define MAX_UNREAD         (64 * 1024)
#define RETRY_MS           1000
#define MAX_UNREAD_CALLS   100
#define MAX_CALLS_A_SECOND 3000

struct _LabServerClient
{
  GDBusConnection *connection;
  LabEngine *engine;
  guint64 revision;
  guint retry;
  guint unread_calls;
  guint filter;
  gulong closed_handler;
  LabServerClientClosed closed;
  gpointer user_data;
};

/* Of the filter, which runs in GDBus' thread. */
typedef struct
{
  gint64 second;
  guint calls;
  gboolean refused;
} Guard;

static GDBusMessage *
count_calls (GDBusConnection *connection,
             GDBusMessage *message,
             gboolean incoming,
             gpointer user_data)
{
  Guard *guard = user_data;
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;

  if (!incoming)
    return message;
  if (guard->second != second)
    {
      guard->second = second;
      guard->calls = 0;
    }
  if (!guard->refused &&
      (++guard->calls > MAX_CALLS_A_SECOND || g_dbus_message_get_serial (message) == 0))
    {
      guard->refused = TRUE;
      g_message ("A client sends too many calls, or nonsense, and is disconnected");
      g_dbus_connection_close (connection, NULL, NULL, NULL);
    }
  if (!guard->refused)
    return message;

  g_object_unref (message);
  return NULL;
}

static void
connection_closed (GDBusConnection *connection, gboolean remote, GError *error, gpointer user_data)
{
  LabServerClient *self = user_data;

  self->closed (self, self->user_data);
}

LabServerClient *
lab_server_client_new (GDBusConnection *connection,
                       LabEngine *engine,
                       LabServerClientClosed closed,
                       gpointer user_data)
{
  LabServerClient *self = g_new0 (LabServerClient, 1);

  self->connection = g_object_ref (connection);
  self->engine = engine;
  self->revision = lab_engine_get_revision (engine);
  self->closed = closed;
  self->user_data = user_data;
  self->filter = g_dbus_connection_add_filter (connection, count_calls, g_new0 (Guard, 1), g_free);
  self->closed_handler =
      g_signal_connect (connection, "closed", G_CALLBACK (connection_closed), self);
  return self;
}

void
lab_server_client_free (LabServerClient *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_signal_handler (&self->closed_handler, self->connection);
  g_dbus_connection_remove_filter (self->connection, self->filter);
  g_object_unref (self->connection);
  g_free (self);
}

GDBusConnection *
lab_server_client_get_connection (LabServerClient *self)
{
  return self->connection;
}

/* Bytes in the socket that the client has not read. */
static int
get_unread (LabServerClient *self)
{
  GIOStream *stream = g_dbus_connection_get_stream (self->connection);
  int unread = 0;

  if (!G_IS_SOCKET_CONNECTION (stream) ||
      ioctl (g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream))),
             SIOCOUTQ, &unread) != 0)
    return 0;
  return unread;
}

static gboolean
retry (gpointer user_data)
{
  LabServerClient *self = user_data;

  self->retry = 0;
  lab_server_client_update (self);
  return G_SOURCE_REMOVE;
}

void
lab_server_client_update (LabServerClient *self)
{
  guint64 revision = lab_engine_get_revision (self->engine);
  guint64 base;

  if (self->retry != 0 || revision == self->revision)
    return;
  if (get_unread (self) > MAX_UNREAD)
    {
      self->retry = g_timeout_add (RETRY_MS, retry, self);
      return;
    }

  /* A base that it does not have makes it ask for everything. */
  base = lab_engine_knows_since (self->engine, self->revision) ? self->revision : revision;
  g_dbus_connection_emit_signal (
      self->connection, NULL, LAB_BUS_OBJECT_PATH, LAB_BUS_INTERFACE, "Changed",
      g_variant_new ("(tt@a{sv}@aa{sv}@as)", base, revision,
                     lab_engine_build_facts (self->engine, self->revision),
                     lab_engine_build_nodes (self->engine, self->revision),
                     lab_engine_build_removed (self->engine, self->revision)),
      NULL);
  self->revision = revision;
}

void
lab_server_client_set_revision (LabServerClient *self, guint64 revision)
{
  self->revision = revision;
}

gboolean
lab_server_client_check (LabServerClient *self)
{
  if (get_unread (self) <= MAX_UNREAD)
    {
      self->unread_calls = 0;
      return TRUE;
    }
  if (++self->unread_calls <= MAX_UNREAD_CALLS)
    return TRUE;

  g_message ("A client does not read its answers and is disconnected");
  g_dbus_connection_close (self->connection, NULL, NULL, NULL);
  return FALSE;
}
