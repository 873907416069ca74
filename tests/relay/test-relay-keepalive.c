/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layer-1 keepalives and the lines they keep up. */

#include "relay-fixture.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void
assert_line (Fixture *f, const char *end, const char *line)
{
  g_autofree char *word = fixture_word (f, end, "line");

  g_assert_cmpstr (word, ==, line);
}

static void
test_relayed (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 serial=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 serial=1 keepalives=on");

  fixture_ok (f, "link add x 1:0/0 2:0/2");
  fixture_ok (f, "link add y 1:1/1 2:1/3");
  g_assert_cmpuint (fixture_value (f, "1:0/0", "in_keepalives"), ==, 0);
  assert_line (f, "1:0/0", "down");

  /* One of the relay's own to each end. */
  for (guint i = 0; i < 4; i++)
    {
      guint8 bytes[16];

      g_assert_cmpint (recv (i % 2 ? a->l1 : b->l1, bytes, sizeof bytes, 0), ==, IOU_HEADER_SIZE);
    }
  peer_send_keepalive (a, IOU_PORT (0, 0));
  g_assert_cmpuint (peer_count_keepalives (b, IOU_PORT (0, 2), SHORT), ==, 1);
  peer_send_keepalive (b, IOU_PORT (1, 3));
  g_assert_cmpuint (peer_count_keepalives (a, IOU_PORT (1, 1), SHORT), ==, 1);
  g_assert_cmpuint (fixture_value (f, "1:0/0", "in_keepalives"), ==, 1);
  g_assert_cmpuint (fixture_value (f, "2:0/2", "out_keepalives"), ==, 2);

  peer_send_keepalive (b, IOU_PORT (0, 2));
  fixture_wait_value (f, "2:0/2", "in_keepalives", 1);
  assert_line (f, "1:0/0", "up");
  assert_line (f, "2:0/2", "up");
}

static void
test_synthetic (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 keepalives=on");

  fixture_ok (f, "link add x 1:0/0 2:0/1 unplugged");
  g_assert_cmpuint (peer_count_keepalives (a, 0, SHORT), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      fixture_ok (f, "link plug x");
      g_assert_cmpuint (peer_count_keepalives (a, 0, 2 * SHORT), ==, 1);
      g_assert_cmpuint (peer_count_keepalives (b, IOU_PORT (0, 1), 2 * SHORT), ==, 1);
      fixture_ok (f, "link unplug x");

      /* Unplugged: nothing gets through, nothing of the relay's own. */
      peer_send_keepalive (a, 0);
      g_assert_cmpuint (peer_count_keepalives (b, IOU_PORT (0, 1), SHORT), ==, 0);
      g_assert_cmpuint (peer_count_keepalives (a, 0, SHORT), ==, 0);
      assert_line (f, "1:0/0", "down");
    }
  fixture_ok (f, "link plug x");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 2 * SHORT), ==, 1);
  g_assert_cmpuint (peer_count_keepalives (b, IOU_PORT (0, 1), 2 * SHORT), ==, 1);
  fixture_ok (f, "instance restarted 2");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 2 * SHORT), ==, 1);
  g_assert_cmpuint (peer_count_keepalives (b, IOU_PORT (0, 1), 2 * SHORT), ==, 1);
}

/* It is owed until both are there. */
static void
test_synthetic_later (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 keepalives=on");

  peer_unbind (b);
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 2 * SHORT), ==, 0);
  peer_bind (b);
  g_assert_cmpuint (peer_count_keepalives (a, 0, 4 * SHORT), ==, 1);
  g_assert_cmpuint (peer_count_keepalives (b, 0, 4 * SHORT), ==, 1);
}

static void
test_built_in (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");

  fixture_ok (f, "switch add s ports=2");
  fixture_ok (f, "hub add h ports=2");
  fixture_ok (f, "link add x 1:0/0 s:0");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 2 * SHORT), ==, 1);
  peer_send_keepalive (a, 0);
  g_assert_cmpuint (peer_count_keepalives (a, 0, SHORT), ==, 1);
  assert_line (f, "1:0/0", "up");
  assert_line (f, "s:0", "unknown");
  fixture_ok (f, "link remove x");
  assert_line (f, "1:0/0", "down");
  peer_send_keepalive (a, 0);
  g_assert_cmpuint (peer_count_keepalives (a, 0, SHORT), ==, 0);
  fixture_ok (f, "link add x 1:0/0 h:1");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 2 * SHORT), ==, 1);
}

/* A peer that sends no keepalives is answered for while it is there. */
static void
test_peer_without (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1");

  g_assert_cmpint (b->l1, ==, -1);
  fixture_ok (f, "link add x 1:0/0 2:0/0");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 2 * SHORT), ==, 1);
  peer_send_keepalive (a, 0);
  g_assert_cmpuint (peer_count_keepalives (a, 0, SHORT), ==, 1);
  assert_line (f, "2:0/0", "unknown");
  peer_unbind (b);
  peer_send_keepalive (a, 0);
  g_assert_cmpuint (peer_count_keepalives (a, 0, SHORT), ==, 0);
}

static void
test_hold (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 keepalives=on");

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  fixture_ok (f, "link add y 1:0/1 2:0/1");
  g_usleep (300000);
  peer_unbind (a); /* forgets what came */
  peer_bind (a);
  peer_send_keepalive (b, 0); /* 0/0 is up, 0/1 is not */
  g_assert_cmpuint (peer_count_keepalives (a, 0, SHORT), ==, 1);
  fixture_ok (f, "instance hold 2 on");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 2500000), ==, 2);
  fixture_ok (f, "link unplug x");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 1200000), ==, 0);
  fixture_ok (f, "link plug x");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 1500000), >=, 2); /* one synthetic, then held */
  fixture_ok (f, "link remove y");
  fixture_ok (f, "instance hold 2 off");
  g_assert_cmpuint (peer_count_keepalives (a, 0, 2 * SHORT), ==, 1);
  g_assert_cmpuint (peer_count_keepalives (a, 0, 1200000), ==, 0);
}

/* A silent device's line goes down after ten seconds, its peer's too, and then nothing wakes. */
static void
test_line_goes_down (void)
{
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 keepalives=on");
  guint64 wakeups;

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  for (guint i = 0; i < 4; i++)
    {
      peer_send_keepalive (a, 0);
      if (i < 2)
        peer_send_keepalive (b, 0);
      g_usleep (1000000);
      assert_line (f, "1:0/0", "up");
    }
  g_usleep (7500000); /* 10.5 s since the last of b, 8.5 s since the last of a */
  assert_line (f, "1:0/0", "down");
  assert_line (f, "2:0/0", "down");
  g_usleep (2000000);
  wakeups = fixture_value (f, NULL, "wakeups");
  g_usleep (1000000);
  g_assert_cmpuint (fixture_value (f, NULL, "wakeups"), <=, wakeups + 1); /* our question */
}

static void
test_refuses (void)
{
  static const struct
  {
    guint8 bytes[9];
    gsize length;
  } wrong[] = {
    { { 4, 0, 0, 1, 0, 0, 1, 0 }, 8 },       { { 4, 0, 0, 1, 0, 0, 3, 0, 0 }, 9 },
    { { 4, 1, 0, 1, 0, 0, 3, 0 }, 8 },       { { 4, 0, 0, 2, 0, 0, 3, 0 }, 8 },
    { { 4, 0, 0, 1, 0x40, 0x40, 3, 0 }, 8 }, { { 4, 0, 0, 1, 1, 1, 3, 0 }, 8 },
    { { 4, 0, 0, 1, 0, 0, 3 }, 7 },          { { 4 }, 0 },
  };
  g_autoptr (Fixture) f = fixture_new_started ();
  g_autoptr (Peer) a = peer_new (f, 1, "ethernet=1 keepalives=on");
  g_autoptr (Peer) b = peer_new (f, 2, "ethernet=1 keepalives=on");
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  fixture_ok (f, "link add x 1:0/0 2:0/0");
  g_assert_cmpuint (peer_count_keepalives (b, 0, 2 * SHORT), ==, 1);
  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/netl1%u/L1%d", a->dir,
              (guint) getuid (), PSEUDO);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_cmpint (sendto (a->l1, wrong[i].bytes, wrong[i].length, 0,
                               (struct sockaddr *) &address, sizeof address),
                       ==, (gssize) wrong[i].length);
      fixture_wait_value (f, "1:0/0", "drops_invalid", i + 1);
    }
  g_assert_cmpuint (peer_count_keepalives (b, 0, SHORT), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/keepalive/relayed", test_relayed);
  g_test_add_func ("/relay/keepalive/synthetic", test_synthetic);
  g_test_add_func ("/relay/keepalive/synthetic-later", test_synthetic_later);
  g_test_add_func ("/relay/keepalive/built-in", test_built_in);
  g_test_add_func ("/relay/keepalive/peer-without", test_peer_without);
  g_test_add_func ("/relay/keepalive/hold", test_hold);
  g_test_add_func ("/relay/keepalive/line-goes-down", test_line_goes_down);
  g_test_add_func ("/relay/keepalive/refuses", test_refuses);
  return g_test_run ();
}
