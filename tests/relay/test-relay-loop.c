/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loops of switches and hubs: noticed, said, stopped, and over when they are opened. */

#include "relay-fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SAID (2 * G_USEC_PER_SEC) /* a loop must be said within that */
#define OVER (5 * G_USEC_PER_SEC)

static const guint8 broadcast[] = BROADCAST "\x02\x00\x00\x00\x00\x01\x08\x00 who has what?";

typedef struct
{
  Fixture *f;
  Peer *one, *two;
  int watch; /* a client that watches */
  GString *input;
} Net;

static void
net_open (Net *net)
{
  g_autofree char *line = NULL;

  net->f = fixture_new_started ();
  net->one = peer_new (net->f, 1, "ethernet=1");
  net->two = peer_new (net->f, 2, "ethernet=1");
  net->watch = fixture_connect (net->f);
  net->input = g_string_new (NULL);
  g_assert_cmpint (write (net->watch, "watch\n", 6), ==, 6);
  line = fixture_read_line (net->watch, net->input, LONG);
  g_assert_cmpstr (line, ==, "ok");
}

static void
net_close (Net *net)
{
  close (net->watch);
  g_string_free (net->input, TRUE);
  peer_free (net->one);
  peer_free (net->two);
  fixture_free (net->f);
}

/* The next thing that is said; its port. (transfer full) */
static char *
expect_said (Net *net, const char *what, gint64 patience)
{
  g_autofree char *line = fixture_read_line (net->watch, net->input, patience);
  g_autofree char *prefix = g_strdup_printf ("! %s ", what);

  if (line == NULL || !g_str_has_prefix (line, prefix))
    g_error ("“%s” was not said, but: %s", what, line);
  return g_strdup (line + strlen (prefix));
}

static void
expect_nothing_said (Net *net, gint64 patience)
{
  g_autofree char *line = fixture_read_line (net->watch, net->input, patience);

  g_assert_null (line);
}

static void
send_broadcast (Net *net)
{
  peer_send (net->one, 0, broadcast, sizeof broadcast);
}

static void
drain (Peer *peer)
{
  g_autoptr (GBytes) frame = NULL;

  do
    {
      g_clear_pointer (&frame, g_bytes_unref);
      frame = peer_receive (peer, 0, SHORT);
    }
  while (frame != NULL);
}

/* Frames that are no probes, within a time. */
static guint
count_frames (Peer *peer, gint64 time)
{
  gint64 until = g_get_monotonic_time () + time;
  guint count = 0;

  while (g_get_monotonic_time () < until)
    {
      g_autoptr (GBytes) frame = peer_receive (peer, 0, until - g_get_monotonic_time ());
      const guint8 *bytes = frame != NULL ? g_bytes_get_data (frame, NULL) : NULL;

      count += bytes != NULL && (bytes[12] != 0x88 || bytes[13] != 0xb5);
    }
  return count;
}

/* Processor time of the relay, in microseconds. */
static gint64
relay_time (Net *net)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) net->f->pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  words = g_strsplit (strrchr (text, ')'), " ", -1);
  return (g_ascii_strtoll (words[12], NULL, 10) + g_ascii_strtoll (words[13], NULL, 10)) *
         (G_USEC_PER_SEC / sysconf (_SC_CLK_TCK));
}

/* Said in time; then the lab works with one copy of each frame, and the relay is idle. */
static void
assert_stopped (Net *net)
{
  g_autofree char *port = NULL;
  g_autofree char *blocked = NULL;
  gint64 before;

  send_broadcast (net);
  port = expect_said (net, "loop", SAID);
  blocked = fixture_word (net->f, port, "blocked");
  g_assert_cmpstr (blocked, ==, "yes");
  g_usleep (300000);
  drain (net->one);
  drain (net->two);
  send_broadcast (net);
  g_assert_cmpuint (count_frames (net->two, 3 * SHORT), ==, 1);
  g_assert_cmpuint (count_frames (net->one, SHORT), ==, 0);
  before = relay_time (net);
  expect_nothing_said (net, 2500000); /* it stays, while the loop does */
  g_assert_cmpint (relay_time (net) - before, <=, 50000);
}

static void
assert_over (Net *net, const char *command)
{
  g_autofree char *port = NULL;
  g_autofree char *blocked = NULL;

  fixture_ok (net->f, "%s", command);
  port = expect_said (net, "loop-over", OVER);
  blocked = fixture_word (net->f, port, "blocked");
  g_assert_cmpstr (blocked, ==, "no");
  drain (net->two);
  send_broadcast (net);
  g_assert_cmpuint (count_frames (net->two, SHORT), ==, 1);
}

/* Two cables between two switches. */
static void
test_parallel (void)
{
  Net net;

  net_open (&net);
  fixture_ok (net.f, "switch add s ports=4");
  fixture_ok (net.f, "switch add t ports=4");
  fixture_ok (net.f, "link add a 1:0/0 s:0");
  fixture_ok (net.f, "link add b 2:0/0 t:0");
  fixture_ok (net.f, "link add c s:1 t:1");
  fixture_ok (net.f, "link add d s:2 t:2");
  assert_stopped (&net);
  assert_over (&net, "link remove c");
  fixture_ok (net.f, "link add c s:1 t:1");
  assert_stopped (&net); /* again */
  assert_over (&net, "link unplug d");
  net_close (&net);
}

/* A ring of trunks, of which only one VLAN goes all the way round. */
static void
test_trunks (void)
{
  static const char *const switches[] = { "s", "t", "u" };
  Net net;

  net_open (&net);
  for (guint i = 0; i < 3; i++)
    {
      fixture_ok (net.f, "switch add %s ports=4", switches[i]);
      fixture_ok (net.f, "switch port %s 0 access 20", switches[i]);
      fixture_ok (net.f, "switch port %s 1 trunk native=1", switches[i]);
      fixture_ok (net.f, "switch port %s 2 trunk native=1 allowed=20", switches[i]);
    }
  fixture_ok (net.f, "link add a 1:0/0 s:0");
  fixture_ok (net.f, "link add b 2:0/0 t:0");
  fixture_ok (net.f, "link add c s:1 t:2");
  fixture_ok (net.f, "link add d t:1 u:2");
  fixture_ok (net.f, "link add e u:1 s:2");
  assert_stopped (&net);
  assert_over (&net, "link unplug d");
  net_close (&net);
}

/* A cable from a hub to itself, and two hubs. */
static void
test_hubs (void)
{
  Net net;

  net_open (&net);
  fixture_ok (net.f, "hub add s ports=6");
  fixture_ok (net.f, "link add a 1:0/0 s:0");
  fixture_ok (net.f, "link add b 2:0/0 s:1");
  fixture_ok (net.f, "link add c s:2 s:3");
  assert_stopped (&net);
  assert_over (&net, "link remove c");
  fixture_ok (net.f, "hub add t ports=4");
  fixture_ok (net.f, "link add c s:2 t:0");
  fixture_ok (net.f, "link add d s:3 t:1");
  assert_stopped (&net);
  assert_over (&net, "link remove d");
  net_close (&net);
}

typedef struct
{
  Peer *bridge;
  gint stop;
} Bridge;

/* A device that passes each frame from its port 0 to its port 1 and back. */
static gpointer
run_bridge (gpointer data)
{
  Bridge *self = data;

  while (!g_atomic_int_get (&self->stop))
    {
      guint8 bytes[IOU_MAX_DATAGRAM];
      struct timeval patience = { .tv_usec = 20000 };
      ssize_t n;

      setsockopt (self->bridge->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
      n = recv (self->bridge->fd, bytes, sizeof bytes, 0);
      if (n > IOU_HEADER_SIZE)
        peer_send (self->bridge, bytes[4] == 0 ? 0x10 : 0, bytes + IOU_HEADER_SIZE,
                   (gsize) n - IOU_HEADER_SIZE);
    }
  return NULL;
}

/* The loop goes through a device outside of the relay, so that no walk ends it. */
static void
test_through_device (void)
{
  Net net;
  Bridge bridge = { 0 };
  GThread *thread;

  net_open (&net);
  bridge.bridge = peer_new (net.f, 3, "ethernet=1");
  fixture_ok (net.f, "switch add s ports=4");
  fixture_ok (net.f, "link add a 1:0/0 s:0");
  fixture_ok (net.f, "link add b 2:0/0 s:1");
  fixture_ok (net.f, "link add c 3:0/0 s:2");
  fixture_ok (net.f, "link add d 3:0/1 s:3");
  thread = g_thread_new ("bridge", run_bridge, &bridge);
  assert_stopped (&net);
  assert_over (&net, "link unplug c");
  g_atomic_int_set (&bridge.stop, 1);
  g_thread_join (thread);
  peer_free (bridge.bridge);
  net_close (&net);
}

/* A host may say the same thing as often as it likes, and move. */
static void
test_no_loop (void)
{
  Net net;

  net_open (&net);
  fixture_ok (net.f, "switch add s ports=4");
  fixture_ok (net.f, "switch add t ports=4");
  fixture_ok (net.f, "link add a 1:0/0 s:0");
  fixture_ok (net.f, "link add b 2:0/0 t:0");
  fixture_ok (net.f, "link add c s:1 t:1");
  for (guint i = 0; i < 3000; i++)
    {
      send_broadcast (&net);
      g_bytes_unref (peer_receive (net.two, 0, LONG));
    }
  fixture_ok (net.f, "link remove a");
  fixture_ok (net.f, "link add a 1:0/0 t:2");
  for (guint i = 0; i < 500; i++)
    {
      send_broadcast (&net);
      g_bytes_unref (peer_receive (net.two, 0, LONG));
    }
  expect_nothing_said (&net, SHORT);
  net_close (&net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/loop/parallel", test_parallel);
  g_test_add_func ("/relay/loop/trunks", test_trunks);
  g_test_add_func ("/relay/loop/hubs", test_hubs);
  g_test_add_func ("/relay/loop/through-device", test_through_device);
  g_test_add_func ("/relay/loop/no-loop", test_no_loop);
  return g_test_run ();
}
