/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labwright-engine: takes the lab's lock, splits off its keeper, and serves clients until it is
 * told to end. Whoever started it waits on --ready-fd for one line: "ready", or "error" and a
 * sentence. */

#define G_LOG_DOMAIN "lab-engine"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "lab-keeper.h"
#include "lab-probe.h"
#include "lab-process.h"
#include "lab-server.h"

#define MAX_LOG      (1024 * 1024)
#define MAX_LOG_LINE 1000

typedef struct
{
  char *uuid;
  int ready_fd;
  gboolean foreground;
  gboolean version;
  char *probe;
} Options;

/* GDBus logs the whole of a broken message; the log is in memory, mostly, and stays short. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  static int written;
  const char *message = "";
  const char *domain = "";
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *time = NULL;
  int length;

  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE"))
        message = fields[i].value;
      else if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
        domain = fields[i].value;
    }
  if (g_atomic_int_get (&written) > MAX_LOG || g_log_writer_default_would_drop (level, domain))
    return G_LOG_WRITER_HANDLED;

  now = g_date_time_new_now_local ();
  time = g_date_time_format (now, "%F %T");
  length = fprintf (stderr, "%s %s: %.*s\n", time, domain, MAX_LOG_LINE, message);
  g_atomic_int_add (&written, MAX (length, 0));
  return G_LOG_WRITER_HANDLED;
}

/* Tells whoever waits, once. */
static void
say_ready (Options *options, const char *error)
{
  g_autofree char *line = error ? g_strdup_printf ("error %s\n", error) : g_strdup ("ready\n");

  if (error != NULL)
    fprintf (stderr, "labwright-engine: %s\n", error);
  if (options->ready_fd < 0)
    return;
  if (write (options->ready_fd, line, strlen (line)) < 0)
    g_message ("Nobody waits for this engine any more");
  close (options->ready_fd);
  options->ready_fd = -1;
}

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "uuid", 0, 0, G_OPTION_ARG_STRING, &options->uuid, N_ ("The lab’s uuid"), "UUID" },
    { "ready-fd", 0, 0, G_OPTION_ARG_INT, &options->ready_fd,
      N_ ("Write “ready” or an error to this file descriptor"), "N" },
    { "foreground", 0, 0, G_OPTION_ARG_NONE, &options->foreground,
      N_ ("Stay in this session and log to standard error"), NULL },
    { "probe", 0, 0, G_OPTION_ARG_FILENAME, &options->probe,
      N_ ("Ask an image for its options inside a sandbox, and exit"), N_ ("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_ ("Show the version and exit"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context, _ ("Runs the devices of one Labwright lab. Started by labwright and labctl."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->version || options->probe != NULL ||
      (options->uuid != NULL && g_uuid_string_is_valid (options->uuid)))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s",
               options->uuid ? _ ("--uuid must be a uuid of 36 characters.")
                             : _ ("--uuid is missing."));
  return FALSE;
}

/* stdin is nothing; stdout and stderr are the log. */
static gboolean
redirect (LabRunDir *run_dir, GError **error)
{
  int null_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  int log_fd = openat (run_dir->fd, "engine.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  gboolean done = null_fd >= 0 && log_fd >= 0 && dup2 (null_fd, STDIN_FILENO) >= 0 &&
                  dup2 (log_fd, STDOUT_FILENO) >= 0 && dup2 (log_fd, STDERR_FILENO) >= 0;

  if (!done)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 _ ("The log %s/engine.log cannot be written: %s."), run_dir->path,
                 g_strerror (errno));
  if (null_fd >= 0)
    close (null_fd);
  if (log_fd >= 0)
    close (log_fd);
  return done;
}

static gboolean
terminate (gpointer user_data)
{
  lab_server_stop (user_data);
  return G_SOURCE_CONTINUE;
}

static void
end (LabServer *server, gpointer user_data)
{
  g_main_loop_quit (user_data);
}

static int
serve (LabRunDir *run_dir, Options *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (LabServer) server = NULL;
  guint signals[2];

  lab_process_raise_limits ();
  server = lab_server_new (run_dir, end, loop, &error);
  if (server == NULL)
    {
      say_ready (options, error->message);
      return 1;
    }

  signals[0] = g_unix_signal_add (SIGTERM, terminate, server);
  signals[1] = g_unix_signal_add (SIGINT, terminate, server);
  say_ready (options, NULL);
  g_main_loop_run (loop);
  g_source_remove (signals[0]);
  g_source_remove (signals[1]);
  return 0;
}

static int
run (Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabRunDir) run_dir = lab_run_dir_open (options->uuid, &error);
  int status = 0;

  if (run_dir != NULL && !lab_run_dir_hold_state (run_dir, &error))
    {
      say_ready (options, error->message);
      lab_run_dir_remove (run_dir);
      return 1;
    }
  if (run_dir == NULL || !lab_run_dir_prepare (run_dir, &error) ||
      (!options->foreground && !redirect (run_dir, &error)))
    {
      say_ready (options, error->message);
      return 1;
    }
  if (!lab_keeper_fork (run_dir, options->ready_fd, &status))
    return status;
  return serve (run_dir, options);
}

int
main (int argc, char **argv)
{
  Options options = { .ready_fd = -1 };
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  umask (0077);
  signal (SIGPIPE, SIG_IGN);
  g_log_set_writer_func (write_log, NULL, NULL);

  if (!parse_options (&argc, &argv, &options, &error))
    {
      say_ready (&options, error->message);
      status = 2;
    }
  else if (options.version)
    {
      printf ("labwright-engine %s\n", PACKAGE_VERSION);
      status = 0;
    }
  else if (options.probe != NULL)
    status = lab_probe_run (options.probe);
  else
    {
      if (options.ready_fd >= 0)
        fcntl (options.ready_fd, F_SETFD, FD_CLOEXEC);
      if (!options.foreground)
        setsid ();
      status = run (&options);
    }
  g_free (options.uuid);
  g_free (options.probe);
  return status;
}
