/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine on D-Bus: a private peer-to-peer socket, one object. Each call is handed to LabEngine
 * and answered; nothing here decides anything. Who may connect: the socket is 0600 in a folder that
 * is 0700, and the peer's user id must be ours. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "lab-server-client.h"
#include "lab-server-private.h"

#define SOCKET_NAME     "engine"
#define MAX_SOCKET_PATH 100
#define LINGER_SECONDS  60

static guint
linger_seconds (void)
{
  const char *value = g_getenv ("LABWRIGHT_ENGINE_LINGER");

  return value != NULL && *value != '\0' ? (guint) g_ascii_strtoull (value, NULL, 10)
                                         : LINGER_SECONDS;
}

static gboolean
linger_over (gpointer user_data)
{
  LabServer *self = user_data;

  self->linger = 0;
  g_message ("Nothing runs and nobody is connected: the engine ends");
  lab_server_stop (self);
  return G_SOURCE_REMOVE;
}

void
lab_server_update_linger (LabServer *self)
{
  gboolean idle =
      self->clients->len == 0 && !self->stopping && !lab_engine_is_active (self->engine);

  if (idle && self->linger == 0)
    self->linger = g_timeout_add_seconds (linger_seconds (), linger_over, self);
  else if (!idle)
    g_clear_handle_id (&self->linger, g_source_remove);
}

static gboolean
end_now (gpointer user_data)
{
  LabServer *self = user_data;

  self->end_idle = 0;
  for (guint i = 0; i < self->shutdowns->len; i++)
    g_dbus_method_invocation_return_value (self->shutdowns->pdata[i], NULL);
  g_ptr_array_set_size (self->shutdowns, 0);
  for (guint i = 0; i < self->clients->len; i++)
    g_dbus_connection_flush_sync (lab_server_client_get_connection (self->clients->pdata[i]), NULL,
                                  NULL);
  self->end (self, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
check_end (LabServer *self)
{
  if (!self->stopping || self->ended || lab_engine_is_active (self->engine))
    return;
  self->ended = TRUE;
  self->end_idle = g_idle_add (end_now, self);
}

void
lab_server_stop (LabServer *self)
{
  const char *const all[] = { NULL };

  self->stopping = TRUE;
  g_clear_handle_id (&self->linger, g_source_remove);
  lab_engine_act (self->engine, LAB_ENGINE_STOP, all, NULL);
  check_end (self);
}

static void
engine_changed (LabEngine *engine, gpointer user_data)
{
  LabServer *self = user_data;

  for (guint i = 0; i < self->clients->len; i++)
    lab_server_client_update (self->clients->pdata[i]);
}

static void
engine_device_down (LabEngine *engine, gpointer user_data)
{
  LabServer *self = user_data;

  if (self->engine == NULL)
    return;
  check_end (self);
  lab_server_update_linger (self);
}

static const LabEngineFuncs engine_funcs = { engine_changed, engine_device_down };

static LabServerClient *
find_client (LabServer *self, GDBusMethodInvocation *invocation)
{
  GDBusConnection *connection = g_dbus_method_invocation_get_connection (invocation);

  for (guint i = 0; i < self->clients->len; i++)
    {
      if (lab_server_client_get_connection (self->clients->pdata[i]) == connection)
        return self->clients->pdata[i];
    }
  return NULL;
}

gboolean
lab_server_may_call (LabServer *self, GDBusMethodInvocation *invocation)
{
  LabServerClient *client = find_client (self, invocation);

  if (client == NULL || !lab_server_client_check (client))
    {
      g_dbus_method_invocation_return_error (invocation, LAB_BUS_ERROR, LAB_BUS_ERROR_FAILED,
                                             _ ("This connection is being closed."));
      return FALSE;
    }
  if (self->stopping)
    {
      g_dbus_method_invocation_return_error (invocation, LAB_BUS_ERROR, LAB_BUS_ERROR_FAILED,
                                             _ ("The engine is ending."));
      return FALSE;
    }
  return TRUE;
}

void
lab_server_return_error (GDBusMethodInvocation *invocation, const GError *error, LabBusError code)
{
  if (error->domain == LAB_BUS_ERROR)
    code = (LabBusError) error->code;
  g_dbus_method_invocation_return_error_literal (invocation, LAB_BUS_ERROR, (int) code,
                                                 error->message);
}

static gboolean
handle_hello (LabBusEngine1 *skeleton,
              GDBusMethodInvocation *invocation,
              guint protocol,
              gpointer user_data)
{
  LabServer *self = user_data;

  if (!lab_server_may_call (self, invocation))
    return TRUE;
  if (protocol != LAB_BUS_PROTOCOL)
    g_dbus_method_invocation_return_error (
        invocation, LAB_BUS_ERROR, LAB_BUS_ERROR_PROTOCOL,
        _ ("The engine of this lab is version %s and speaks protocol %d, not %u; stop the lab with "
           "the version that started it."),
        PACKAGE_VERSION, LAB_BUS_PROTOCOL, protocol);
  else
    lab_bus_engine1_complete_hello (skeleton, invocation, LAB_BUS_PROTOCOL, PACKAGE_VERSION,
                                    (guint) getpid (), self->run_dir->uuid,
                                    lab_engine_get_path (self->engine));
  return TRUE;
}

LabServerCall *
lab_server_call_begin (LabServer *self, GDBusMethodInvocation *invocation)
{
  LabServerCall *call;

  if (!lab_server_may_call (self, invocation))
    return NULL;
  call = g_new0 (LabServerCall, 1);
  call->server = self;
  call->invocation = invocation;
  return call;
}

void
lab_server_call_fail (LabServerCall *call, const GError *error, LabBusError code)
{
  lab_server_return_error (call->invocation, error, code);
  g_free (call);
}

static void
applied (LabEngine *engine, const char *const *warnings, gpointer user_data)
{
  g_autofree LabServerCall *call = user_data;

  lab_bus_engine1_complete_apply (call->server->skeleton, call->invocation,
                                  lab_engine_get_revision (engine), warnings);
}

static gboolean
handle_apply (LabBusEngine1 *skeleton,
              GDBusMethodInvocation *invocation,
              const char *document,
              const char *path,
              gpointer user_data)
{
  LabServer *self = user_data;
  g_autoptr (GError) error = NULL;
  LabServerCall *call = lab_server_call_begin (self, invocation);

  if (call == NULL)
    return TRUE;
  if (!lab_engine_apply (self->engine, document, path, applied, call, &error))
    lab_server_call_fail (call, error, LAB_BUS_ERROR_DOCUMENT);
  return TRUE;
}

static void
act (LabServer *self,
     GDBusMethodInvocation *invocation,
     LabEngineAction action,
     const char *const *names)
{
  g_autoptr (GError) error = NULL;

  if (!lab_server_may_call (self, invocation))
    return;
  if (lab_engine_act (self->engine, action, names, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    lab_server_return_error (invocation, error, LAB_BUS_ERROR_FAILED);
  lab_server_update_linger (self);
}

static gboolean
handle_start (LabBusEngine1 *skeleton,
              GDBusMethodInvocation *invocation,
              const char *const *names,
              gpointer user_data)
{
  act (user_data, invocation, LAB_ENGINE_START, names);
  return TRUE;
}

static gboolean
handle_stop (LabBusEngine1 *skeleton,
             GDBusMethodInvocation *invocation,
             const char *const *names,
             gpointer user_data)
{
  act (user_data, invocation, LAB_ENGINE_STOP, names);
  return TRUE;
}

static gboolean
handle_reload (LabBusEngine1 *skeleton,
               GDBusMethodInvocation *invocation,
               const char *const *names,
               gpointer user_data)
{
  act (user_data, invocation, LAB_ENGINE_RELOAD, names);
  return TRUE;
}

static gboolean
handle_freeze (LabBusEngine1 *skeleton,
               GDBusMethodInvocation *invocation,
               const char *const *names,
               gboolean hold_keepalives,
               gpointer user_data)
{
  act (user_data, invocation, hold_keepalives ? LAB_ENGINE_FREEZE_HOLDING : LAB_ENGINE_FREEZE,
       names);
  return TRUE;
}

static gboolean
handle_thaw (LabBusEngine1 *skeleton,
             GDBusMethodInvocation *invocation,
             const char *const *names,
             gpointer user_data)
{
  act (user_data, invocation, LAB_ENGINE_THAW, names);
  return TRUE;
}

static gboolean
handle_get_state (LabBusEngine1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  LabServer *self = user_data;
  guint64 revision;

  if (!lab_server_may_call (self, invocation))
    return TRUE;
  revision = lab_engine_get_revision (self->engine);
  lab_bus_engine1_complete_get_state (skeleton, invocation, revision,
                                      lab_engine_build_facts (self->engine, 0),
                                      lab_engine_build_nodes (self->engine, 0));
  lab_server_client_set_revision (find_client (self, invocation), revision);
  return TRUE;
}

static gboolean
handle_shutdown (LabBusEngine1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
  LabServer *self = user_data;

  g_ptr_array_add (self->shutdowns, invocation);
  lab_server_stop (self);
  return TRUE;
}

static void
client_closed (LabServerClient *client, gpointer user_data)
{
  LabServer *self = user_data;

  g_dbus_interface_skeleton_unexport_from_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton),
                                                      lab_server_client_get_connection (client));
  g_ptr_array_remove_fast (self->clients, client);
  lab_server_client_free (client);
  lab_server_update_linger (self);
}

static gboolean
new_connection (GDBusServer *server, GDBusConnection *connection, gpointer user_data)
{
  LabServer *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                         LAB_BUS_OBJECT_PATH, &error))
    {
      g_message ("%s", error->message);
      return FALSE;
    }
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  g_ptr_array_add (self->clients,
                   lab_server_client_new (connection, self->engine, client_closed, self));
  lab_server_update_linger (self);
  return TRUE;
}

static gboolean
authorize (GDBusAuthObserver *observer,
           GIOStream *stream,
           GCredentials *credentials,
           gpointer user_data)
{
  return credentials != NULL && g_credentials_get_unix_user (credentials, NULL) == getuid ();
}

/* A path that is too long for a socket address goes through the folder's descriptor. */
static char *
make_address (LabRunDir *run_dir, char **path)
{
  g_autofree char *escaped = NULL;

  *path = g_build_filename (run_dir->path, SOCKET_NAME, NULL);
  if (strlen (*path) > MAX_SOCKET_PATH)
    {
      g_free (*path);
      *path = g_strdup_printf ("/proc/self/fd/%d/%s", run_dir->fd, SOCKET_NAME);
    }
  escaped = g_dbus_address_escape_value (*path);
  return g_strconcat ("unix:path=", escaped, NULL);
}

static gboolean
listen_for_clients (LabServer *self, GError **error)
{
  g_autoptr (GDBusAuthObserver) observer = g_dbus_auth_observer_new ();
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autofree char *path = NULL;
  g_autofree char *address = make_address (self->run_dir, &path);

  g_signal_connect (observer, "authorize-authenticated-peer", G_CALLBACK (authorize), NULL);
  self->server = g_dbus_server_new_sync (
      address, G_DBUS_SERVER_FLAGS_AUTHENTICATION_REQUIRE_SAME_USER, guid, observer, NULL, error);
  if (self->server == NULL)
    return FALSE;

  g_signal_connect (self->server, "new-connection", G_CALLBACK (new_connection), self);
  g_dbus_server_start (self->server);
  return g_chmod (path, 0600) == 0;
}

void
lab_server_connect (LabServer *self, const LabServerHandler *handlers, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_signal_connect (self->skeleton, handlers[i].signal, handlers[i].handler, self);
}

static void
connect_handlers (LabServer *self)
{
  static const LabServerHandler handlers[] = {
    { "handle-hello", G_CALLBACK (handle_hello) },
    { "handle-apply", G_CALLBACK (handle_apply) },
    { "handle-start", G_CALLBACK (handle_start) },
    { "handle-stop", G_CALLBACK (handle_stop) },
    { "handle-reload", G_CALLBACK (handle_reload) },
    { "handle-freeze", G_CALLBACK (handle_freeze) },
    { "handle-thaw", G_CALLBACK (handle_thaw) },
    { "handle-get-state", G_CALLBACK (handle_get_state) },
    { "handle-shutdown", G_CALLBACK (handle_shutdown) },
  };

  lab_server_connect (self, handlers, G_N_ELEMENTS (handlers));
  lab_server_state_connect (self);
  lab_server_record_connect (self);
}

LabServer *
lab_server_new (LabRunDir *run_dir, LabServerEnd end, gpointer user_data, GError **error)
{
  g_autoptr (LabServer) self = g_new0 (LabServer, 1);

  self->run_dir = run_dir;
  self->end = end;
  self->user_data = user_data;
  self->clients = g_ptr_array_new ();
  self->shutdowns = g_ptr_array_new ();
  self->skeleton = lab_bus_engine1_skeleton_new ();
  connect_handlers (self);
  self->engine = lab_engine_new (run_dir, &engine_funcs, self, error);
  if (self->engine == NULL || !listen_for_clients (self, error))
    return NULL;
  lab_server_update_linger (self);
  return g_steal_pointer (&self);
}

/* GDBus takes it for a mistake when nobody is connected. */
static void
unexport (LabServer *self)
{
  GDBusInterfaceSkeleton *skeleton = G_DBUS_INTERFACE_SKELETON (self->skeleton);
  GList *connections = g_dbus_interface_skeleton_get_connections (skeleton);

  if (connections != NULL)
    g_dbus_interface_skeleton_unexport (skeleton);
  g_list_free_full (connections, g_object_unref);
}

void
lab_server_free (LabServer *self)
{
  g_clear_handle_id (&self->linger, g_source_remove);
  g_clear_handle_id (&self->end_idle, g_source_remove);
  if (self->server != NULL)
    g_dbus_server_stop (self->server);
  g_clear_object (&self->server);
  unexport (self);
  for (guint i = 0; i < self->clients->len; i++)
    lab_server_client_free (self->clients->pdata[i]);
  g_ptr_array_unref (self->clients);
  g_clear_pointer (&self->engine, lab_engine_free);
  g_ptr_array_unref (self->shutdowns);
  g_object_unref (self->skeleton);
  g_free (self);
}
