/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consoles: replay, several clients, slow ones, floods. */

#include "config.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine-harness.h"

static Harness *
with_fake (const char *start)
{
  Harness *lab = harness_new ();
  g_autofree char *node = harness_node (1, "R1", "fake-iou", start);
  g_auto (GStrv) warnings = harness_apply (lab, node, "");

  harness_act (lab, "Start", "R1");
  return lab;
}

static void
test_replay (void)
{
  Harness *lab = with_fake ("print first light");
  Console *replay;
  Console *live;

  harness_wait_state (lab, "R1", LAB_STATE_READY);
  replay = console_open (lab, "R1", FALSE);
  g_assert_true (console_wait (replay, "first light\r\nfake#", HARNESS_PATIENCE_MS));
  live = console_open (lab, "R1", TRUE);
  g_assert_cmpstr (console_read (live, 200), ==, "");

  /* Both see what either types, and the answer once. */
  console_type (live, "print to all\r");
  g_assert_true (console_wait (live, "print to all\r\nto all\r\nfake#", HARNESS_PATIENCE_MS));
  g_assert_true (console_wait (replay, "print to all\r\nto all\r\nfake#", HARNESS_PATIENCE_MS));
  g_assert_cmpstr (console_read (replay, 200), ==, "");
  console_close (live);
  console_type (replay, "print still here\r");
  g_assert_true (console_wait (replay, "\r\nstill here", HARNESS_PATIENCE_MS));
  console_close (replay);
  harness_free (lab);
}

static void
test_many_clients (void)
{
  Harness *lab = with_fake ("");
  Console *clients[33];

  harness_wait_state (lab, "R1", LAB_STATE_READY);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = console_open (lab, "R1", FALSE);
  g_assert_true (console_wait (clients[32], "32 programs are connected", HARNESS_PATIENCE_MS));
  for (guint i = 0; i < 32; i++)
    g_assert_true (console_wait (clients[i], "fake#", HARNESS_PATIENCE_MS));
  console_type (clients[5], "print x\r");
  for (guint i = 0; i < 32; i++)
    g_assert_true (console_wait (clients[i], "\r\nx\r\n", HARNESS_PATIENCE_MS));
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    console_close (clients[i]);

  /* They are gone: there is room again. */
  clients[0] = console_open (lab, "R1", FALSE);
  g_assert_true (console_wait (clients[0], "fake#", HARNESS_PATIENCE_MS));
  console_close (clients[0]);
  harness_free (lab);
}

/* One client does not read; the device and the other client do not notice. */
static void
test_slow_client (void)
{
  Harness *lab = with_fake ("");
  Console *slow;
  Console *quick;
  char *marker;

  harness_wait_state (lab, "R1", LAB_STATE_READY);
  slow = console_open (lab, "R1", TRUE);
  quick = console_open (lab, "R1", TRUE);
  console_type (quick, "flood 30000\r");
  g_assert_true (console_wait (quick, "flood 000029999 ", 20000));
  g_assert_true (console_wait (quick, "fake#", HARNESS_PATIENCE_MS));

  console_read (slow, 1000);
  marker = strstr (slow->text->str, "[… ");
  g_assert_nonnull (marker);
  g_assert_nonnull (strstr (marker, " skipped]\r\nflood 0000"));
  g_assert_true (console_wait (slow, "flood 000029999 ", HARNESS_PATIENCE_MS));
  g_assert_true (console_wait (slow, "fake#", HARNESS_PATIENCE_MS));
  console_type (slow, "print awake\r");
  g_assert_true (console_wait (slow, "\r\nawake", HARNESS_PATIENCE_MS));
  console_close (slow);
  console_close (quick);
  harness_free (lab);
}

/* The newest megabyte is kept, from the beginning of a line. */
static void
test_scroll_back_limit (void)
{
  Harness *lab = with_fake ("flood 40000");
  Console *console;

  harness_wait_state (lab, "R1", LAB_STATE_READY);
  console = console_open (lab, "R1", FALSE);
  console_read (console, 1000);
  g_assert_true (g_str_has_prefix (console->text->str, "flood 0000"));
  g_assert_cmpuint (console->text->len, <=, 1024 * 1024);
  g_assert_cmpuint (console->text->len, >, 900 * 1024);
  g_assert_nonnull (strstr (console->text->str, "flood 000039999 "));
  g_assert_null (strstr (console->text->str, "skipped"));
  console_close (console);
  harness_free (lab);
}

/* A device that never stops writing does not keep the engine from its other work. */
static void
test_flood (void)
{
  Harness *lab = harness_new ();
  g_autofree char *flooder = harness_node (1, "R1", "fake-iou", "flood 0");
  g_autofree char *other = harness_node (2, "R2", "fake-iou", "");
  g_autofree char *nodes = g_strdup_printf ("%s, %s", flooder, other);
  g_auto (GStrv) warnings = harness_apply (lab, nodes, "");
  Console *console;

  harness_act (lab, "Start", "R1");
  harness_act (lab, "Start", "R2");
  harness_wait_state (lab, "R2", LAB_STATE_READY);
  console = console_open (lab, "R2", TRUE);
  for (guint i = 0; i < 20; i++)
    {
      console_type (console, "print pong\r");
      g_assert_true (console_wait (console, "\r\npong", HARNESS_PATIENCE_MS));
    }
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  console_close (console);
  harness_free (lab);
}

/* A device that does not read: what is typed waits, first here, then in the client. */
static void
test_deaf (void)
{
  Harness *lab = with_fake ("deaf");
  g_autofree char *text = g_strnfill (4096, 'x');
  Console *console;
  gsize sent = 0;

  harness_wait_state (lab, "R1", LAB_STATE_READY);
  console = console_open (lab, "R1", TRUE);
  while (sent < 8 * 1024 * 1024)
    {
      struct pollfd pfd = { .fd = console->fd, .events = POLLOUT };
      gssize n;

      if (poll (&pfd, 1, 500) == 0)
        break;
      n = send (console->fd, text, 4096, MSG_DONTWAIT | MSG_NOSIGNAL);
      g_assert_cmpint (n, >, 0);
      sent += (gsize) n;
    }
  g_assert_cmpuint (sent, <, 4 * 1024 * 1024);

  /* The engine is well, and a reload lets it go on. */
  harness_act (lab, "Stop", "R1");
  harness_wait_state (lab, "R1", LAB_STATE_STOPPED);
  console_close (console);
  harness_free (lab);
}

/* Everything that is typed arrives, in order, however large the paste. */
static void
test_paste (void)
{
  Harness *lab = with_fake ("");
  g_autoptr (GString) text = g_string_new (NULL);
  Console *console;

  harness_wait_state (lab, "R1", LAB_STATE_READY);
  console = console_open (lab, "R1", TRUE);
  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, "print paste %u\r", i);
  for (gsize at = 0; at < text->len;)
    {
      gssize n = send (console->fd, text->str + at, MIN (text->len - at, 2000), MSG_DONTWAIT);

      if (n > 0)
        at += (gsize) n;
      console_read (console, 1);
    }
  for (guint i = 0; i < 4000; i++)
    {
      g_autofree char *expected = g_strdup_printf ("\r\npaste %u\r\n", i);

      g_assert_true (console_wait (console, expected, HARNESS_PATIENCE_MS));
    }
  console_close (console);
  harness_free (lab);
}

/* A client that only sends and then shuts its side still gets the output. */
static void
test_half_closed (void)
{
  Harness *lab = with_fake ("");
  Console *console;

  harness_wait_state (lab, "R1", LAB_STATE_READY);
  console = console_open (lab, "R1", TRUE);
  console_type (console, "print answer\r");
  shutdown (console->fd, SHUT_WR);
  g_assert_true (console_wait (console, "\r\nanswer\r\n", HARNESS_PATIENCE_MS));
  console_close (console);
  harness_free (lab);
}

/* The word that the first line gives, and the console's own. (transfer full) */
static char *
read_mark (Console *console, char **id)
{
  char *mark;
  char *end;
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;

  while (strchr (console->text->str, '\n') == NULL)
    console_read (console, 20);
  g_assert_true (g_str_has_prefix (console->text->str, "replay "));
  end = strchr (console->text->str, '\n');
  line = g_strndup (console->text->str, end - console->text->str);
  words = g_strsplit (line, " ", 0);
  g_assert_cmpuint (g_strv_length (words), ==, 3);
  mark = g_strdup (words[1]);
  if (id != NULL)
    *id = g_strdup (words[2]);
  g_string_erase (console->text, 0, end + 1 - console->text->str);
  return mark;
}

/* A terminal is told where the scroll-back ends; two of them by different words. */
static void
test_marked (void)
{
  Harness *lab = with_fake ("print before");
  g_autofree char *mark = NULL;
  g_autofree char *other_mark = NULL;
  g_autofree char *id = NULL;
  g_autofree char *other_id = NULL;
  g_autofree char *end = NULL;
  Console *console;
  Console *other;

  harness_wait_state (lab, "R1", LAB_STATE_READY);
  console = console_open_marked (lab, "R1");
  mark = read_mark (console, &id);
  end = g_strconcat ("before\r\nfake#", mark, NULL);
  g_assert_true (console_wait (console, end, HARNESS_PATIENCE_MS));
  console_type (console, "print after\r");
  g_assert_true (console_wait (console, "print after\r\nafter\r\nfake#", HARNESS_PATIENCE_MS));
  g_assert_cmpstr (console_read (console, 100), ==, "");

  other = console_open_marked (lab, "R1");
  other_mark = read_mark (other, &other_id);
  g_assert_cmpstr (mark, !=, other_mark);
  g_assert_cmpstr (id, ==, other_id);
  g_assert_true (console_wait (other, "after\r\nfake#", HARNESS_PATIENCE_MS));
  g_assert_true (g_str_has_prefix (other->text->str, other_mark));
  g_assert_null (strstr (other->text->str, mark));
  console_close (console);
  console_close (other);
  harness_free (lab);
}

/* Scroll-back that goes while it is being sent: the mark comes all the same. */
static void
test_marked_skipped (void)
{
  Harness *lab = with_fake ("flood 30000");
  g_autofree char *mark = NULL;
  Console *slow;
  Console *quick;
  const char *found;

  harness_wait_state (lab, "R1", LAB_STATE_READY);
  slow = console_open_marked (lab, "R1");
  quick = console_open (lab, "R1", TRUE);
  console_type (quick, "flood 60000\r");
  g_assert_true (console_wait (quick, "flood 000059999 ", 20000));
  mark = read_mark (slow, NULL);
  console_read (slow, 1000);
  found = strstr (slow->text->str, mark);
  g_assert_nonnull (found);
  g_assert_null (strstr (found + 1, mark));
  g_assert_nonnull (strstr (slow->text->str, " skipped]"));
  g_assert_nonnull (strstr (found, "flood 000059999 "));
  console_close (slow);
  console_close (quick);
  harness_free (lab);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/console/replay", test_replay);
  g_test_add_func ("/engine/console/many-clients", test_many_clients);
  g_test_add_func ("/engine/console/slow-client", test_slow_client);
  g_test_add_func ("/engine/console/scroll-back-limit", test_scroll_back_limit);
  g_test_add_func ("/engine/console/flood", test_flood);
  g_test_add_func ("/engine/console/deaf", test_deaf);
  g_test_add_func ("/engine/console/paste", test_paste);
  g_test_add_func ("/engine/console/half-closed", test_half_closed);
  g_test_add_func ("/engine/console/marked", test_marked);
  g_test_add_func ("/engine/console/marked-skipped", test_marked_skipped);
  return g_test_run ();
}
