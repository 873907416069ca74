/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts labwright-engine as a client would, in temporary folders, and gives tests short words for
 * what they do with it. Every wait has an end, and says what it waited for. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine-harness.h"
#include "lab-process.h"
#include "sweeper.h"

static char *
engine_path (void)
{
  return g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "src", "engine", "labwright-engine",
                           NULL);
}

static GHashTable *variables;

void
harness_set_variable (const char *name, const char *value)
{
  if (variables == NULL)
    variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (value != NULL)
    g_hash_table_insert (variables, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (variables, name);
}

static char **
set_variables (char **environment)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (variables == NULL)
    return environment;
  g_hash_table_iter_init (&iter, variables);
  while (g_hash_table_iter_next (&iter, &name, &value))
    environment = g_environ_setenv (environment, name, value, TRUE);
  return environment;
}

static char **
make_environment (Harness *self)
{
  g_autofree char *state = g_build_filename (self->dir, "s", NULL);
  g_autofree char *home = g_build_filename (self->dir, "h", NULL);
  g_autofree char *images =
      g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "tests", "fixtures", NULL);
  char **environment = g_get_environ ();

  environment = g_environ_setenv (environment, "LABWRIGHT_RUNTIME_DIR", self->runtime, TRUE);
  environment = g_environ_setenv (environment, "LABWRIGHT_STATE_DIR", state, TRUE);
  environment = g_environ_setenv (environment, "LABWRIGHT_IMAGE_PATH", images, TRUE);
  environment = g_environ_setenv (environment, "XDG_DATA_HOME", home, TRUE);
  environment = g_environ_setenv (environment, "XDG_CACHE_HOME", home, TRUE);
  environment = g_environ_setenv (environment, "XDG_CONFIG_HOME", home, TRUE);
  /* Warnings are what the engine is made to say here; a critical is a fault of its own. */
  environment = g_environ_setenv (environment, "G_DEBUG", "fatal-criticals", TRUE);
  return set_variables (environment);
}

static char *
read_line (int fd)
{
  GString *line = g_string_new (NULL);
  char c;

  while (read (fd, &c, 1) == 1 && c != '\n')
    g_string_append_c (line, c);
  return g_string_free (line, FALSE);
}

char *
harness_spawn_line (Harness *self, GPid *pid)
{
  g_autofree char *program = engine_path ();
  g_auto (GStrv) environment = make_environment (self);
  /* To see what the engine has to say: its log goes with its folder. */
  const char *foreground = g_getenv ("ENGINE_TEST_FOREGROUND") ? "--foreground" : NULL;
  const char *argv[] = { program, "--uuid", self->uuid, "--ready-fd", "3", foreground, NULL };
  g_autoptr (GError) error = NULL;
  int fds[2];
  int target = 3;
  char *line;

  g_assert_cmpint (pipe2 (fds, O_CLOEXEC), ==, 0);
  g_spawn_async_with_pipes_and_fds (NULL, argv, (const char *const *) environment,
                                    G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, -1, -1, -1, &fds[1],
                                    &target, 1, pid, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  close (fds[1]);
  line = read_line (fds[0]);
  close (fds[0]);
  return line;
}

void
harness_spawn (Harness *self)
{
  g_autofree char *line = harness_spawn_line (self, &self->keeper);

  g_assert_cmpstr (line, ==, "ready");
}

int
harness_open_run_dir (Harness *self)
{
  g_autofree char *path = g_build_filename (self->runtime, self->uuid, NULL);
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

void
harness_connect (Harness *self)
{
  int dir_fd = harness_open_run_dir (self);
  g_autofree char *address = g_strdup_printf ("unix:path=/proc/self/fd/%d/engine", dir_fd);
  g_autofree char *version = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  guint protocol;

  lab_bus_error_quark ();
  self->connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL, NULL, &error);
  g_assert_no_error (error);
  close (dir_fd);
  self->proxy =
      lab_bus_engine1_proxy_new_sync (self->connection, G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES,
                                      NULL, LAB_BUS_OBJECT_PATH, NULL, &error);
  g_assert_no_error (error);
  lab_bus_engine1_call_hello_sync (self->proxy, LAB_BUS_PROTOCOL, &protocol, &version,
                                   &self->engine, &uuid, &path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uuid, ==, self->uuid);
}

void
harness_disconnect (Harness *self)
{
  g_clear_object (&self->proxy);
  if (self->connection != NULL)
    g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
}

Harness *
harness_new (void)
{
  return harness_new_deep (1);
}

Harness *
harness_new_deep (guint depth)
{
  Harness *self = g_new0 (Harness, 1);
  g_autofree char *name = g_strnfill (depth, 'r');

  self->dir = g_dir_make_tmp ("lw-engine-XXXXXX", NULL);
  g_assert_nonnull (self->dir);
  sweeper_watch (self->dir);
  self->runtime = g_build_filename (self->dir, name, NULL);
  self->uuid = g_uuid_string_random ();
  harness_spawn (self);
  harness_connect (self);
  return self;
}

int
harness_wait_end (Harness *self)
{
  int status;

  for (guint ms = 0; ms < HARNESS_PATIENCE_MS; ms += 10)
    {
      if (waitpid (self->keeper, &status, WNOHANG) == self->keeper)
        {
          self->keeper = 0;
          return status;
        }
      g_usleep (10000);
    }
  g_error ("The engine did not end");
}

static void
remove_tree (const char *path)
{
  const char *argv[] = { "rm", "-rf", path, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

void
harness_free (Harness *self)
{
  g_autofree char *run = g_build_filename (self->runtime, self->uuid, NULL);
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;

  if (self->proxy != NULL)
    {
      lab_bus_engine1_call_shutdown_sync (self->proxy, NULL, &error);
      g_assert_no_error (error);
    }
  harness_disconnect (self);
  /* A leak that a sanitizer finds shows as another status. */
  if (self->keeper != 0)
    g_assert_cmpint (harness_wait_end (self), ==, 0);
  g_assert_false (g_file_test (run, G_FILE_TEST_EXISTS));
  left = harness_list_processes (self);
  g_assert_cmpstr (left, ==, "");
  remove_tree (self->dir);
  g_free (self->dir);
  g_free (self->runtime);
  g_free (self->uuid);
  g_free (self);
}

char **
harness_apply (Harness *self, const char *nodes, const char *links)
{
  g_autofree char *document = g_strdup_printf (
      "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"%s\", \"name\": \"Test\",\n"
      "  \"start-patience\": %u, \"nodes\": [%s], \"links\": [%s] }",
      self->uuid, self->patience > 0 ? self->patience : 90, nodes, links);
  g_autoptr (GError) error = NULL;
  guint64 revision;
  char **warnings = NULL;

  lab_bus_engine1_call_apply_sync (self->proxy, document, "/test.lab", &revision, &warnings, NULL,
                                   &error);
  g_assert_no_error (error);
  return warnings;
}

void
harness_apply_fakes (Harness *self, guint n)
{
  g_autoptr (GString) nodes = g_string_new (NULL);
  g_auto (GStrv) warnings = NULL;

  for (guint id = 1; id <= n; id++)
    {
      g_autofree char *name = g_strdup_printf ("R%u", id);
      g_autofree char *node = harness_node (id, name, "fake-iou", "");

      g_string_append_printf (nodes, "%s%s", id > 1 ? "," : "", node);
    }
  warnings = harness_apply (self, nodes->str, "");
}

static GVariant *
call (Harness *self, const char *method, const char *name, GError **error)
{
  const char *names[] = { name, NULL };
  GVariant *arguments = g_str_equal (method, "Freeze") ? g_variant_new ("(^asb)", names, TRUE)
                                                       : g_variant_new ("(^as)", names);

  return g_dbus_proxy_call_sync (G_DBUS_PROXY (self->proxy), method, arguments,
                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);
}

void
harness_act (Harness *self, const char *method, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = call (self, method, name, &error);

  g_assert_no_error (error);
}

GError *
harness_act_error (Harness *self, const char *method, const char *name)
{
  GError *error = NULL;
  g_autoptr (GVariant) answer = call (self, method, name, &error);

  g_assert_null (answer);
  g_dbus_error_strip_remote_error (error);
  return error;
}

GVariant *
harness_get_state (Harness *self, const char *name, LabNodeState *state)
{
  g_autoptr (GVariant) engine = NULL;
  g_autoptr (GVariant) nodes = NULL;
  g_autoptr (GError) error = NULL;
  guint64 revision;

  lab_bus_engine1_call_get_state_sync (self->proxy, &revision, &engine, &nodes, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < g_variant_n_children (nodes); i++)
    {
      g_autoptr (GVariant) node = g_variant_get_child_value (nodes, i);

      lab_node_state_from_variant (state, node);
      if (g_str_equal (state->name, name))
        return g_steal_pointer (&node);
    }
  g_error ("There is no node %s", name);
}

guint32
harness_get_fact (Harness *self, const char *key)
{
  g_autoptr (GVariant) engine = NULL;
  g_autoptr (GVariant) nodes = NULL;
  g_autoptr (GError) error = NULL;
  guint64 revision;
  guint32 value = 0;

  lab_bus_engine1_call_get_state_sync (self->proxy, &revision, &engine, &nodes, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (engine, key, "u", &value));
  return value;
}

void
harness_wait_state (Harness *self, const char *name, LabState state)
{
  LabNodeState now = { 0 };

  for (guint ms = 0; ms < HARNESS_PATIENCE_MS; ms += 20)
    {
      g_autoptr (GVariant) node = harness_get_state (self, name, &now);

      if (now.state == state)
        return;
      g_usleep (20000);
    }
  g_error ("%s is %s, not %s", name, lab_state_to_string (now.state), lab_state_to_string (state));
}

guint32
harness_get_pid (Harness *self, const char *name)
{
  LabNodeState state;
  g_autoptr (GVariant) node = harness_get_state (self, name, &state);

  return state.pid;
}

gboolean
harness_pid_gone (guint32 pid, guint ms)
{
  g_assert_cmpuint (pid, !=, 0);
  for (guint waited = 0; waited <= ms; waited += 10)
    {
      if (sweeper_is_gone ((int) pid))
        return TRUE;
      g_usleep (10000);
    }
  return FALSE;
}

GArray *
harness_list_descendants (Harness *self)
{
  g_autoptr (LabProcessTable) table = lab_process_table_new ();

  return lab_process_table_descendants (table, self->keeper);
}

gboolean
harness_wait_descendants (Harness *self, guint n)
{
  for (guint ms = 0; ms < HARNESS_PATIENCE_MS; ms += 10)
    {
      g_autoptr (GArray) processes = harness_list_descendants (self);

      if (processes->len == n)
        return TRUE;
      g_usleep (10000);
    }
  return FALSE;
}

gboolean
harness_all_gone (GArray *pids, guint ms)
{
  for (guint i = 0; i < pids->len; i++)
    {
      if (!harness_pid_gone ((guint32) g_array_index (pids, pid_t, i), ms))
        return FALSE;
    }
  return TRUE;
}

char *
harness_list_processes (Harness *self)
{
  GString *found = g_string_new (NULL);
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "cmdline", NULL);
      g_autofree char *text = NULL;
      gsize length = 0;

      if (!g_ascii_isdigit (*name) || !g_file_get_contents (path, &text, &length, NULL))
        continue;
      for (gsize i = 0; i + 1 < length; i++)
        text[i] = text[i] == '\0' ? ' ' : text[i];
      if (length > 0 && (strstr (text, self->dir) != NULL || strstr (text, self->uuid) != NULL))
        g_string_append_printf (found, "%s %s\n", name, text);
    }
  return g_string_free (found, FALSE);
}

char *
harness_node (guint id, const char *name, const char *image, const char *start)
{
  g_auto (GStrv) lines = g_strsplit (start, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\", \"", lines);

  return g_strdup_printf ("{ \"name\": \"%s\", \"id\": %u, \"kind\": \"iou\", \"x\": 0, \"y\": 0, "
                          "\"image\": { \"name\": \"%s\" }, \"ethernet\": 1, \"serial\": 0%s%s%s }",
                          name, id, image, *start ? ", \"start\": [\"" : "", *start ? joined : "",
                          *start ? "\"]" : "");
}
