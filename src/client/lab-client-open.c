/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening: find the engine of a lab, or start it, and shake hands.
 *
 * One attempt is: connect to the socket, authenticate, Hello, check what came, GetState. An attempt
 * fails while an engine starts (its lock is there, its socket not yet) or ends (the other way
 * about), and two programs may start engines at once, of which one gets the lock. So attempts are
 * made until somebody answers, until nobody holds the lock and none may or could be started, or
 * until the time is up. */

#include "config.h"

#include <glib/gi18n.h>

#include "lab-client-connect.h"
#include "lab-client-paths.h"
#include "lab-client-private.h"
#include "lab-client-running.h"
#include "lab-client-spawn.h"

#define PROTOCOL     1
#define OBJECT_PATH  "/io/github/labwright/Engine"
#define OPEN_SECONDS 20
#define RETRY_MS     50

typedef struct
{
  LabClientOpenFlags flags;
  gint64 deadline;
  GError *error; /* (nullable) why the last attempt failed */
  GDBusConnection *connection;
  LabBusEngine1 *engine;
} Opening;

static void attempt (GTask *task);

static void
opening_free (Opening *opening)
{
  g_clear_error (&opening->error);
  g_clear_object (&opening->connection);
  g_clear_object (&opening->engine);
  g_free (opening);
}

static void
fail_not_running (GTask *task)
{
  LabClient *self = g_task_get_source_object (task);

  if (self->path != NULL)
    g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NOT_RUNNING,
                             _ ("The lab “%s” is not running."), self->path);
  else
    g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NOT_RUNNING,
                             _ ("No lab with the uuid %s is running."), self->uuid);
}

static gboolean
retry_cb (gpointer user_data)
{
  attempt (user_data);
  return G_SOURCE_REMOVE;
}

static void
retry_later (GTask *task)
{
  g_autoptr (GSource) source = g_timeout_source_new (RETRY_MS);

  g_task_attach_source (task, source, retry_cb);
  g_object_ref (task); /* attempt() takes it over */
}

static void
spawn_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LabClient *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (lab_client_spawn_finish (result, &error))
    {
      self->spawned = TRUE;
      attempt (g_steal_pointer (&task));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
           !lab_client_is_locked (self->uuid) || g_get_monotonic_time () > opening->deadline)
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else
    {
      /* Another engine has the lock: soon it answers, or it is gone. */
      retry_later (task);
    }
}

/* Takes over @task and @error. */
static void
attempt_failed (GTask *task, GError *error)
{
  g_autoptr (GTask) owned = task;
  LabClient *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  gboolean locked;

  g_clear_object (&opening->engine);
  g_clear_object (&opening->connection);
  g_clear_error (&opening->error);
  opening->error = error;
  if (g_task_return_error_if_cancelled (task))
    return;

  locked = lab_client_is_locked (self->uuid);
  if (g_get_monotonic_time () > opening->deadline)
    g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_LOST,
                             _ ("The engine of this lab does not answer: %s"), error->message);
  else if (locked)
    retry_later (task);
  else if ((opening->flags & LAB_CLIENT_OPEN_SPAWN) == 0)
    fail_not_running (task);
  else if (self->spawned)
    g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_LOST,
                             _ ("The engine of this lab ended as soon as it had started: %s"),
                             error->message);
  else
    lab_client_spawn_async (self->uuid, g_task_get_cancellable (task), spawn_cb,
                            g_steal_pointer (&owned));
}

static void
fetched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LabClient *self = LAB_CLIENT (object);
  GError *error = NULL;

  if (lab_client_fetch_finish (self, result, &error))
    {
      self->open = TRUE;
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      lab_client_detach (self);
      g_task_return_error (task, error);
    }
}

static gboolean
check_hello (LabClient *self, guint protocol, const char *uuid, const char *path, GError **error)
{
  if (protocol != PROTOCOL || !g_str_equal (uuid, self->uuid))
    {
      g_set_error (
          error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_PROTOCOL,
          _ ("The engine of this lab is of another version of Labwright. Stop the lab with "
             "that version first."));
      return FALSE;
    }
  if (self->path != NULL && *path != '\0' && !lab_client_same_file (self->path, path) &&
      g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (
          error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_OTHER_FILE,
          _ ("The lab “%s” has the same uuid as “%s”, which is running now: one is a copy of "
             "the other. Give the copy an identity of its own with “labctl new --from "
             "OLD.lab NEW.lab”, or stop the other lab first."),
          self->path, path);
      return FALSE;
    }
  return TRUE;
}

static void
hello_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LabClient *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  g_autofree char *version = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;
  guint protocol;
  guint pid;

  if (!lab_bus_engine1_call_hello_finish (opening->engine, &protocol, &version, &pid, &uuid, &path,
                                          result, &error))
    {
      attempt_failed (g_steal_pointer (&task), error);
      return;
    }
  if (!check_hello (self, protocol, uuid, path, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_free (self->engine_path);
  self->engine_path = g_steal_pointer (&path);
  g_free (self->engine_version);
  self->engine_version = g_steal_pointer (&version);
  self->engine_pid = pid;
  lab_client_attach (self, opening->connection, opening->engine);
  lab_client_fetch_async (self, g_task_get_cancellable (task), fetched_cb, g_object_ref (task));
}

static void
proxy_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->engine = lab_bus_engine1_proxy_new_finish (result, &error);
  if (opening->engine == NULL)
    {
      attempt_failed (g_steal_pointer (&task), error);
      return;
    }
  /* An Apply of a thousand devices or a shutdown takes its time; who waits can cancel. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (opening->engine), G_MAXINT);
  lab_bus_engine1_call_hello (opening->engine, PROTOCOL, g_task_get_cancellable (task), hello_cb,
                              g_object_ref (task));
}

static void
connection_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->connection = g_dbus_connection_new_finish (result, &error);
  if (opening->connection == NULL)
    {
      attempt_failed (g_steal_pointer (&task), error);
      return;
    }
  lab_bus_engine1_proxy_new (opening->connection, G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, NULL,
                             OBJECT_PATH, g_task_get_cancellable (task), proxy_cb,
                             g_object_ref (task));
}

/* Takes over @task. */
static void
attempt (GTask *task)
{
  LabClient *self = g_task_get_source_object (task);
  g_autofree char *path = lab_client_runtime_path (self->uuid, "engine");
  g_autoptr (GSocketConnection) stream = NULL;
  GError *error = NULL;

  stream = lab_client_connect_unix (path, &error);
  if (stream == NULL)
    attempt_failed (task, error);
  else
    g_dbus_connection_new (G_IO_STREAM (stream), NULL,
                           G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL,
                           g_task_get_cancellable (task), connection_cb, task);
}

void
lab_client_open_async (LabClient *self,
                       LabClientOpenFlags flags,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening;

  g_return_if_fail (LAB_IS_CLIENT (self));
  g_return_if_fail (!self->open);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lab_client_open_async);
  opening = g_new0 (Opening, 1);
  opening->flags = flags;
  opening->deadline = g_get_monotonic_time () + OPEN_SECONDS * G_USEC_PER_SEC;
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  self->spawned = FALSE;
  attempt (g_steal_pointer (&task));
}

gboolean
lab_client_open_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
