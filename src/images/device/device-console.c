/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shell gets a terminal of its own, whatever our standard input and output are: a terminal, or
 * pipes that know nothing of line editing or Ctrl+C. */

#include "config.h"

#include "device-console.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "device-terminal.h"
#include "device-config.h"
#include "device-spawn.h"

/* A shell that ends at once is not started in a circle. */
#define PAUSE (G_USEC_PER_SEC / 2)

static DeviceWatch terminal = { .fd = -1 };
static DeviceTimer again;
static DeviceBecome become_shell;
static DeviceShown tell_shown; /* (nullable) */
static pid_t shell;
static pid_t loader;
static DeviceWatch loaded = { .fd = -1 };

void
device_say (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strconcat (text, "\r\n", NULL);
  device_terminal_write (line, strlen (line));
}

static void
on_typed (gpointer data, const guint8 *bytes, gsize length)
{
  /* More than a terminal holds is lost, as on a serial line. */
  if (terminal.fd >= 0 && write (terminal.fd, bytes, length) < 0)
    return;
}

static void
close_terminal (void)
{
  if (terminal.fd < 0)
    return;
  device_watch_remove (&terminal);
  close (terminal.fd);
  terminal.fd = -1;
}

static void
on_shown (gpointer data, int fd, short revents)
{
  char bytes[4096];
  ssize_t n = read (fd, bytes, sizeof bytes);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (n <= 0)
    {
      close_terminal ();
      return;
    }
  /* Whoever reads “[OK]” may look for what was saved. */
  device_config_store ();
  if (tell_shown != NULL)
    tell_shown (bytes, (gsize) n);
  device_terminal_write (bytes, (gsize) n);
}

static void
run_shell (gpointer data)
{
  struct winsize size = { .ws_row = 24, .ws_col = 80 };
  struct winsize given;
  int master;

  if (ioctl (STDIN_FILENO, TIOCGWINSZ, &given) == 0 && given.ws_col > 0)
    size = given;
  shell = forkpty (&master, NULL, NULL, &size);
  if (shell == 0)
    {
      device_spawn_reset_signals ();
      become_shell ();
      _exit (127);
    }
  if (shell < 0)
    {
      device_say ("%% The console cannot be started: %s", g_strerror (errno));
      return;
    }
  terminal = (DeviceWatch){ .fd = master, .events = POLLIN, .func = on_shown };
  device_watch_add (&terminal);
}

void
device_console_open (DeviceMachine *self)
{
  device_terminal_open (on_typed, self);
  device_timer_init (&again, run_shell, self);
}

void
device_console_close (void)
{
  device_terminal_close ();
}

void
device_console_start (DeviceBecome become)
{
  become_shell = become;
  run_shell (NULL);
}

void
device_console_set_shown (DeviceShown shown)
{
  tell_shown = shown;
}

gboolean
device_console_reaped (pid_t pid)
{
  if (pid == loader)
    {
      loader = 0;
      return TRUE;
    }
  if (pid != shell)
    return FALSE;
  shell = 0;
  /* What it wrote last is still to be shown. */
  if (terminal.fd >= 0)
    on_shown (NULL, terminal.fd, POLLIN);
  close_terminal ();
  device_timer_set_after (&again, PAUSE);
  return TRUE;
}

static void
on_loader (gpointer data, int fd, short revents)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  char bytes[1024];
  ssize_t n = read (fd, bytes, sizeof bytes);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  if (n <= 0)
    {
      device_watch_remove (&loaded);
      close (fd);
      loaded.fd = -1;
      return;
    }
  g_string_append_len (shown, bytes, n);
  g_string_replace (shown, "\n", "\r\n", 0);
  device_terminal_write (shown->str, shown->len);
}

gboolean
device_console_load (DeviceMachine *self, const char *const *argv, gint64 limit)
{
  gint64 until = limit >= 0 ? device_loop_now () + limit : G_MAXINT64;
  int ends[2];

  if (pipe2 (ends, 0) != 0)
    return TRUE;
  loader = device_spawn (argv, ends[1]);
  close (ends[1]);
  fcntl (ends[0], F_SETFL, O_NONBLOCK);
  fcntl (ends[0], F_SETFD, FD_CLOEXEC);
  loaded = (DeviceWatch){ .fd = ends[0], .events = POLLIN, .func = on_loader };
  device_watch_add (&loaded);
  while (loader > 0 && !self->stop && device_loop_now () < until)
    device_loop_iterate (limit >= 0 ? until - device_loop_now () : -1);
  /* What it left behind may hold the pipe for ever; that is shown when it comes. */
  if (loaded.fd >= 0)
    on_loader (NULL, loaded.fd, POLLIN);
  return loader <= 0;
}
