/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The harness of the end-to-end tests: private folders, labctl as a child, and the count of what is
 * left at the end. Processes are found by the name of the folder, which nothing else has. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "e2e.h"
#include "sweeper.h"

char *
e2e_program (const char *path)
{
  const char *build = g_getenv ("LABWRIGHT_BUILD_DIR");

  g_assert_nonnull (build);
  return g_build_filename (build, path, NULL);
}

char *
e2e_path (E2e *self, const char *name)
{
  return g_build_filename (self->root, name, NULL);
}

char *
e2e_write (E2e *self, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = e2e_path (self, name);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

char *
e2e_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

char *
e2e_sample (E2e *self, const char *sample, const char *from, const char *to)
{
  g_autofree char *source =
      g_build_filename (g_getenv ("LABWRIGHT_SOURCE_DIR"), "data", "labs", sample, NULL);
  g_autofree char *text = e2e_read (source);
  g_autoptr (GString) changed = g_string_new (text);

  if (from != NULL)
    g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  return e2e_write (self, sample, changed->str);
}

void
e2e_inside (E2e *self, const char *script)
{
  g_free (self->inside);
  self->inside = g_strdup (script);
}

void
e2e_setenv (E2e *self, const char *name, const char *value)
{
  self->env = value != NULL ? g_environ_setenv (self->env, name, value, TRUE)
                            : g_environ_unsetenv (self->env, name);
}

void
e2e_set_up (E2e *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *runtime = NULL;
  g_autofree char *state = NULL;
  g_autofree char *home = NULL;

  self->root = g_dir_make_tmp ("labwright-e2e-XXXXXX", &error);
  g_assert_no_error (error);
  sweeper_watch (self->root);
  runtime = e2e_path (self, "r");
  state = e2e_path (self, "s");
  self->env = g_get_environ ();
  e2e_setenv (self, "LABWRIGHT_RUNTIME_DIR", runtime);
  e2e_setenv (self, "LABWRIGHT_STATE_DIR", state);
  e2e_setenv (self, "LABWRIGHT_LAB", NULL);
  /* Nothing of the user's library is seen or touched. */
  home = e2e_path (self, "h");
  e2e_setenv (self, "XDG_DATA_HOME", home);
  e2e_setenv (self, "XDG_CACHE_HOME", home);
  e2e_setenv (self, "XDG_CONFIG_HOME", home);
}

static int
remove_cb (const char *path, const struct stat *st, int type, struct FTW *ftw)
{
  return remove (path);
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_test_message ("left behind: %s/%s", path, name);
      n++;
    }
  return n;
}

void
e2e_tear_down (E2e *self, gconstpointer data)
{
  g_autofree char *runtime = e2e_path (self, "r");

  e2e_inside (self, NULL);
  e2e_labctl (self, "stop", "--all", NULL);
  g_assert_cmpint (self->code, ==, 0);
  g_assert_true (e2e_wait_no_processes (self, 30));
  g_assert_cmpuint (count_entries (runtime), ==, 0);
  nftw (self->root, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_assert_false (g_file_test (self->root, G_FILE_TEST_EXISTS));
  g_clear_pointer (&self->root, g_free);
  g_clear_pointer (&self->env, g_strfreev);
  g_clear_pointer (&self->inside, g_free);
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
}

static GPtrArray *
collect_words (E2e *self, va_list args)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  const char *word;

  if (self->inside != NULL)
    {
      const char *const shell[] = { "unshare", "--user", "--map-root-user", "--mount", "sh",
                                    "-e",      "-c" };

      for (gsize i = 0; i < G_N_ELEMENTS (shell); i++)
        g_ptr_array_add (words, g_strdup (shell[i]));
      g_ptr_array_add (words, g_strconcat (self->inside, "; exec \"$@\"", NULL));
      g_ptr_array_add (words, g_strdup ("sh"));
    }
  g_ptr_array_add (words, e2e_program ("src/ctl/labctl"));
  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (words, g_strdup (word));
  g_ptr_array_add (words, NULL);
  return words;
}

static GSubprocess *
spawn_words (E2e *self, GSubprocessFlags flags, GPtrArray *words)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_cwd (launcher, self->root);
  g_subprocess_launcher_set_environ (launcher, self->env);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  return process;
}

GSubprocess *
e2e_spawn (E2e *self, GSubprocessFlags flags, ...)
{
  g_autoptr (GPtrArray) words = NULL;
  va_list args;

  va_start (args, flags);
  words = collect_words (self, args);
  va_end (args);
  return spawn_words (self, flags, words);
}

static void
run_words (E2e *self, GPtrArray *words)
{
  g_autoptr (GSubprocess) process =
      spawn_words (self, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, words);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &self->out, &self->err, &error);
  g_assert_no_error (error);
  self->code = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                    : -g_subprocess_get_term_sig (process);
}

void
e2e_labctl (E2e *self, ...)
{
  g_autoptr (GPtrArray) words = NULL;
  va_list args;

  va_start (args, self);
  words = collect_words (self, args);
  va_end (args);
  run_words (self, words);
}

gboolean
e2e_wait_output (E2e *self, double seconds, const char *wanted, ...)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  g_autoptr (GPtrArray) words = NULL;
  va_list args;

  va_start (args, wanted);
  words = collect_words (self, args);
  va_end (args);
  do
    {
      run_words (self, words);
      if (self->code == 0 && strstr (self->out, wanted) != NULL)
        return TRUE;
      g_usleep (50000);
    }
  while (g_get_monotonic_time () < deadline);
  g_test_message ("“%s” did not come: %s%s", wanted, self->out, self->err);
  return FALSE;
}

/* A file of /proc with NULs in it. */
static gboolean
proc_file_has (const char *pid, const char *name, const char *wanted)
{
  g_autofree char *path = g_build_filename ("/proc", pid, name, NULL);
  g_autofree char *text = NULL;
  gsize length;

  return g_file_get_contents (path, &text, &length, NULL) &&
         memmem (text, length, wanted, strlen (wanted)) != NULL;
}

guint
e2e_n_processes (E2e *self)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  g_autofree char *own = g_strdup_printf ("%d", (int) getpid ());
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (proc)) != NULL)
    if (g_ascii_isdigit (name[0]) && !g_str_equal (name, own) &&
        (proc_file_has (name, "environ", self->root) ||
         proc_file_has (name, "cmdline", self->root)))
      n++;
  return n;
}

gboolean
e2e_wait_no_processes (E2e *self, double seconds)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  while (e2e_n_processes (self) > 0)
    {
      if (g_get_monotonic_time () > deadline)
        return FALSE;
      g_usleep (20000);
    }
  return TRUE;
}

gint64
e2e_json_int (E2e *self, const char *after, const char *key)
{
  const char *p = strstr (self->out, after);
  g_autofree char *member = g_strdup_printf ("\"%s\" : ", key);

  p = p != NULL ? strstr (p, member) : NULL;
  return p != NULL ? g_ascii_strtoll (p + strlen (member), NULL, 10) : -1;
}

char *
e2e_start_hosts (E2e *self)
{
  char *path = e2e_sample (self, "two-hosts.lab", NULL, NULL);

  e2e_labctl (self, "start", path, "--wait", NULL);
  e2e_assert_code (self, 0);
  return path;
}

void
e2e_stop (E2e *self, const char *path)
{
  e2e_labctl (self, "stop", path, NULL);
  e2e_assert_code (self, 0);
}

void
e2e_save_as (E2e *self, const char *path, const char *node, const char *name)
{
  g_autofree char *command = g_strconcat ("set pcname ", name, NULL);

  e2e_labctl (self, "send", path, node, command, NULL);
  e2e_assert_code (self, 0);
  e2e_labctl (self, "config", "save", path, node, NULL);
  e2e_assert_code (self, 0);
}

guint
e2e_count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, word)) != NULL; at += strlen (word))
    n++;
  return n;
}
