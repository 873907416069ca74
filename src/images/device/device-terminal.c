/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The console must never stop the device: a manager that does not read fills the pipe, so writes
 * do not block, what does not fit waits in a bounded buffer and what does not fit there is dropped.
 * Output goes to a new description of the same file where the kernel gives one, because O_NONBLOCK
 * on ours would also hold for whoever shares it (a shell, when run by hand). End of file on input
 * leaves the device running: managers may give it /dev/null. */

#include "config.h"

#include "device-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "device-loop.h"

#define MAX_WAITING    (256 * 1024)
#define BLOCKING_PIECE 256

static DeviceWatch input_watch;
static DeviceWatch output_watch;
static gboolean input_watched;
static gboolean output_watched;
static gboolean output_blocks;
static gboolean bytewise;
static gboolean was_terminal;
static struct termios saved;
static GByteArray *waiting;
static DeviceTerminalFunc input_func;
static gpointer input_data;

static ssize_t
write_piece (const guint8 *bytes, gsize length)
{
  ssize_t n;

  if (bytewise)
    length = 1;
  if (output_blocks)
    length = MIN (length, BLOCKING_PIECE);

  n = send (output_watch.fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (n < 0 && errno == ENOTSOCK)
    n = write (output_watch.fd, bytes, length);
  return n;
}

static gboolean
is_writable (void)
{
  struct pollfd fd = { .fd = output_watch.fd, .events = POLLOUT };

  return poll (&fd, 1, 0) == 1 && (fd.revents & POLLOUT) != 0;
}

static void
flush (void)
{
  gsize done = 0;

  while (done < waiting->len && (!output_blocks || is_writable ()))
    {
      ssize_t n = write_piece (waiting->data + done, waiting->len - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 && errno != EAGAIN)
        done = waiting->len; /* nobody will ever read it */
      if (n <= 0)
        break;
      done += (gsize) n;
    }

  g_byte_array_remove_range (waiting, 0, (guint) done);
  if (waiting->len == 0)
    g_byte_array_set_size (waiting, 0);
  if ((waiting->len > 0) == output_watched)
    return;
  output_watched = !output_watched;
  if (output_watched)
    device_watch_add (&output_watch);
  else
    device_watch_remove (&output_watch);
}

static void
on_output (gpointer data, int fd, short revents)
{
  if ((revents & (POLLERR | POLLHUP | POLLNVAL)) != 0 && (revents & POLLOUT) == 0)
    g_byte_array_set_size (waiting, 0);
  flush ();
}

static void
on_input (gpointer data, int fd, short revents)
{
  guint8 bytes[512];
  ssize_t n = read (fd, bytes, sizeof bytes);

  if (n > 0)
    input_func (input_data, bytes, (gsize) n);
  else if (n == 0 || (errno != EAGAIN && errno != EINTR))
    {
      device_watch_remove (&input_watch);
      input_watched = FALSE;
    }
}

static void
make_raw (void)
{
  struct termios raw;

  was_terminal = tcgetattr (STDIN_FILENO, &saved) == 0;
  if (!was_terminal)
    return;

  raw = saved;
  cfmakeraw (&raw);
  tcsetattr (STDIN_FILENO, TCSANOW, &raw);
}

void
device_terminal_open (DeviceTerminalFunc input, gpointer data)
{
  int fd = open ("/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  int flags;

  make_raw ();
  waiting = g_byte_array_new ();
  input_func = input;
  input_data = data;
  input_watch = (DeviceWatch){ .fd = STDIN_FILENO, .events = POLLIN, .func = on_input };
  output_watch =
      (DeviceWatch){ .fd = fd >= 0 ? fd : STDOUT_FILENO, .events = POLLOUT, .func = on_output };
  flags = fcntl (output_watch.fd, F_GETFL);
  output_blocks = flags < 0 || (flags & O_NONBLOCK) == 0;
  device_watch_add (&input_watch);
  input_watched = TRUE;
}

void
device_terminal_close (void)
{
  if (waiting == NULL)
    return;

  flush ();
  if (was_terminal)
    tcsetattr (STDIN_FILENO, TCSANOW, &saved);
  if (input_watched)
    device_watch_remove (&input_watch);
  if (output_watched)
    device_watch_remove (&output_watch);
  if (output_watch.fd != STDOUT_FILENO)
    close (output_watch.fd);
  g_clear_pointer (&waiting, g_byte_array_unref);
}

void
device_terminal_write (const char *bytes, gsize length)
{
  if (waiting == NULL || waiting->len + length > MAX_WAITING)
    return;

  g_byte_array_append (waiting, (const guint8 *) bytes, (guint) length);
  if (!output_watched)
    flush ();
}

void
device_terminal_set_bytewise (gboolean on)
{
  bytewise = on;
}
