/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The flight recorder, read by tshark. */

#include "relay-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "relay-tshark.h"

#define FRAME 1400

static void
send_numbered (Peer *from, Peer *to, guint number)
{
  guint8 bytes[FRAME] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xb5 };

  bytes[14] = (guint8) (number >> 8);
  bytes[15] = (guint8) number;
  peer_send (from, 0, bytes, sizeof bytes);
  if (to != NULL)
    peer_assert_receives (to, 0, bytes, sizeof bytes);
}

/* What is told about the save: the line "! …", without the name. (transfer full) */
static char *
wait_told (Fixture *f, int watch, GString *input, const char *what)
{
  gint64 until = g_get_monotonic_time () + LONG;
  g_autofree char *prefix = g_strdup_printf ("! %s ", what);

  while (g_get_monotonic_time () < until)
    {
      char *line = fixture_read_line (watch, input, LONG);

      g_assert_nonnull (line);
      if (g_str_has_prefix (line, prefix))
        return line;
      g_free (line);
    }
  g_assert_not_reached ();
}

typedef struct
{
  Fixture *f;
  int fd;
  GString *input;
} Watch;

static Watch
watch_new (Fixture *f)
{
  Watch watch = { .f = f, .fd = fixture_connect (f), .input = g_string_new (NULL) };
  g_autofree char *line = NULL;

  g_assert_cmpint (write (watch.fd, "watch\n", 6), ==, 6);
  line = fixture_read_line (watch.fd, watch.input, LONG);
  g_assert_cmpstr (line, ==, "ok");
  return watch;
}

static void
watch_clear (Watch *watch)
{
  close (watch->fd);
  g_string_free (watch->input, TRUE);
}

/* The last frames of all links in the order of their times; each once. */
static void
test_last_frames (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=2");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=2");
  g_autofree char *file = fixture_path (f, "just now.pcapng");
  g_autofree char *told = NULL;
  g_autofree char *fields = NULL;
  g_autofree char *malformed = NULL;
  g_auto (GStrv) lines = NULL;
  Watch watch = watch_new (f);
  guint n;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_refused (f, "recorder is off", "record save s file=%s", f->dir);
  fixture_ok (f, "record on size=131072");
  fixture_ok (f, "record title 1:0/0=R1%%20e0/0 2:0/0=R2%%20e0/0");
  for (guint i = 0; i < 300; i++)
    send_numbered (i % 3 == 0 ? b : a, i % 3 == 0 ? a : b, i);
  fixture_ok (f, "list recordings");
  g_assert_cmpuint (f->details->len, ==, 1);
  g_assert_nonnull (strstr (f->details->pdata[0], "state=recording frames="));
  fixture_ok (f, "record save s file=%s/just%%20now.pcapng", f->dir);
  told = wait_told (f, watch.fd, watch.input, "record-saved");
  if (have_tshark ())
    {
      malformed = tshark (file, "-Y _ws.malformed");
      g_assert_cmpstr (malformed, ==, "");
      fields = tshark (file, "-T fields -e data.data -e frame.interface_name "
                             "-e frame.packet_flags_direction -e frame.time_epoch");
      lines = g_strsplit (g_strchomp (fields), "\n", -1);
      n = g_strv_length (lines);
      /* 131072 bytes hold 90 of these; the ring breaks once */
      g_assert_cmpuint (n, >=, 85);
      g_assert_cmpuint (n, <=, 91);
      for (guint i = 0; i < n; i++)
        {
          guint number = 300 - n + i;
          g_autofree char *data = g_strdup_printf ("%04x", number);

          g_assert_true (g_str_has_prefix (lines[i], data));
          g_assert_nonnull (strstr (lines[i], number % 3 == 0 ? "R2 e0/0" : "R1 e0/0"));
          g_assert_nonnull (strstr (lines[i], "\t0x00000002\t"));
        }
    }
  watch_clear (&watch);
}

/* Two links, one of which was taken away: both are in it, or only one by its end. An impaired link
 * shows what was sent and what arrived. */
static void
test_links (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 serial=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 serial=1");
  g_autofree char *all = fixture_path (f, "all");
  g_autofree char *one = fixture_path (f, "one");
  g_auto (GStrv) told = g_new0 (char *, 3);
  g_autofree char *all_fields = NULL;
  g_autofree char *one_fields = NULL;
  const guint8 ppp[] = { 0xff, 3, 0xc0, 0x21, 9, 1, 0, 8, 0, 0, 0, 0 };
  Watch watch = watch_new (f);

  fixture_ok (f, "record on size=1000000");
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "link add y 1:1/0 2:1/0");
  fixture_ok (f, "impair 1:0/0 nth=2");
  for (guint i = 0; i < 4; i++)
    send_numbered (a, i % 2 == 0 ? b : NULL, i);
  fixture_wait_value (f, "1:0/0", "drops_impaired", 2);
  fixture_ok (f, "impair 1:0/0 off");
  peer_send (b, IOU_PORT (1, 0), ppp, sizeof ppp);
  peer_assert_receives (a, IOU_PORT (1, 0), ppp, sizeof ppp);
  fixture_ok (f, "link remove x");
  fixture_ok (f, "link add x 2:0/0 1:0/0");
  send_numbered (a, b, 4);
  fixture_ok (f, "link remove x");
  fixture_ok (f, "record save s file=%s", all);
  told[0] = wait_told (f, watch.fd, watch.input, "record-saved");
  g_assert_cmpstr (told[0], ==, "! record-saved s frames=8");
  fixture_ok (f, "record save t file=%s 2:1/0", one);
  told[1] = wait_told (f, watch.fd, watch.input, "record-saved");
  g_assert_cmpstr (told[1], ==, "! record-saved t frames=1");
  if (have_tshark ())
    {
      all_fields =
          tshark (all, "-T fields -e frame.interface_name -e frame.packet_flags_direction");
      g_assert_cmpstr (all_fields, ==,
                       "1:0/0\t0x00000002\n2:0/0\t0x00000001\n1:0/0\t0x00000002\n"
                       "1:0/0\t0x00000002\n2:0/0\t0x00000001\n1:0/0\t0x00000002\n"
                       "2:1/0\t0x00000002\n1:0/0\t0x00000002\n");
      one_fields = tshark (one, "-T fields -e frame.protocols");
      g_assert_cmpstr (one_fields, ==, "ppp:lcp\n");
    }
  watch_clear (&watch);
}

/* A disk that is full, a folder that is not there; nothing is left lying about, and frames go on.
 */
static void
test_failures (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");
  g_autofree char *told = NULL;
  Watch watch = watch_new (f);

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_refused (f, "size must be", "record on size=10");
  fixture_refused (f, "size=BYTES", "record on much");
  fixture_ok (f, "record on size=65536");
  send_numbered (a, b, 1);
  fixture_refused (f, "from the root", "record save s file=here");
  fixture_refused (f, "nothing is recorded", "record save s file=/tmp/x 3:0/0");
  fixture_refused (f, "nothing is recorded", "record title 3:0/0=x");
  fixture_ok (f, "record save s file=%s/none/x", f->dir);
  told = wait_told (f, watch.fd, watch.input, "record-failed");
  g_assert_cmpstr (told, ==, "! record-failed s No such file or directory");
  send_numbered (a, b, 2);
  fixture_ok (f, "record off");
  fixture_ok (f, "list recordings");
  g_assert_cmpuint (f->details->len, ==, 0);
  send_numbered (a, b, 3);
  watch_clear (&watch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/recorder/last-frames", test_last_frames);
  g_test_add_func ("/relay/recorder/links", test_links);
  g_test_add_func ("/relay/recorder/failures", test_failures);
  return g_test_run ();
}
