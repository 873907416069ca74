/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sockets of a lab that runs: its consoles and its relay's. */

#include "config.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "engine-harness.h"

/* By the folder's descriptor, as its path may be longer than an address. */
static int
connect_in_run_dir (Harness *self, const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int dir_fd = harness_open_run_dir (self);
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_snprintf (address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", dir_fd, path);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  close (dir_fd);
  return fd;
}

char *
harness_ask_relay (Harness *self, const char *command)
{
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  char answer[4096];
  int fd = connect_in_run_dir (self, "relay");
  gssize n;

  g_assert_cmpint (send (fd, line, strlen (line), 0), ==, (gssize) strlen (line));
  n = recv (fd, answer, sizeof answer - 1, 0);
  g_assert_cmpint (n, >, 0);
  answer[n] = '\0';
  close (fd);
  return g_strdup (answer);
}

static Console *
open_socket (Harness *self, const char *name, const char *suffix)
{
  Console *console = g_new0 (Console, 1);
  LabNodeState state;
  g_autoptr (GVariant) node = harness_get_state (self, name, &state);
  g_autofree char *path = g_strdup_printf ("c/%u%s", state.id, suffix);

  g_assert_true (g_str_has_prefix (state.console, self->runtime));
  console->text = g_string_new (NULL);
  console->fd = connect_in_run_dir (self, path);
  return console;
}

Console *
console_open (Harness *self, const char *name, gboolean live)
{
  return open_socket (self, name, live ? ".live" : "");
}

Console *
console_open_marked (Harness *self, const char *name)
{
  return open_socket (self, name, ".marked");
}

void
console_close (Console *self)
{
  close (self->fd);
  g_string_free (self->text, TRUE);
  g_free (self);
}

void
console_type (Console *self, const char *text)
{
  g_assert_cmpint (send (self->fd, text, strlen (text), MSG_NOSIGNAL), ==, (gssize) strlen (text));
}

/* FALSE: nothing came within @ms, or the connection is closed. */
static gboolean
read_some (Console *self, guint ms)
{
  struct pollfd pfd = { .fd = self->fd, .events = POLLIN };
  char buffer[65536];
  gssize n;

  if (poll (&pfd, 1, (int) ms) <= 0)
    return FALSE;
  n = recv (self->fd, buffer, sizeof buffer, MSG_DONTWAIT);
  if (n <= 0)
    return FALSE;
  g_string_append_len (self->text, buffer, n);
  return TRUE;
}

gboolean
console_wait (Console *self, const char *text, guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  while (TRUE)
    {
      char *found = strstr (self->text->str, text);
      gint64 left = (end - g_get_monotonic_time ()) / 1000;

      if (found != NULL)
        {
          g_string_erase (self->text, 0, found - self->text->str + (gssize) strlen (text));
          return TRUE;
        }
      if (left <= 0 || !read_some (self, (guint) left))
        {
          g_test_message ("waited for “%s”, have “%s”", text,
                          self->text->str + (self->text->len > 500 ? self->text->len - 500 : 0));
          return FALSE;
        }
    }
}

const char *
console_read (Console *self, guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;
  gint64 left;

  while ((left = (end - g_get_monotonic_time ()) / 1000) > 0 && read_some (self, (guint) left))
    ;
  return self->text->str;
}
