/* SPDX-License-Identifier: GPL-3.0-or-later */

/* vtysh gets a terminal of its own, whatever our standard input and output are: a terminal, or
 * pipes that know nothing of line editing or Ctrl+C. */

#include "config.h"

#include "router-console.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "device-terminal.h"
#include "router-config.h"
#include "router-spawn.h"

/* vtysh that ends at once is not started in a circle. */
#define PAUSE (G_USEC_PER_SEC / 2)

static DeviceWatch terminal = { .fd = -1 };
static DeviceTimer again;
static pid_t vtysh;
static pid_t loader;

void
router_say (const char *format, ...)
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
  router_config_store ();
  device_terminal_write (bytes, (gsize) n);
}

static void
become_vtysh (void)
{
  static const char *const environment[] = { "TERM=vt100",
                                             "HOME=/var/tmp",
                                             "PATH=" ROUTER_BIN_DIR ":/usr/bin:/bin",
                                             "LANG=C.UTF-8",
                                             "VTYSH_HISTFILE=/dev/null",
                                             "MALLOC_TRIM_THRESHOLD_=65536",
                                             "MALLOC_TOP_PAD_=16384",
                                             NULL };

  router_spawn_reset_signals ();
  execle (ROUTER_VTYSH, "vtysh", NULL, environment);
  _exit (127);
}

static void
run_vtysh (gpointer data)
{
  struct winsize size = { .ws_row = 24, .ws_col = 80 };
  struct winsize given;
  int master;

  if (ioctl (STDIN_FILENO, TIOCGWINSZ, &given) == 0 && given.ws_col > 0)
    size = given;
  vtysh = forkpty (&master, NULL, NULL, &size);
  if (vtysh == 0)
    become_vtysh ();
  if (vtysh < 0)
    {
      router_say ("%% The console cannot be started: %s", g_strerror (errno));
      return;
    }
  terminal = (DeviceWatch){ .fd = master, .events = POLLIN, .func = on_shown };
  device_watch_add (&terminal);
}

void
router_console_open (Router *self)
{
  device_terminal_open (on_typed, self);
  device_timer_init (&again, run_vtysh, self);
}

void
router_console_close (void)
{
  device_terminal_close ();
}

void
router_console_start (void)
{
  run_vtysh (NULL);
}

gboolean
router_console_reaped (pid_t pid)
{
  if (pid == loader)
    {
      loader = 0;
      return TRUE;
    }
  if (pid != vtysh)
    return FALSE;
  vtysh = 0;
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
  DeviceWatch *output = data;
  g_autoptr (GString) shown = g_string_new (NULL);
  char bytes[1024];
  ssize_t n = read (fd, bytes, sizeof bytes);

  if (n <= 0)
    {
      device_watch_remove (output);
      return;
    }
  g_string_append_len (shown, bytes, n);
  g_string_replace (shown, "\n", "\r\n", 0);
  device_terminal_write (shown->str, shown->len);
}

void
router_console_load (Router *self)
{
  const char *argv[] = { ROUTER_VTYSH, "-b", NULL };
  int ends[2];
  DeviceWatch output;

  if (pipe2 (ends, 0) != 0)
    return;
  loader = router_spawn (argv, ends[1]);
  close (ends[1]);
  output = (DeviceWatch){ .fd = ends[0], .events = POLLIN, .func = on_loader, .data = &output };
  device_watch_add (&output);
  while (loader > 0 && !self->stop)
    device_loop_iterate (-1);
  device_watch_remove (&output);
  close (ends[0]);
}
