/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starting an engine.
 *
 * The engine gets a session of its own, no file but /dev/null, and the write end of a pipe on which
 * it writes a line when it listens: "ready", or a sentence about why it cannot. What it says on
 * standard error before it has its log goes to an anonymous file, from which the sentence is taken
 * if the pipe ends without a line. The engine is our child, so it is reaped here; nothing else ties
 * it to this program, and it must not get a parent-death signal. Who shuts it down waits until it
 * is reaped: whatever this program leaves behind when it ends falls to process 1, and in a
 * container that is often a program which never reaps. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab-client-paths.h"
#include "lab-client-spawn.h"
#include "lab-client-types.h"

#define READY_SECONDS   20
#define ENGINE_READY_FD 3

typedef struct
{
  GDataInputStream *ready;
  GCancellable *cancellable; /* of the reading: the caller's, or the time limit */
  gulong cancelled_id;
  guint timeout_id;
  gboolean timed_out;
  int stderr_fd;
} Spawn;

static GHashTable *children; /* uuid (owned) -> pid of its engine, until that is reaped */

static void
spawn_free (Spawn *spawn)
{
  g_clear_object (&spawn->ready);
  g_clear_object (&spawn->cancellable);
  g_clear_handle_id (&spawn->timeout_id, g_source_remove);
  if (spawn->stderr_fd >= 0)
    close (spawn->stderr_fd);
  g_free (spawn);
}

static void
reap_cb (GPid pid, int status, gpointer user_data)
{
  const char *uuid = user_data;

  /* The next engine of the lab may have been started meanwhile. */
  if (GPOINTER_TO_INT (g_hash_table_lookup (children, uuid)) == pid)
    g_hash_table_remove (children, uuid);
  g_spawn_close_pid (pid);
}

static void
watch_child (const char *uuid, pid_t pid)
{
  if (children == NULL)
    children = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_replace (children, g_strdup (uuid), GINT_TO_POINTER (pid));
  g_child_watch_add_full (G_PRIORITY_DEFAULT, pid, reap_cb, g_strdup (uuid), g_free);
}

gboolean
lab_client_spawn_is_alive (const char *uuid)
{
  return children != NULL && g_hash_table_contains (children, uuid);
}

/* All signals as a fresh program expects them, and a session of its own: Ctrl+C in a terminal is
 * for the client, not for the lab. */
static void
set_attributes (posix_spawnattr_t *attributes)
{
  sigset_t none;
  sigset_t all;

  sigemptyset (&none);
  sigfillset (&all);
  posix_spawnattr_init (attributes);
  posix_spawnattr_setsigmask (attributes, &none);
  posix_spawnattr_setsigdefault (attributes, &all);
  posix_spawnattr_setflags (attributes,
                            POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int
spawn_program (const char *program, const char *uuid, int ready_fd, int stderr_fd, pid_t *pid)
{
  g_autofree char *ready_text = g_strdup_printf ("%d", ENGINE_READY_FD);
  char *argv[] = { (char *) program,      (char *) "--uuid", (char *) uuid,
                   (char *) "--ready-fd", ready_text,        NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int result;

  set_attributes (&attributes);
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, stderr_fd, STDERR_FILENO);
  posix_spawn_file_actions_adddup2 (&actions, ready_fd, ENGINE_READY_FD);
  posix_spawn_file_actions_addclosefrom_np (&actions, ENGINE_READY_FD + 1);
  result = posix_spawn (pid, program, &actions, &attributes, argv, environ);
  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);
  return result;
}

/* A copy of @fd at 10 or above, so that no descriptor is overwritten before it has been copied. */
static int
move_up (int fd)
{
  int copy = fcntl (fd, F_DUPFD_CLOEXEC, 10);

  close (fd);
  return copy;
}

/* Standard error of the engine before its log: the last line that says something. */
static char *
dup_complaint (int fd)
{
  char buffer[2049];
  off_t size = lseek (fd, 0, SEEK_END);
  ssize_t n = pread (fd, buffer, sizeof buffer - 1, MAX (0, size - (off_t) sizeof buffer + 1));
  g_auto (GStrv) lines = NULL;
  char *last = NULL;

  buffer[MAX (n, 0)] = '\0';
  lines = g_strsplit (buffer, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      last = lines[i];
  return last != NULL ? g_utf8_make_valid (last, -1) : NULL;
}

static void
return_failure (GTask *task, const char *reason)
{
  Spawn *spawn = g_task_get_task_data (task);
  g_autofree char *complaint = reason == NULL ? dup_complaint (spawn->stderr_fd) : NULL;

  if (reason == NULL)
    reason = complaint;
  if (reason == NULL)
    reason = _ ("It ended without a word.");
  g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_SPAWN,
                           _ ("The engine of this lab could not be started. %s"), reason);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Spawn *spawn = user_data;

  spawn->timeout_id = 0;
  spawn->timed_out = TRUE;
  g_cancellable_cancel (spawn->cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
ready_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Spawn *spawn = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish_utf8 (spawn->ready, result, NULL, &error);

  if (g_task_get_cancellable (task) != NULL)
    g_cancellable_disconnect (g_task_get_cancellable (task), spawn->cancelled_id);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (spawn->timed_out)
    return_failure (task, _ ("It did not say in time that it is ready."));
  else if (line != NULL && g_str_has_prefix (line, "ready"))
    g_task_return_boolean (task, TRUE);
  else if (line != NULL && g_str_has_prefix (line, "error "))
    return_failure (task, line + strlen ("error "));
  else
    return_failure (task, line != NULL && *line != '\0' ? line : NULL);
}

static void
wait_for_ready (GTask *task, int fd)
{
  Spawn *spawn = g_task_get_task_data (task);
  g_autoptr (GInputStream) pipe = g_unix_input_stream_new (fd, TRUE);
  GCancellable *outer = g_task_get_cancellable (task);

  spawn->cancellable = g_cancellable_new ();
  spawn->ready = g_data_input_stream_new (pipe);
  spawn->timeout_id = g_timeout_add_seconds (READY_SECONDS, timeout_cb, spawn);
  if (outer != NULL)
    spawn->cancelled_id = g_cancellable_connect (outer, G_CALLBACK (cancelled_cb),
                                                 g_object_ref (spawn->cancellable), g_object_unref);
  g_data_input_stream_read_line_async (spawn->ready, G_PRIORITY_DEFAULT, spawn->cancellable,
                                       ready_cb, g_object_ref (task));
}

void
lab_client_spawn_async (const char *uuid,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *program = lab_client_program_path ("engine", "labwright-engine");
  Spawn *spawn = g_new0 (Spawn, 1);
  int fds[2];
  pid_t pid;
  int code;

  g_task_set_source_tag (task, lab_client_spawn_async);
  g_task_set_task_data (task, spawn, (GDestroyNotify) spawn_free);
  spawn->stderr_fd = memfd_create ("engine-stderr", MFD_CLOEXEC);
  if (spawn->stderr_fd < 0 || !g_unix_open_pipe (fds, FD_CLOEXEC, NULL))
    {
      return_failure (task, g_strerror (errno));
      return;
    }
  fds[1] = move_up (fds[1]);
  spawn->stderr_fd = move_up (spawn->stderr_fd);
  code = spawn_program (program, uuid, fds[1], spawn->stderr_fd, &pid);
  close (fds[1]);
  if (code != 0)
    {
      g_autofree char *reason = g_strdup_printf ("%s: %s.", program, g_strerror (code));

      close (fds[0]);
      return_failure (task, reason);
      return;
    }
  watch_child (uuid, pid);
  wait_for_ready (task, fds[0]);
}

gboolean
lab_client_spawn_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
