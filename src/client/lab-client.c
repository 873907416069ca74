/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's view of one engine: calls, the mirror that follows its Changed signals, and what
 * happens when it ends. How a connection comes about is in lab-client-open.c. */

#include "config.h"

#include <glib/gi18n.h>

#include "lab-client-connect.h"
#include "lab-client-private.h"
#include "lab-client-running.h"

#define GONE_POLL_MS 10
#define GONE_SECONDS 15

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
  if (lab_client_fetch_finish (self, result, NULL) && self->open)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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

/* --- calls --- */

/* A task for a call on an open client; NULL (and an error on its way) on a closed one. */
static GTask *
begin_call (LabClient *self,
            gpointer tag,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (self->engine != NULL)
    return g_steal_pointer (&task);
  g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_LOST,
                           _ ("The engine of this lab has ended."));
  return NULL;
}

/* After an order the mirror is asked for anew: so that who asks "is it ready?" right after a start is
 * not told about the time before. Takes over @task, which is done when @callback says so. */
static void
refresh_then (GTask *task, GAsyncReadyCallback callback)
{
  LabClient *self = g_task_get_source_object (task);

  if (self->engine != NULL)
    {
      lab_client_fetch_async (self, g_task_get_cancellable (task), callback, task);
      return;
    }
  g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_LOST,
                           _ ("The engine of this lab has ended."));
  g_object_unref (task);
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lab_client_fetch_finish (LAB_CLIENT (object), result, &error))
    g_task_return_pointer (task, g_strdupv (g_task_get_task_data (task)),
                           (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
apply_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GStrv warnings = NULL;
  GError *error = NULL;
  guint64 revision;

  if (!lab_bus_engine1_call_apply_finish (LAB_BUS_ENGINE1 (object), &revision, &warnings, result,
                                          &error))
    {
      g_task_return_error (task, lab_client_translate_error (error));
      return;
    }
  g_task_set_task_data (task, warnings, (GDestroyNotify) g_strfreev);
  refresh_then (g_steal_pointer (&task), applied_cb);
}

void
lab_client_apply_async (LabClient *self,
                        const char *document,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;
  g_autofree char *path = NULL;

  g_return_if_fail (LAB_IS_CLIENT (self));

  task = begin_call (self, lab_client_apply_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  if (self->path != NULL)
    path = g_canonicalize_filename (self->path, NULL);
  lab_bus_engine1_call_apply (self->engine, document, path != NULL ? path : self->engine_path,
                              cancellable, apply_cb, task);
}

gboolean
lab_client_apply_finish (LabClient *self, GAsyncResult *result, GStrv *warnings, GError **error)
{
  g_auto (GStrv) value = g_task_propagate_pointer (G_TASK (result), error);

  if (value == NULL)
    return FALSE;
  if (warnings != NULL)
    *warnings = g_steal_pointer (&value);
  return TRUE;
}

static void
controlled_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lab_client_fetch_finish (LAB_CLIENT (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
control_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) answer = NULL;
  GError *error = NULL;

  answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (object), result, &error);
  if (answer == NULL)
    g_task_return_error (task, lab_client_translate_error (error));
  else
    refresh_then (g_steal_pointer (&task), controlled_cb);
}

void
lab_client_control_async (LabClient *self,
                          LabClientVerb verb,
                          const char *const *nodes,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  static const char *const methods[] = {
    [LAB_CLIENT_START] = "Start",   [LAB_CLIENT_STOP] = "Stop",
    [LAB_CLIENT_RELOAD] = "Reload", [LAB_CLIENT_FREEZE] = "Freeze",
    [LAB_CLIENT_THAW] = "Thaw",     [LAB_CLIENT_FREEZE_FLAP] = "Freeze",
  };
  const char *const none[] = { NULL };
  GVariant *arguments;
  GTask *task;

  g_return_if_fail (LAB_IS_CLIENT (self));
  g_return_if_fail (verb < G_N_ELEMENTS (methods));

  task = begin_call (self, lab_client_control_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  if (nodes == NULL)
    nodes = none;
  if (verb == LAB_CLIENT_FREEZE || verb == LAB_CLIENT_FREEZE_FLAP)
    arguments = g_variant_new ("(^asb)", nodes, verb == LAB_CLIENT_FREEZE);
  else
    arguments = g_variant_new ("(^as)", nodes);
  g_dbus_proxy_call (G_DBUS_PROXY (self->engine), methods[verb], arguments, G_DBUS_CALL_FLAGS_NONE,
                     -1, cancellable, control_cb, task);
}

gboolean
lab_client_control_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
config_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *text = NULL;

  if (lab_bus_engine1_call_get_config_finish (LAB_BUS_ENGINE1 (object), &text, result, &error))
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, lab_client_translate_error (error));
}

void
lab_client_get_config_async (LabClient *self,
                             const char *node,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LAB_IS_CLIENT (self));

  task = begin_call (self, lab_client_get_config_async, cancellable, callback, user_data);
  if (task != NULL)
    lab_bus_engine1_call_get_config (self->engine, node, cancellable, config_cb, task);
}

char *
lab_client_get_config_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- shutdown: the answer, then the end of whoever holds the lock --- */

static gboolean
gone_cb (gpointer user_data)
{
  GTask *task = user_data;
  LabClient *self = g_task_get_source_object (task);
  gint64 *deadline = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (!lab_client_is_locked (self->uuid))
    {
      g_task_return_boolean (task, TRUE);
      return G_SOURCE_REMOVE;
    }
  if (g_get_monotonic_time () < *deadline)
    return G_SOURCE_CONTINUE;
  g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_REFUSED,
                           _ ("The engine of this lab (process %u) does not end."),
                           self->engine_pid);
  return G_SOURCE_REMOVE;
}

static void
shutdown_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GSource) source = g_timeout_source_new (GONE_POLL_MS);
  gint64 *deadline;
  GError *error = NULL;

  /* An engine that is gone before its answer arrives has done what it was asked. */
  if (!lab_bus_engine1_call_shutdown_finish (LAB_BUS_ENGINE1 (object), result, &error) &&
      (g_dbus_error_is_remote_error (error) ||
       g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    {
      g_task_return_error (task, lab_client_translate_error (error));
      return;
    }
  g_clear_error (&error);
  deadline = g_new (gint64, 1);
  *deadline = g_get_monotonic_time () + GONE_SECONDS * G_USEC_PER_SEC;
  g_task_set_task_data (task, deadline, g_free);
  g_task_attach_source (task, source, gone_cb);
}

void
lab_client_shutdown_async (LabClient *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LAB_IS_CLIENT (self));

  task = begin_call (self, lab_client_shutdown_async, cancellable, callback, user_data);
  if (task != NULL)
    lab_bus_engine1_call_shutdown (self->engine, cancellable, shutdown_cb, task);
}

gboolean
lab_client_shutdown_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- consoles --- */

void
lab_client_open_console_async (LabClient *self,
                               const char *name,
                               gboolean live,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  GSocketConnection *stream;
  LabClientNode *node;

  g_return_if_fail (LAB_IS_CLIENT (self));

  task = begin_call (self, lab_client_open_console_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  node = lab_client_find_node (self, name);
  if (node == NULL || *lab_client_node_get_console (node) == '\0')
    {
      g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NODE,
                               node == NULL ? _ ("There is no node “%s” in the running lab.")
                                            : _ ("The node “%s” has no console."),
                               name);
      return;
    }
  path = g_strconcat (lab_client_node_get_console (node), live ? ".live" : NULL, NULL);
  stream = lab_client_connect_unix (path, &error);
  if (stream == NULL)
    g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_IO,
                             _ ("The console of “%s” cannot be opened: %s."), name, error->message);
  else
    g_task_return_pointer (task, stream, g_object_unref);
}

GIOStream *
lab_client_open_console_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
