/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pc-device.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define PROGRAM "/tmp/device"

static gboolean
can_sandbox (void)
{
  const char *argv[] = { "bwrap", "--unshare-user", "--ro-bind", "/", "/", "true", NULL };
  int status = 1;

  return g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL) &&
         status == 0;
}

PcLab *
pc_lab_new (void)
{
  PcLab *self;
  g_autoptr (GError) error = NULL;

  if (!can_sandbox ())
    {
      g_test_skip ("bwrap cannot make a user namespace here");
      return NULL;
    }

  self = g_new0 (PcLab, 1);
  self->directory = g_dir_make_tmp ("labwright-pc-XXXXXX", &error);
  g_assert_no_error (error);
  self->program = "src/images/pc/labwright-pc";
  self->prompt = "\\S+> $";
  self->sandbox = "--proc /proc";
  return self;
}

/* It makes a sandbox inside: see lab-sandbox.c. */
static PcLab *
new_nested (const char *program)
{
  PcLab *self;

  if (access ("/dev/net/tun", R_OK | W_OK) != 0)
    {
      g_test_skip ("there is no /dev/net/tun that this user may open");
      return NULL;
    }

  self = pc_lab_new ();
  if (self == NULL)
    return NULL;
  self->program = program;
  self->prompt = "\\S+# $";
  self->sandbox =
      getuid () == 0 ? "--bind /proc /proc --cap-add CAP_SETFCAP" : "--bind /proc /proc";
  return self;
}

PcLab *
pc_lab_new_router (void)
{
  if (!g_file_test ("/usr/lib/frr/zebra", G_FILE_TEST_IS_EXECUTABLE))
    {
      g_test_skip ("FRRouting is not installed");
      return NULL;
    }
  return new_nested ("src/images/router/labwright-router");
}

PcLab *
pc_lab_new_host (void)
{
  return new_nested ("src/images/host/labwright-host");
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  remove (path);
}

void
pc_lab_free (PcLab *self)
{
  remove_tree (self->directory);
  g_free (self->directory);
  g_free (self);
}

char *
pc_lab_path (PcLab *self, guint id, const char *name)
{
  g_autofree char *directory = g_strdup_printf ("%s/work-%u", self->directory, id);

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  return g_build_filename (directory, name, NULL);
}

void
pc_lab_write (PcLab *self, guint id, const char *name, const char *text)
{
  g_autofree char *path = pc_lab_path (self, id, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

void
pc_lab_wire (PcLab *self, const char *netmap, guint first, guint last)
{
  for (guint id = first; id <= last; id++)
    pc_lab_write (self, id, "NETMAP", netmap);
}

char *
pc_lab_socket (PcLab *self, gboolean l1, guint id)
{
  g_autofree char *directory =
      g_strdup_printf ("%s/%s%u", self->directory, l1 ? "netl1" : "netio", (guint) getuid ());

  if (mkdir (directory, 0700) != 0)
    g_assert_cmpint (errno, ==, EEXIST);
  return g_strdup_printf ("%s/%s%u", directory, l1 ? "L1" : "", id);
}

static char **
make_argv (PcLab *lab, guint id, const char *command)
{
  const char *build = g_getenv ("LABWRIGHT_BUILD_DIR");
  g_autofree char *program = g_build_filename (build, lab->program, NULL);
  g_autofree char *work = g_strdup_printf ("/tmp/work-%u", id);
  g_autofree char *made = pc_lab_path (lab, id, "");
  g_autofree char *line = g_strdup_printf (
      "bwrap --unshare-user --die-with-parent --ro-bind / / --dev-bind /dev /dev %s "
      "--bind %s /tmp --ro-bind %s " PROGRAM " --setenv HOME /tmp --chdir %s " PROGRAM " %s",
      lab->sandbox, lab->directory, program, work, command);
  char **argv = NULL;

  g_assert_nonnull (build);
  g_assert_true (g_shell_parse_argv (line, NULL, &argv, NULL));
  return argv;
}

static PcDevice *
new_device (PcLab *lab, guint id)
{
  PcDevice *self = g_new0 (PcDevice, 1);

  self->lab = lab;
  self->id = id;
  self->output = g_string_new (NULL);
  return self;
}

PcDevice *
pc_device_start (PcLab *lab, guint id, const char *arguments)
{
  PcDevice *self = new_device (lab, id);
  g_autofree char *command = g_strdup_printf ("%s %u", arguments, id);
  g_auto (GStrv) argv = make_argv (lab, id, command);
  g_autoptr (GError) error = NULL;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                            NULL, &self->pid, &self->in, &self->out, NULL, &error);
  g_assert_no_error (error);
  pc_device_expect (self, lab->prompt, 20);
  return self;
}

PcDevice *
pc_device_start_pty (PcLab *lab, guint id, const char *arguments)
{
  PcDevice *self = new_device (lab, id);
  g_autofree char *command = g_strdup_printf ("%s %u", arguments, id);
  g_auto (GStrv) argv = make_argv (lab, id, command);
  int master;

  /* In its cooked mode, as an ordinary terminal is: the device must do what it needs itself. */
  self->pid = forkpty (&master, NULL, NULL, NULL);
  g_assert_cmpint (self->pid, >=, 0);
  if (self->pid == 0)
    {
      execvp (argv[0], argv);
      _exit (127);
    }
  self->in = self->out = master;
  pc_device_expect (self, lab->prompt, 20);
  return self;
}

char *
pc_device_run (PcLab *lab, const char *command, int *code)
{
  g_auto (GStrv) argv = make_argv (lab, 999, command);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  int status;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  *code = WEXITSTATUS (status);
  return g_strconcat (out, err, NULL);
}

pid_t
pc_device_get_pid (PcDevice *self)
{
  g_autofree char *socket = pc_lab_socket (self->lab, FALSE, self->id);
  g_autofree char *path = g_strconcat (socket, ".lck", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return (pid_t) atoi (text);
}

int
pc_device_stop (PcDevice *self)
{
  int status;

  g_assert_cmpint (kill (pc_device_get_pid (self), SIGTERM), ==, 0);
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);
  self->pid = 0;
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

void
pc_device_free (PcDevice *self)
{
  if (self->pid != 0)
    g_assert_cmpint (pc_device_stop (self), ==, 0);
  if (self->in >= 0)
    close (self->in);
  if (self->out != self->in)
    close (self->out);
  g_string_free (self->output, TRUE);
  g_free (self);
}

void
pc_device_type (PcDevice *self, const char *text)
{
  gsize length = strlen (text);

  g_assert_cmpint (write (self->in, text, length), ==, (gssize) length);
}

/* Newer programs of iproute2 show addresses in colours. */
static void
take_colours_out (GString *output)
{
  g_autoptr (GRegex) colour = g_regex_new ("\\x1b\\[[0-9;]*m", G_REGEX_RAW, 0, NULL);
  g_autofree char *plain =
      g_regex_replace_literal (colour, output->str, (gssize) output->len, 0, "", 0, NULL);

  if (plain != NULL && strlen (plain) < output->len)
    g_string_assign (output, plain);
}

/* FALSE: nothing came in time, or never will. */
static gboolean
read_some (PcDevice *self, gint64 until)
{
  struct pollfd fd = { .fd = self->out, .events = POLLIN };
  gint64 left = MAX (until - g_get_monotonic_time (), 0);
  char bytes[4096];
  ssize_t n;

  if (poll (&fd, 1, (int) (left / 1000) + 1) <= 0)
    return FALSE;
  n = read (self->out, bytes, sizeof bytes);
  for (ssize_t i = 0; i < n; i++)
    if (bytes[i] != '\r')
      g_string_append_c (self->output, bytes[i]);
  if (n > 0)
    take_colours_out (self->output);
  return n > 0;
}

void
pc_device_expect (PcDevice *self, const char *regex, guint seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  g_autoptr (GRegex) compiled = g_regex_new (regex, G_REGEX_MULTILINE, 0, NULL);

  g_assert_nonnull (compiled);
  for (;;)
    {
      g_autoptr (GMatchInfo) match = NULL;
      int end;

      if (g_regex_match (compiled, self->output->str, 0, &match))
        {
          g_match_info_fetch_pos (match, 0, NULL, &end);
          g_test_message ("%.*s", end, self->output->str);
          g_string_erase (self->output, 0, end);
          return;
        }
      if (!read_some (self, until) && g_get_monotonic_time () >= until)
        break;
    }
  g_error ("device %u: no match of \"%s\" in %u s; it said:\n%s", self->id, regex, seconds,
           self->output->str);
}

void
pc_device_ask (PcDevice *self, const char *line, const char *regex)
{
  g_autofree char *typed = g_strconcat (line, "\r", NULL);

  pc_device_type (self, typed);
  pc_device_expect (self, regex, 20);
}

void
pc_device_ask_until (PcDevice *device, const char *command, const char *regex, guint seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  g_autofree char *typed = g_strconcat (command, "\r", NULL);

  for (;;)
    {
      const char *output;

      pc_device_listen (device, 100);
      g_string_truncate (device->output, 0);
      pc_device_type (device, typed);
      output = pc_device_listen (device, 400);
      if (g_regex_match_simple (regex, output, G_REGEX_MULTILINE, 0))
        break;
      if (g_get_monotonic_time () > until)
        g_error ("device %u: no match of \"%s\" in %u s; it said:\n%s", device->id, regex, seconds,
                 output);
    }
  g_string_truncate (device->output, 0);
}

const char *
pc_device_listen (PcDevice *self, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < until)
    read_some (self, until);
  return self->output->str;
}
