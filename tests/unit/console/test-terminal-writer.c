/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed reaches the other side whole and in order, whether it reads or not. */

#include "config.h"

#include <gio/gio.h>
#include <sys/socket.h>

#include "lab-terminal-writer.h"

typedef struct
{
  GSocketConnection *near;
  int far;
  LabTerminalWriter *writer;
} Pair;

static void
pair_set_up (Pair *pair, gconstpointer data)
{
  g_autoptr (GSocket) socket = NULL;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  socket = g_socket_new_from_fd (fds[0], NULL);
  pair->near = g_socket_connection_factory_create_connection (socket);
  pair->far = fds[1];
  pair->writer = lab_terminal_writer_new (g_io_stream_get_output_stream (G_IO_STREAM (pair->near)));
}

static void
turn (guint times)
{
  for (guint i = 0; i < times; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
pair_tear_down (Pair *pair, gconstpointer data)
{
  lab_terminal_writer_close (pair->writer);
  turn (20);
  g_assert_finalize_object (pair->writer);
  g_object_unref (pair->near);
  if (pair->far >= 0)
    close (pair->far);
}

static GByteArray *
read_all (Pair *pair, gsize length)
{
  GByteArray *got = g_byte_array_new ();
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (got->len < length && g_get_monotonic_time () < end)
    {
      guint8 buffer[4096];
      gssize n = recv (pair->far, buffer, sizeof buffer, MSG_DONTWAIT);

      if (n > 0)
        g_byte_array_append (got, buffer, (guint) n);
      turn (1);
    }
  return got;
}

static void
test_order (Pair *pair, gconstpointer data)
{
  g_autoptr (GString) wanted = g_string_new (NULL);
  g_autoptr (GByteArray) got = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *word = g_strdup_printf ("%u ", i);

      g_string_append (wanted, word);
      g_assert_true (lab_terminal_writer_push (pair->writer, word, strlen (word)));
    }
  got = read_all (pair, wanted->len);
  g_assert_cmpmem (got->data, got->len, wanted->str, wanted->len);
  turn (10);
  g_assert_cmpuint (lab_terminal_writer_get_pending (pair->writer), ==, 0);
}

/* A megabyte in one piece, and a key typed after it. */
static void
test_paste (Pair *pair, gconstpointer data)
{
  g_autofree char *paste = g_malloc (1024 * 1024);
  g_autoptr (GByteArray) got = NULL;

  for (guint i = 0; i < 1024 * 1024; i++)
    paste[i] = (char) ('a' + i % 23);
  g_assert_true (lab_terminal_writer_push (pair->writer, paste, 1024 * 1024));
  turn (10);
  g_assert_cmpuint (lab_terminal_writer_get_pending (pair->writer), >, 0);
  g_assert_true (lab_terminal_writer_push (pair->writer, "!", 1));
  got = read_all (pair, 1024 * 1024 + 1);
  g_assert_cmpmem (got->data, got->len - 1, paste, 1024 * 1024);
  g_assert_cmpint (got->data[got->len - 1], ==, '!');
}

/* The other side does not read: pushing returns at once, and there is an end to it. */
static void
test_stalled (Pair *pair, gconstpointer data)
{
  g_autofree char *block = g_malloc0 (1024 * 1024);
  gint64 begin = g_get_monotonic_time ();
  guint taken = 0;

  while (lab_terminal_writer_push (pair->writer, block, 1024 * 1024))
    {
      turn (2);
      g_assert_cmpuint (++taken, <, 64);
    }
  g_assert_cmpuint (taken, >=, LAB_TERMINAL_WRITER_LIMIT / (1024 * 1024) - 1);
  g_assert_cmpuint (lab_terminal_writer_get_pending (pair->writer), <=, LAB_TERMINAL_WRITER_LIMIT);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

static void
test_broken (Pair *pair, gconstpointer data)
{
  close (pair->far);
  pair->far = -1;
  for (guint i = 0; i < 10; i++)
    {
      g_assert_true (lab_terminal_writer_push (pair->writer, "typed", 5));
      turn (5);
    }
  g_assert_cmpuint (lab_terminal_writer_get_pending (pair->writer), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/terminal/writer/order", Pair, NULL, pair_set_up, test_order, pair_tear_down);
  g_test_add ("/terminal/writer/paste", Pair, NULL, pair_set_up, test_paste, pair_tear_down);
  g_test_add ("/terminal/writer/stalled", Pair, NULL, pair_set_up, test_stalled, pair_tear_down);
  g_test_add ("/terminal/writer/broken", Pair, NULL, pair_set_up, test_broken, pair_tear_down);
  return g_test_run ();
}
