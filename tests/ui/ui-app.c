/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program under test as a process, and labctl beside it to see whether the engine agrees. */

#include "config.h"

#include <string.h>

#include "ui-app.h"

#define WINDOW_MS 60000

static char *
program (const char *path)
{
  return g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), path, NULL);
}

void
ui_app_start (UiApp *self, const char *const *args)
{
  g_autofree char *path = program ("src/app/labwright");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (argv, path);
  for (guint i = 0; args != NULL && args[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) args[i]);
  g_ptr_array_add (argv, NULL);
  /* At home: what the file chooser lists there is the same everywhere, nothing. */
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_set_cwd (launcher, g_getenv ("HOME"));
  self->process =
      g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
}

typedef struct
{
  UiApp *app;
  const char *title;
} Awaited;

static gboolean
window_is_there (gpointer data)
{
  Awaited *awaited = data;
  int rectangle[4];

  g_assert_true (ui_app_is_alive (awaited->app));

  return ui_find_window (awaited->title, rectangle);
}

void
ui_app_wait_window (UiApp *self, const char *title)
{
  Awaited awaited = { self, title };

  if (!ui_wait (window_is_there, &awaited, WINDOW_MS))
    {
      ui_shot ("no-window");
      g_error ("no window “%s”; see shots/no-window.png", title);
    }
  ui_settle (300);
}

gboolean
ui_app_is_alive (UiApp *self)
{
  return self->process != NULL && g_subprocess_get_identifier (self->process) != NULL;
}

int
ui_app_pid (UiApp *self)
{
  const char *pid = g_subprocess_get_identifier (self->process);

  return pid != NULL ? (int) g_ascii_strtoll (pid, NULL, 10) : 0;
}

void
ui_app_kill (UiApp *self, int signal)
{
  g_subprocess_send_signal (self->process, signal);
}

static gboolean
has_ended (gpointer data)
{
  return !ui_app_is_alive (data);
}

gboolean
ui_app_wait_exit (UiApp *self, guint ms)
{
  if (!ui_wait (has_ended, self, ms))
    return FALSE;
  self->code = g_subprocess_get_if_exited (self->process)
                   ? g_subprocess_get_exit_status (self->process)
                   : -g_subprocess_get_term_sig (self->process);
  g_clear_object (&self->process);

  return TRUE;
}

char *
ui_labctl (int *code, ...)
{
  g_autofree char *path = program ("src/ctl/labctl");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  const char *word;
  va_list words;

  g_ptr_array_add (argv, path);
  va_start (words, code);
  while ((word = va_arg (words, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) word);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  process =
      g_subprocess_newv ((const char *const *) argv->pdata,
                         G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  if (code != NULL)
    *code = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;

  return out;
}

char *
ui_make_lab (guint n_hosts, const char *name)
{
  g_autofree char *make_lab = program ("tests/fixtures/make-lab");
  g_autofree char *hosts = g_strdup_printf ("%u", n_hosts);
  const char *argv[] = { make_lab, "-n", hosts, "-s", "-c", "0", NULL };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  char *path = ui_path (name);

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return path;
}

static gboolean
file_names_us (const char *pid, const char *file)
{
  g_autofree char *path = g_build_filename ("/proc", pid, file, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return FALSE;

  return memmem (text, length, ui_root (), strlen (ui_root ())) != NULL;
}

guint
ui_n_processes (const char *name)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *pid;
  guint n = 0;

  while ((pid = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", pid, "comm", NULL);
      g_autofree char *comm = NULL;

      if (!g_ascii_isdigit (*pid) || !g_file_get_contents (path, &comm, NULL, NULL))
        continue;
      /* The kernel keeps fifteen characters. */
      if (strncmp (comm, name, MIN (strlen (name), 15)) == 0 &&
          (file_names_us (pid, "environ") || file_names_us (pid, "cmdline")))
        n++;
    }

  return n;
}
