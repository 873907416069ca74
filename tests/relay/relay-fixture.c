/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

char *
fixture_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->dir, name, NULL);
}

Fixture *
fixture_new (void)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->dir = g_dir_make_tmp ("relay-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
  fixture->control = fixture->watch = -1;
  fixture->input = g_string_new (NULL);
  fixture->details = g_ptr_array_new_with_free_func (g_free);
  return fixture;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      struct stat info;

      if (lstat (child, &info) == 0 && S_ISDIR (info.st_mode))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

void
fixture_free (Fixture *fixture)
{
  if (fixture->pid != 0)
    fixture_kill (fixture, SIGTERM);
  close_fd (&fixture->control);
  close_fd (&fixture->watch);
  remove_tree (fixture->dir);
  g_string_free (fixture->input, TRUE);
  g_ptr_array_unref (fixture->details);
  g_free (fixture->dir);
  g_free (fixture);
}

static void
set_up_child (gpointer data)
{
  int watch = GPOINTER_TO_INT (data);

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  fcntl (watch, F_SETFD, 0);
}

void
fixture_start (Fixture *fixture, const char *const *extra)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  int pipe_fds[2];

  g_assert_true (g_unix_open_pipe (pipe_fds, FD_CLOEXEC, NULL));
  g_ptr_array_add (argv, g_build_filename (g_getenv ("LABWRIGHT_BUILD_DIR"), "src", "relay",
                                           "labwright-relay", NULL));
  g_ptr_array_add (argv, g_strdup ("--control"));
  g_ptr_array_add (argv, fixture_path (fixture, "control"));
  g_ptr_array_add (argv, g_strdup ("--counters"));
  g_ptr_array_add (argv, fixture_path (fixture, "counters"));
  g_ptr_array_add (argv, g_strdup ("--watch-fd"));
  g_ptr_array_add (argv, g_strdup_printf ("%d", pipe_fds[0]));
  for (guint i = 0; extra != NULL && extra[i] != NULL; i++)
    g_ptr_array_add (argv, g_strdup (extra[i]));
  g_ptr_array_add (argv, NULL);
  g_spawn_async (NULL, (char **) argv->pdata, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, set_up_child,
                 GINT_TO_POINTER (pipe_fds[0]), &fixture->pid, &error);
  g_assert_no_error (error);
  close (pipe_fds[0]);
  close_fd (&fixture->watch);
  fixture->watch = pipe_fds[1];
  close_fd (&fixture->control);
  g_string_truncate (fixture->input, 0);
  fixture->control = fixture_connect (fixture);
}

Fixture *
fixture_new_started (void)
{
  Fixture *fixture = fixture_new ();

  fixture_start (fixture, NULL);
  return fixture;
}

void
fixture_kill (Fixture *fixture, int signal)
{
  int status;

  kill (fixture->pid, signal);
  g_assert_cmpint (waitpid (fixture->pid, &status, 0), ==, fixture->pid);
  if (signal == SIGTERM)
    {
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    }
  fixture->pid = 0;
}

static struct sockaddr_un
address_of (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_assert_cmpuint (strlen (path), <, sizeof address.sun_path);
  strcpy (address.sun_path, path);
  return address;
}

int
fixture_connect (Fixture *fixture)
{
  g_autofree char *path = fixture_path (fixture, "control");
  struct sockaddr_un address = address_of (path);
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gint64 until = g_get_monotonic_time () + 2 * LONG;

  while (connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_assert_cmpint (waitpid (fixture->pid, NULL, WNOHANG), ==, 0);
      g_usleep (5000);
    }
  return fd;
}

static gboolean
wait_readable (int fd, gint64 until)
{
  struct pollfd entry = { .fd = fd, .events = POLLIN };
  gint64 left = until - g_get_monotonic_time ();

  return poll (&entry, 1, left > 0 ? (int) (left / 1000) + 1 : 0) > 0;
}

char *
fixture_read_line (int fd, GString *input, gint64 patience)
{
  gint64 until = g_get_monotonic_time () + patience;
  char *end, *line;

  while ((end = memchr (input->str, '\n', input->len)) == NULL)
    {
      char bytes[4096];
      ssize_t n;

      if (!wait_readable (fd, until) || (n = read (fd, bytes, sizeof bytes)) <= 0)
        return NULL;
      g_string_append_len (input, bytes, n);
    }
  line = g_strndup (input->str, end - input->str);
  g_string_erase (input, 0, end - input->str + 1);
  return line;
}

static char *command (Fixture *fixture, const char *format, va_list args) G_GNUC_PRINTF (2, 0);

static char *
command (Fixture *fixture, const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  char *answer;

  g_ptr_array_set_size (fixture->details, 0);
  g_assert_cmpint (write (fixture->control, line, strlen (line)), ==, (gssize) strlen (line));
  while ((answer = fixture_read_line (fixture->control, fixture->input, 2 * LONG)) != NULL &&
         g_str_has_prefix (answer, "- "))
    g_ptr_array_add (fixture->details, answer);
  if (answer == NULL)
    g_error ("no answer to \"%s\"", text);
  return answer;
}

char *
fixture_command (Fixture *fixture, const char *format, ...)
{
  va_list args;
  char *answer;

  va_start (args, format);
  answer = command (fixture, format, args);
  va_end (args);
  return answer;
}

void
fixture_ok (Fixture *fixture, const char *format, ...)
{
  g_autofree char *answer = NULL;
  va_list args;

  va_start (args, format);
  answer = command (fixture, format, args);
  va_end (args);
  if (!g_str_has_prefix (answer, "ok"))
    g_error ("\"%s\" gave: %s", format, answer);
}

void
fixture_refused (Fixture *fixture, const char *reason, const char *format, ...)
{
  g_autofree char *answer = NULL;
  va_list args;

  va_start (args, format);
  answer = command (fixture, format, args);
  va_end (args);
  if (!g_str_has_prefix (answer, "error ") || strstr (answer, reason) == NULL)
    g_error ("\"%s\" gave: %s", format, answer);
}

char *
fixture_word (Fixture *fixture, const char *end, const char *key)
{
  g_autofree char *answer =
      end != NULL ? fixture_command (fixture, "port %s", end) : fixture_command (fixture, "stats");
  g_auto (GStrv) words = g_strsplit (answer, " ", -1);
  g_autofree char *prefix = g_strconcat (key, "=", NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], prefix))
      return g_strdup (words[i] + strlen (prefix));
  g_error ("no %s in: %s", key, answer);
}

guint64
fixture_value (Fixture *fixture, const char *end, const char *key)
{
  g_autofree char *word = fixture_word (fixture, end, key);

  return g_ascii_strtoull (word, NULL, 10);
}

void
fixture_wait_value (Fixture *fixture, const char *end, const char *key, guint64 least)
{
  gint64 until = g_get_monotonic_time () + LONG;

  while (fixture_value (fixture, end, key) < least)
    {
      if (g_get_monotonic_time () > until)
        g_error ("%s of %s is %" G_GUINT64_FORMAT ", not %" G_GUINT64_FORMAT, key, end,
                 fixture_value (fixture, end, key), least);
      g_usleep (10000);
    }
}

static char *
socket_path (Peer *peer, const char *kind, const char *prefix, guint id)
{
  return g_strdup_printf ("%s/%s%u/%s%u", peer->dir, kind, (guint) getuid (), prefix, id);
}

static int
bind_at (const char *path)
{
  struct sockaddr_un address = address_of (path);
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int size = 8 << 20;

  g_unlink (path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  return fd;
}

void
peer_bind (Peer *peer)
{
  g_autofree char *data = socket_path (peer, "netio", "", peer->id);
  g_autofree char *l1 = socket_path (peer, "netl1", "L1", peer->id);
  g_autofree char *l1_dir = g_path_get_dirname (l1);

  peer->fd = bind_at (data);
  if (g_file_test (l1_dir, G_FILE_TEST_IS_DIR))
    peer->l1 = bind_at (l1);
}

void
peer_unbind (Peer *peer)
{
  close_fd (&peer->fd);
  close_fd (&peer->l1);
}

Peer *
peer_new (Fixture *fixture, guint id, const char *options)
{
  Peer *peer = g_new0 (Peer, 1);

  peer->fixture = fixture;
  peer->id = id;
  peer->pseudo = PSEUDO;
  peer->fd = peer->l1 = -1;
  peer->dir = g_strdup_printf ("%s/%u", fixture->dir, id);
  g_mkdir (peer->dir, 0700);
  fixture_ok (fixture, "instance add %u dir=%s %s", id, peer->dir, options);
  peer_bind (peer);
  return peer;
}

void
peer_free (Peer *peer)
{
  peer_unbind (peer);
  g_free (peer->dir);
  g_free (peer);
}

static void
send_to (Peer *peer, int fd, const char *kind, const char *prefix, gconstpointer data, gsize length)
{
  g_autofree char *path = socket_path (peer, kind, prefix, peer->pseudo);
  struct sockaddr_un address = address_of (path);

  g_assert_cmpint (
      sendto (fd, data, length, MSG_NOSIGNAL, (struct sockaddr *) &address, sizeof address), ==,
      (gssize) length);
}

void
peer_send_raw (Peer *peer, gconstpointer data, gsize length)
{
  send_to (peer, peer->fd, "netio", "", data, length);
}

static void
write_header (Peer *peer, guint port, guint type, guint8 *bytes)
{
  const IouHeader header = {
    .dst_id = (guint16) peer->pseudo,
    .src_id = (guint16) peer->id,
    .dst_port = (guint8) port,
    .src_port = (guint8) port,
    .type = (guint8) type,
  };

  iou_header_write (bytes, &header);
}

void
peer_send (Peer *peer, guint port, gconstpointer data, gsize length)
{
  guint8 bytes[IOU_MAX_DATAGRAM];

  g_assert_cmpuint (length, <=, IOU_MAX_PAYLOAD);
  write_header (peer, port, IOU_TYPE_DATA, bytes);
  memcpy (bytes + IOU_HEADER_SIZE, data, length);
  peer_send_raw (peer, bytes, IOU_HEADER_SIZE + length);
}

static void
check_header (Peer *peer, const guint8 *bytes, gssize length, guint port, guint type)
{
  IouHeader header = { 0 };

  g_assert_true (iou_header_read (&header, bytes, (gsize) length));
  g_assert_cmpuint (header.dst_id, ==, peer->id);
  g_assert_cmpuint (header.src_id, ==, peer->pseudo);
  g_assert_cmpuint (header.type, ==, type);
  g_assert_cmpuint (header.channel, ==, 0);
  g_assert_cmpuint (header.dst_port, ==, port);
  g_assert_cmpuint (header.src_port, ==, port);
}

GBytes *
peer_receive (Peer *peer, guint port, gint64 patience)
{
  guint8 bytes[IOU_MAX_DATAGRAM + 1];
  ssize_t n;

  if (!wait_readable (peer->fd, g_get_monotonic_time () + patience))
    return NULL;
  n = recv (peer->fd, bytes, sizeof bytes, 0);
  g_assert_cmpint (n, >, IOU_HEADER_SIZE);
  check_header (peer, bytes, n, port, IOU_TYPE_DATA);
  return g_bytes_new (bytes + IOU_HEADER_SIZE, (gsize) n - IOU_HEADER_SIZE);
}

void
peer_assert_receives (Peer *peer, guint port, gconstpointer data, gsize length)
{
  g_autoptr (GBytes) frame = peer_receive (peer, port, LONG);
  gsize got_length;
  const guint8 *got;

  if (frame == NULL)
    g_error ("peer %u got nothing", peer->id);
  got = g_bytes_get_data (frame, &got_length);
  g_assert_cmpmem (got, got_length, data, length);
}

void
peer_assert_silent (Peer *peer)
{
  g_assert_false (wait_readable (peer->fd, g_get_monotonic_time () + SHORT));
}

void
peer_send_keepalive (Peer *peer, guint port)
{
  guint8 bytes[IOU_HEADER_SIZE];

  write_header (peer, port, IOU_TYPE_KEEPALIVE, bytes);
  send_to (peer, peer->l1, "netl1", "L1", bytes, sizeof bytes);
}

guint
peer_count_keepalives (Peer *peer, guint port, gint64 time)
{
  gint64 until = g_get_monotonic_time () + time;
  guint8 bytes[64];
  guint count = 0;

  while (wait_readable (peer->l1, until))
    {
      ssize_t n = recv (peer->l1, bytes, sizeof bytes, 0);

      g_assert_cmpint (n, ==, IOU_HEADER_SIZE);
      check_header (peer, bytes, n, port, IOU_TYPE_KEEPALIVE);
      count++;
    }
  return count;
}
