/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl console on a terminal: a PTY of ours, with labctl on its other side. */

#include "config.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <utmp.h>
#include <unistd.h>

#include "e2e.h"

typedef struct
{
  int master;
  int slave;
  pid_t pid;
  GString *seen;
  struct termios before;
} Terminal;

static void
open_terminal (Terminal *terminal, E2e *e2e, const char *const *words)
{
  g_autofree char *labctl = e2e_program ("src/ctl/labctl");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, labctl);
  for (; *words != NULL; words++)
    g_ptr_array_add (argv, (char *) *words);
  g_ptr_array_add (argv, NULL);

  terminal->seen = g_string_new (NULL);
  g_assert_cmpint (openpty (&terminal->master, &terminal->slave, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (tcgetattr (terminal->slave, &terminal->before), ==, 0);
  terminal->pid = fork ();
  g_assert_cmpint (terminal->pid, >=, 0);
  if (terminal->pid == 0)
    {
      close (terminal->master);
      if (login_tty (terminal->slave) != 0)
        _exit (126);
      execve (labctl, (char **) argv->pdata, e2e->env);
      _exit (127);
    }
}

static gboolean
see (Terminal *terminal, const char *wanted, int seconds)
{
  gint64 deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (strstr (terminal->seen->str, wanted) == NULL)
    {
      struct pollfd poll_fd = { .fd = terminal->master, .events = POLLIN };
      char buffer[1024];
      ssize_t n;

      if (g_get_monotonic_time () > deadline)
        {
          g_test_message ("“%s” was not seen in: %s", wanted, terminal->seen->str);
          return FALSE;
        }
      if (poll (&poll_fd, 1, 100) != 1)
        continue;
      n = read (terminal->master, buffer, sizeof buffer);
      if (n > 0)
        g_string_append_len (terminal->seen, buffer, n);
    }
  return TRUE;
}

static void
type (Terminal *terminal, const char *text)
{
  g_assert_cmpint (write (terminal->master, text, strlen (text)), ==, (gssize) strlen (text));
}

static gboolean
is_raw (Terminal *terminal)
{
  struct termios now;

  g_assert_cmpint (tcgetattr (terminal->slave, &now), ==, 0);
  return (now.c_lflag & (ICANON | ECHO | ISIG)) == 0;
}

static gboolean
is_as_before (Terminal *terminal)
{
  struct termios now;

  g_assert_cmpint (tcgetattr (terminal->slave, &now), ==, 0);
  return now.c_lflag == terminal->before.c_lflag && now.c_iflag == terminal->before.c_iflag &&
         now.c_oflag == terminal->before.c_oflag;
}

/* The exit status, once it has ended; what it still says is taken off the terminal meanwhile. */
static int
wait_end (Terminal *terminal)
{
  int status = -1;

  for (int i = 0; i < 500; i++)
    {
      struct pollfd poll_fd = { .fd = terminal->master, .events = POLLIN };
      char buffer[1024];
      ssize_t n;

      if (poll (&poll_fd, 1, 10) == 1 && (n = read (terminal->master, buffer, sizeof buffer)) > 0)
        g_string_append_len (terminal->seen, buffer, n);
      if (waitpid (terminal->pid, &status, WNOHANG) == terminal->pid)
        return status;
    }
  kill (terminal->pid, SIGKILL);
  waitpid (terminal->pid, &status, 0);
  g_test_message ("it did not end; it said: %s", terminal->seen->str);
  g_assert_not_reached ();
}

static void
close_terminal (Terminal *terminal)
{
  close (terminal->master);
  close (terminal->slave);
  g_string_free (terminal->seen, TRUE);
}

static void
start (E2e *e2e, char **path)
{
  *path = e2e_sample (e2e, "two-hosts.lab", NULL, NULL);
  e2e_labctl (e2e, "start", *path, "--wait", NULL);
  e2e_assert_code (e2e, 0);
}

static void
test_escape (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = NULL;
  Terminal terminal;
  int status;

  start (e2e, &path);
  open_terminal (&terminal, e2e, (const char *const[]){ "console", path, "PC1", NULL });
  g_assert_true (see (&terminal, "Leave it with Ctrl+]", 5));
  g_assert_true (see (&terminal, "PC1> ", 5)); /* the scroll-back */
  g_assert_true (is_raw (&terminal));
  type (&terminal, "ping 10.0.0.2 -c 1\r");
  g_assert_true (see (&terminal, "84 bytes from 10.0.0.2", 5));
  /* Ctrl+C is the device's, not labctl's. */
  type (&terminal, "\003echo still\r");
  g_assert_true (see (&terminal, "\nstill", 5));
  type (&terminal, "\x1d");
  status = wait_end (&terminal);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_true (is_as_before (&terminal));
  close_terminal (&terminal);
}

static void
test_top (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = NULL;
  Terminal terminal;
  int status;

  start (e2e, &path);
  open_terminal (&terminal, e2e, (const char *const[]){ "top", path, "-i", "0.2", NULL });
  g_assert_true (see (&terminal, "DROPS/S", 5));
  g_assert_true (see (&terminal, "PC1:e0/0", 5));
  type (&terminal, "dr \033[B\033[6~");
  g_assert_true (see (&terminal, "paused", 5));
  type (&terminal, "q");
  status = wait_end (&terminal);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_true (is_as_before (&terminal));
  close_terminal (&terminal);

  open_terminal (&terminal, e2e, (const char *const[]){ "top", path, "-i", "0.2", NULL });
  g_assert_true (see (&terminal, "DROPS/S", 5));
  e2e_labctl (e2e, "stop", path, NULL);
  status = wait_end (&terminal);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 3);
  g_assert_true (is_as_before (&terminal));
  close_terminal (&terminal);
}

static void
test_other_escape (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = NULL;
  Terminal terminal;

  start (e2e, &path);
  e2e_labctl (e2e, "console", "PC1", "--escape", "Ctrl-Alt-F1", NULL);
  e2e_assert_code (e2e, 2);
  open_terminal (&terminal, e2e, (const char *const[]){ "console", "PC2", "--escape", "^A", NULL });
  g_assert_true (see (&terminal, "Ctrl+A", 5));
  g_assert_true (see (&terminal, "PC2> ", 5));
  type (&terminal, "\001");
  g_assert_true (WIFEXITED (wait_end (&terminal)));
  close_terminal (&terminal);
}

static void
test_signal (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = NULL;
  Terminal terminal;

  start (e2e, &path);
  open_terminal (&terminal, e2e, (const char *const[]){ "console", path, "PC1", NULL });
  g_assert_true (see (&terminal, "PC1> ", 5));
  g_assert_true (is_raw (&terminal));
  kill (terminal.pid, SIGTERM);
  wait_end (&terminal);
  g_assert_true (is_as_before (&terminal));
  close_terminal (&terminal);
}

static void
test_stop_and_start (E2e *e2e, gconstpointer data)
{
  g_autofree char *path = NULL;
  Terminal terminal;
  gint64 pid;

  start (e2e, &path);
  open_terminal (&terminal, e2e, (const char *const[]){ "console", path, "PC1", NULL });
  g_assert_true (see (&terminal, "PC1> ", 5));
  e2e_labctl (e2e, "stop", path, "PC1", NULL);
  g_assert_true (see (&terminal, "has stopped", 5));
  g_string_truncate (terminal.seen, 0);
  e2e_labctl (e2e, "start", path, "PC1", "--wait", NULL);
  g_assert_true (see (&terminal, "PC1> ", 5));
  type (&terminal, "echo again\r");
  g_assert_true (see (&terminal, "\nagain", 5));

  e2e_labctl (e2e, "status", "--json", NULL);
  pid = e2e_json_int (e2e, "\"PC1\"", "pid");
  g_assert_cmpint (pid, >, 1);
  kill ((pid_t) pid, SIGKILL);
  g_assert_true (see (&terminal, "crashed", 5));

  e2e_labctl (e2e, "stop", path, NULL);
  g_assert_cmpint (WEXITSTATUS (wait_end (&terminal)), ==, 3);
  g_assert_true (is_as_before (&terminal));
  close_terminal (&terminal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  e2e_add ("/e2e/console/escape", test_escape);
  e2e_add ("/e2e/console/top", test_top);
  e2e_add ("/e2e/console/other-escape", test_other_escape);
  e2e_add ("/e2e/console/signal", test_signal);
  e2e_add ("/e2e/console/stop-and-start", test_stop_and_start);
  return g_test_run ();
}
