/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's view of one engine: the mirror that follows its Changed signals, and what happens
 * when it ends. How a connection comes about is in lab-client-open.c, what is asked of the engine
 * in lab-client-calls.c. */

#include "config.h"

#include <glib/gi18n.h>

#include "lab-client-private.h"

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabClient, lab_client, G_TYPE_OBJECT)

static void
lab_client_dispose (GObject *object)
{
  LabClient *self = LAB_CLIENT (object);

  lab_client_detach (self);
  G_OBJECT_CLASS (lab_client_parent_class)->dispose (object);
}

static void
lab_client_finalize (GObject *object)
{
  LabClient *self = LAB_CLIENT (object);

  lab_client_mirror_clear (&self->mirror);
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->engine_path, g_free);
  g_clear_pointer (&self->engine_version, g_free);
  G_OBJECT_CLASS (lab_client_parent_class)->finalize (object);
}

static void
lab_client_class_init (LabClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lab_client_dispose;
  object_class->finalize = lab_client_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lab_client_init (LabClient *self)
{
  lab_client_mirror_init (&self->mirror);
  self->engine_path = g_strdup ("");
  self->engine_version = g_strdup ("");
}

GError *
lab_client_translate_error (GError *error)
{
  GError *ours;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      error->domain == LAB_CLIENT_ERROR)
    return error;

  if (g_dbus_error_is_remote_error (error))
    {
      g_dbus_error_strip_remote_error (error);
      ours = g_error_new_literal (LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_REFUSED, error->message);
    }
  else
    {
      ours = g_error_new (LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_LOST,
                          _ ("The engine of this lab ended, or the connection to it broke (%s)."),
                          error->message);
    }
  g_error_free (error);
  return ours;
}

/* --- the mirror --- */

static void
refetched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LabClient *self = LAB_CLIENT (object);

  /* A failure means that the connection is going: "closed" says so. */
  lab_client_fetch_finish (self, result, NULL);
}

static void
engine_changed_cb (LabBusEngine1 *engine,
                   guint64 base,
                   guint64 revision,
                   GVariant *facts,
                   GVariant *nodes,
                   const char *const *removed,
                   gpointer user_data)
{
  LabClient *self = user_data;

  if (self->fetching)
    return;
  if (!lab_client_mirror_apply (&self->mirror, base, revision, facts, nodes, removed))
    lab_client_fetch_async (self, NULL, refetched_cb, NULL);
  else if (self->open)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
connection_closed_cb (GDBusConnection *connection,
                      gboolean remote_peer_vanished,
                      GError *error,
                      gpointer user_data)
{
  g_autoptr (LabClient) self = g_object_ref (user_data);
  gboolean was_open = self->open;

  lab_client_detach (self);
  if (was_open)
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

void
lab_client_attach (LabClient *self, GDBusConnection *connection, LabBusEngine1 *engine)
{
  g_set_object (&self->connection, connection);
  g_set_object (&self->engine, engine);
  g_signal_connect_object (engine, "changed", G_CALLBACK (engine_changed_cb), self, 0);
  g_signal_connect_object (connection, "closed", G_CALLBACK (connection_closed_cb), self, 0);
}

void
lab_client_detach (LabClient *self)
{
  self->open = FALSE;
  self->fetching = FALSE;
  if (self->engine != NULL)
    g_signal_handlers_disconnect_by_data (self->engine, self);
  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      g_dbus_connection_close (self->connection, NULL, NULL, NULL);
    }
  g_clear_object (&self->engine);
  g_clear_object (&self->connection);
}

static void
state_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LabClient *self = g_task_get_source_object (task);
  g_autoptr (GVariant) engine = NULL;
  g_autoptr (GVariant) nodes = NULL;
  GError *error = NULL;
  guint64 revision;

  self->fetching = FALSE;
  if (lab_bus_engine1_call_get_state_finish (LAB_BUS_ENGINE1 (object), &revision, &engine, &nodes,
                                             result, &error))
    {
      lab_client_mirror_reset (&self->mirror, revision, engine, nodes);
      /* Also after an order: what it changed is not told a second time. */
      if (self->open)
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_task_return_error (task, lab_client_translate_error (error));
    }
}

void
lab_client_fetch_async (LabClient *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lab_client_fetch_async);
  self->fetching = TRUE;
  lab_bus_engine1_call_get_state (self->engine, cancellable, state_cb, task);
}

gboolean
lab_client_fetch_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- facts --- */

LabClient *
lab_client_new (const char *uuid, const char *path)
{
  LabClient *self;

  g_return_val_if_fail (uuid != NULL, NULL);

  self = g_object_new (LAB_TYPE_CLIENT, NULL);
  self->uuid = g_strdup (uuid);
  self->path = g_strdup (path);
  return self;
}

void
lab_client_set_path (LabClient *self, const char *path)
{
  char *copy;

  g_return_if_fail (LAB_IS_CLIENT (self));

  copy = g_strdup (path);
  g_free (self->path);
  self->path = copy;
}

const char *
lab_client_get_uuid (LabClient *self)
{
  return self->uuid;
}

gboolean
lab_client_is_open (LabClient *self)
{
  return self->open;
}

gboolean
lab_client_has_spawned (LabClient *self)
{
  return self->spawned;
}

const char *
lab_client_get_engine_path (LabClient *self)
{
  return self->engine_path;
}

guint
lab_client_get_engine_pid (LabClient *self)
{
  return self->engine_pid;
}

const char *
lab_client_get_engine_version (LabClient *self)
{
  return self->engine_version;
}

GVariant *
lab_client_get_engine_facts (LabClient *self)
{
  return self->mirror.engine;
}

const char *
lab_client_get_counters_path (LabClient *self)
{
  const char *path = "";

  g_variant_lookup (self->mirror.engine, "counters", "&s", &path);
  return path;
}

GListModel *
lab_client_get_nodes (LabClient *self)
{
  return G_LIST_MODEL (self->mirror.nodes);
}

LabClientNode *
lab_client_find_node (LabClient *self, const char *name)
{
  return lab_client_mirror_find (&self->mirror, name);
}
