/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of an engine: Apply, Start and the like, configurations, Shutdown, consoles. */

#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "lab-client-connect.h"
#include "lab-client-private.h"
#include "lab-client-running.h"
#include "lab-client-spawn.h"

#define GONE_POLL_MS 10
#define GONE_SECONDS 15

GTask *
lab_client_begin_call (LabClient *self,
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

/* After an order the mirror is asked for anew: so that who asks "is it ready?" right after a start
 * is not told about the time before. Takes over @task, which is done when @callback says so. */
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

  task = lab_client_begin_call (self, lab_client_apply_async, cancellable, callback, user_data);
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
    [LAB_CLIENT_START] = "Start",   [LAB_CLIENT_STOP] = "Stop", [LAB_CLIENT_RELOAD] = "Reload",
    [LAB_CLIENT_FREEZE] = "Freeze", [LAB_CLIENT_THAW] = "Thaw", [LAB_CLIENT_FREEZE_FLAP] = "Freeze",
  };
  const char *const none[] = { NULL };
  GVariant *arguments;
  GTask *task;

  g_return_if_fail (LAB_IS_CLIENT (self));
  g_return_if_fail (verb < G_N_ELEMENTS (methods));

  task = lab_client_begin_call (self, lab_client_control_async, cancellable, callback, user_data);
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

  task =
      lab_client_begin_call (self, lab_client_get_config_async, cancellable, callback, user_data);
  if (task != NULL)
    lab_bus_engine1_call_get_config (self->engine, node, cancellable, config_cb, task);
}

char *
lab_client_get_config_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
configs_written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!lab_bus_engine1_call_write_configs_finish (LAB_BUS_ENGINE1 (object), result, &error))
    g_task_return_error (task, lab_client_translate_error (error));
  else
    refresh_then (g_steal_pointer (&task), controlled_cb);
}

static GVariant *
build_configs (GHashTable *configs)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name;
  gpointer text;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{say}"));
  if (configs == NULL)
    return g_variant_builder_end (&builder);
  g_hash_table_iter_init (&iter, configs);
  while (g_hash_table_iter_next (&iter, &name, &text))
    g_variant_builder_add (&builder, "{s@ay}", name,
                           g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, text, TRUE));
  return g_variant_builder_end (&builder);
}

void
lab_client_write_configs_async (LabClient *self,
                                GHashTable *configs,
                                GHashTable *vlans,
                                gboolean restart,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LAB_IS_CLIENT (self));
  g_return_if_fail (configs != NULL);

  task = lab_client_begin_call (self, lab_client_write_configs_async, cancellable, callback,
                                user_data);
  if (task != NULL)
    lab_bus_engine1_call_write_configs (self->engine, build_configs (configs),
                                        build_configs (vlans), restart, cancellable,
                                        configs_written_cb, task);
}

gboolean
lab_client_write_configs_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- checkpoints: the answer may take seconds, while devices stop and files are copied --- */

static void
checkpoint_refreshed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (lab_client_fetch_finish (LAB_CLIENT (object), result, &error))
    g_task_return_int (task, GPOINTER_TO_UINT (g_task_get_task_data (task)));
  else
    g_task_return_error (task, error);
}

static void
checkpoint_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (object), result, &error);
  guint number;

  if (answer == NULL)
    {
      g_task_return_error (task, lab_client_translate_error (error));
      return;
    }
  g_variant_get (answer, "(u)", &number);
  g_task_set_task_data (task, GUINT_TO_POINTER (number), NULL);
  refresh_then (g_steal_pointer (&task), checkpoint_refreshed_cb);
}

void
lab_client_take_checkpoint_async (LabClient *self,
                                  const char *name,
                                  const char *document,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LAB_IS_CLIENT (self));
  g_return_if_fail (name != NULL && document != NULL);

  task = lab_client_begin_call (self, lab_client_take_checkpoint_async, cancellable, callback,
                                user_data);
  if (task != NULL)
    g_dbus_proxy_call (G_DBUS_PROXY (self->engine), "TakeCheckpoint",
                       g_variant_new ("(ss)", name, document), G_DBUS_CALL_FLAGS_NONE, G_MAXINT,
                       cancellable, checkpoint_cb, task);
}

guint
lab_client_take_checkpoint_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  gssize number = g_task_propagate_int (G_TASK (result), error);

  return number > 0 ? (guint) number : 0;
}

void
lab_client_restore_checkpoint_async (LabClient *self,
                                     guint number,
                                     const char *document,
                                     gboolean restart,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LAB_IS_CLIENT (self));
  g_return_if_fail (document != NULL);

  task = lab_client_begin_call (self, lab_client_restore_checkpoint_async, cancellable, callback,
                                user_data);
  if (task != NULL)
    g_dbus_proxy_call (G_DBUS_PROXY (self->engine), "RestoreCheckpoint",
                       g_variant_new ("(usb)", number, document, restart), G_DBUS_CALL_FLAGS_NONE,
                       G_MAXINT, cancellable, checkpoint_cb, task);
}

guint
lab_client_restore_checkpoint_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  gssize number = g_task_propagate_int (G_TASK (result), error);

  return number > 0 ? (guint) number : 0;
}

/* --- shutdown: the answer, then the end of whoever holds the lock, and of our child --- */

typedef struct
{
  int lock_fd;
  gint64 deadline;
} Shutdown;

static void
shutdown_free (Shutdown *shutdown)
{
  if (shutdown->lock_fd >= 0)
    close (shutdown->lock_fd);
  g_free (shutdown);
}

static gboolean
gone_cb (gpointer user_data)
{
  GTask *task = user_data;
  LabClient *self = g_task_get_source_object (task);
  Shutdown *shutdown = g_task_get_task_data (task);
  gboolean late = g_get_monotonic_time () >= shutdown->deadline;
  gboolean is_free;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  is_free = lab_client_lock_is_free (shutdown->lock_fd);
  if (is_free && (late || !lab_client_spawn_is_alive (self->uuid)))
    {
      g_task_return_boolean (task, TRUE);
      return G_SOURCE_REMOVE;
    }
  if (!late)
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
  Shutdown *shutdown = g_task_get_task_data (task);
  g_autoptr (GSource) source = g_timeout_source_new (GONE_POLL_MS);
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
  shutdown->deadline = g_get_monotonic_time () + GONE_SECONDS * G_USEC_PER_SEC;
  g_task_attach_source (task, source, gone_cb);
}

void
lab_client_shutdown_async (LabClient *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Shutdown *shutdown;
  GTask *task;

  g_return_if_fail (LAB_IS_CLIENT (self));

  task = lab_client_begin_call (self, lab_client_shutdown_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  shutdown = g_new0 (Shutdown, 1);
  shutdown->lock_fd = lab_client_open_lock (self->uuid);
  g_task_set_task_data (task, shutdown, (GDestroyNotify) shutdown_free);
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
                               LabClientConsole kind,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  static const char *const suffixes[] = { "", ".live", ".marked" };
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  GSocketConnection *stream;
  LabClientNode *node;

  g_return_if_fail (LAB_IS_CLIENT (self));

  task =
      lab_client_begin_call (self, lab_client_open_console_async, cancellable, callback, user_data);
  if (task == NULL)
    return;
  node = lab_client_find_node (self, name);
  if (node == NULL || *lab_client_node_get_console (node) == '\0')
    {
      g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NODE,
                               node == NULL ? _ ("There is no device “%s” in the running lab.")
                                            : _ ("The device “%s” has no console."),
                               name);
      return;
    }
  path = g_strconcat (lab_client_node_get_console (node), suffixes[kind], NULL);
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
