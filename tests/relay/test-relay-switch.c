/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Switches and hubs inside the relay. */

#include "relay-fixture.h"

#include <string.h>

#define MAX_HOSTS 4

typedef struct
{
  Fixture *f;
  Peer *hosts[MAX_HOSTS]; /* host i has id i + 1 */
} Net;

static void
net_open (Net *net, guint n_hosts)
{
  memset (net, 0, sizeof *net);
  net->f = fixture_new_started ();
  for (guint i = 0; i < n_hosts; i++)
    net->hosts[i] = peer_new (net->f, i + 1, "ethernet=1");
}

/* …each at the port of the same number of a switch or hub. */
static void
net_link (Net *net, const char *device)
{
  for (guint i = 0; i < MAX_HOSTS && net->hosts[i] != NULL; i++)
    fixture_ok (net->f, "link add l%u %u:0/0 %s:%u", i, i + 1, device, i);
}

static void
net_close (Net *net)
{
  for (guint i = 0; i < MAX_HOSTS; i++)
    g_clear_pointer (&net->hosts[i], peer_free);
  fixture_free (net->f);
}

/* A frame from host to host (MAX_HOSTS: to all), with a tag unless `tci` is -1. */
static GBytes *
frame_of (guint from, guint to, int tci)
{
  GByteArray *frame = g_byte_array_new ();
  guint8 bytes[6] = { 2, 0, 0, 0, 0, 0 };

  bytes[5] = (guint8) to;
  g_byte_array_append (frame, to == MAX_HOSTS ? (const guint8 *) BROADCAST : bytes, 6);
  bytes[5] = (guint8) from;
  g_byte_array_append (frame, bytes, 6);
  if (tci >= 0)
    {
      const guint8 tag[] = { 0x81, 0, (guint8) (tci >> 8), (guint8) tci };

      g_byte_array_append (frame, tag, sizeof tag);
    }
  g_byte_array_append (frame, (const guint8 *) "\x08\x00 a frame's content", 20);
  return g_byte_array_free_to_bytes (frame);
}

static void
net_send (Net *net, guint from, guint to, int tci)
{
  g_autoptr (GBytes) frame = frame_of (from, to, tci);

  peer_send (net->hosts[from], 0, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame));
}

/* What `from` sent to `to` arrives at `at`, with that tag. */
static void
net_expect (Net *net, guint at, guint from, guint to, int tci)
{
  g_autoptr (GBytes) frame = frame_of (from, to, tci);

  peer_assert_receives (net->hosts[at], 0, g_bytes_get_data (frame, NULL),
                        g_bytes_get_size (frame));
}

static void
net_expect_silence (Net *net, guint first, guint last)
{
  for (guint i = first; i <= last; i++)
    peer_assert_silent (net->hosts[i]);
}

static void
test_learning (void)
{
  Net net;

  net_open (&net, 3);
  fixture_ok (net.f, "switch add s ports=4");
  net_link (&net, "s");

  net_send (&net, 0, MAX_HOSTS, -1); /* to all */
  net_expect (&net, 1, 0, MAX_HOSTS, -1);
  net_expect (&net, 2, 0, MAX_HOSTS, -1);
  net_send (&net, 1, 2, -1); /* not known yet: to all */
  net_expect (&net, 0, 1, 2, -1);
  net_expect (&net, 2, 1, 2, -1);
  net_send (&net, 2, 0, -1); /* known */
  net_expect (&net, 0, 2, 0, -1);
  net_send (&net, 0, 2, -1);
  net_expect (&net, 2, 0, 2, -1);
  net_expect_silence (&net, 0, 2);

  fixture_ok (net.f, "switch macs s");
  g_assert_cmpuint (net.f->details->len, ==, 3);
  fixture_ok (net.f, "switch clear s");
  fixture_ok (net.f, "switch macs s");
  g_assert_cmpuint (net.f->details->len, ==, 0);
  net_send (&net, 0, 2, -1);
  net_expect (&net, 1, 0, 2, -1);
  net_expect (&net, 2, 0, 2, -1);
  net_close (&net);
}

/* A host that moves is found at its new place; what a pulled cable leaves behind is forgotten. */
static void
test_moving (void)
{
  Net net;

  net_open (&net, 3);
  fixture_ok (net.f, "switch add s ports=4");
  net_link (&net, "s");
  net_send (&net, 0, 1, -1);
  net_expect (&net, 1, 0, 1, -1);
  net_expect (&net, 2, 0, 1, -1);
  fixture_ok (net.f, "link unplug l0");
  fixture_ok (net.f, "switch macs s");
  g_assert_cmpuint (net.f->details->len, ==, 0);
  fixture_ok (net.f, "link remove l0");
  fixture_ok (net.f, "link add l0 1:0/0 s:3");
  net_send (&net, 0, MAX_HOSTS, -1);
  net_expect (&net, 1, 0, MAX_HOSTS, -1);
  net_expect (&net, 2, 0, MAX_HOSTS, -1);
  net_send (&net, 1, 0, -1);
  net_expect (&net, 0, 1, 0, -1);
  net_expect_silence (&net, 2, 2);
  net_close (&net);
}

static void
test_ageing (void)
{
  Net net;

  net_open (&net, 3);
  fixture_ok (net.f, "switch add s ports=4 ageing=1");
  net_link (&net, "s");
  net_send (&net, 0, MAX_HOSTS, -1);
  net_expect (&net, 1, 0, MAX_HOSTS, -1);
  net_expect (&net, 2, 0, MAX_HOSTS, -1);
  g_usleep (2100000);
  fixture_ok (net.f, "switch macs s");
  g_assert_cmpuint (net.f->details->len, ==, 0);
  net_send (&net, 1, 0, -1);
  net_expect (&net, 0, 1, 0, -1);
  net_expect (&net, 2, 1, 0, -1);
  net_close (&net);
}

static void
test_access (void)
{
  Net net;

  net_open (&net, 4);
  fixture_ok (net.f, "switch add s ports=4");
  for (guint i = 0; i < 4; i++)
    fixture_ok (net.f, "switch port s %u access %u", i, i < 2 ? 10u : 20u);
  net_link (&net, "s");
  net_send (&net, 0, MAX_HOSTS, -1);
  net_expect (&net, 1, 0, MAX_HOSTS, -1);
  net_send (&net, 3, MAX_HOSTS, -1);
  net_expect (&net, 2, 3, MAX_HOSTS, -1);
  net_send (&net, 0, 3, -1); /* an address of another VLAN */
  net_expect (&net, 1, 0, 3, -1);
  net_expect_silence (&net, 0, 3);

  net_send (&net, 0, 1, 20); /* a tag that says another VLAN */
  fixture_wait_value (net.f, "s:0", "drops_vlan", 1);
  net_send (&net, 0, 1, 10); /* its own, and priority only */
  net_expect (&net, 1, 0, 1, -1);
  net_send (&net, 0, 1, 0xe000);
  net_expect (&net, 1, 0, 1, -1);
  net_expect_silence (&net, 0, 3);

  fixture_ok (net.f, "switch port s 0 access 20"); /* while it runs */
  net_send (&net, 0, MAX_HOSTS, -1);
  net_expect (&net, 2, 0, MAX_HOSTS, -1);
  net_expect (&net, 3, 0, MAX_HOSTS, -1);
  net_expect_silence (&net, 1, 1);
  net_close (&net);
}

/* Host 3 is behind a trunk. */
static void
test_trunk (void)
{
  Net net;

  net_open (&net, 4);
  fixture_ok (net.f, "switch add s ports=4");
  fixture_ok (net.f, "switch port s 0 access 10");
  fixture_ok (net.f, "switch port s 1 access 20");
  fixture_ok (net.f, "switch port s 2 access 99");
  fixture_ok (net.f, "switch port s 3 trunk native=99 allowed=10,98-100");
  net_link (&net, "s");

  net_send (&net, 0, MAX_HOSTS, -1); /* gets a tag */
  net_expect (&net, 3, 0, MAX_HOSTS, 10);
  net_send (&net, 3, 0, 10); /* loses it, priority and all */
  net_expect (&net, 0, 3, 0, -1);
  net_send (&net, 3, 0, 0xa00a);
  net_expect (&net, 0, 3, 0, -1);
  net_send (&net, 2, MAX_HOSTS, -1); /* native: none */
  net_expect (&net, 3, 2, MAX_HOSTS, -1);
  net_send (&net, 3, 2, -1);
  net_expect (&net, 2, 3, 2, -1);
  net_send (&net, 3, 2, 99); /* native, but said */
  net_expect (&net, 2, 3, 2, -1);

  net_send (&net, 1, MAX_HOSTS, -1); /* not allowed, either way */
  net_send (&net, 3, MAX_HOSTS, 20);
  fixture_wait_value (net.f, "s:3", "drops_vlan", 1);
  net_send (&net, 3, MAX_HOSTS, 0xfff);
  fixture_wait_value (net.f, "s:3", "drops_vlan", 2);
  net_expect_silence (&net, 0, 3);
  net_close (&net);
}

/* Between two trunks a frame stays as it is. */
static void
test_trunk_to_trunk (void)
{
  Net net;

  net_open (&net, 2);
  fixture_ok (net.f, "switch add s ports=2");
  fixture_ok (net.f, "switch port s 0 trunk native=1");
  fixture_ok (net.f, "switch port s 1 trunk native=7");
  net_link (&net, "s");
  net_send (&net, 0, MAX_HOSTS, 0xb064);
  net_expect (&net, 1, 0, MAX_HOSTS, 0xb064);
  net_send (&net, 0, MAX_HOSTS, -1); /* VLAN 1 is tagged over there */
  net_expect (&net, 1, 0, MAX_HOSTS, 1);
  net_send (&net, 0, MAX_HOSTS, 7); /* and 7 is not */
  net_expect (&net, 1, 0, MAX_HOSTS, -1);
  net_close (&net);
}

/* Hosts 0, 1 on one switch, 2, 3 on another, two VLANs over the trunk between. */
static void
test_two_switches (void)
{
  Net net;

  net_open (&net, 4);
  fixture_ok (net.f, "switch add s ports=3");
  fixture_ok (net.f, "switch add t ports=3");
  for (guint i = 0; i < 2; i++)
    {
      fixture_ok (net.f, "switch port s %u access %u", i, 10 * (i + 1));
      fixture_ok (net.f, "switch port t %u access %u", i, 10 * (i + 1));
      fixture_ok (net.f, "link add s%u %u:0/0 s:%u", i, i + 1, i);
      fixture_ok (net.f, "link add t%u %u:0/0 t:%u", i, i + 3, i);
    }
  fixture_ok (net.f, "switch port s 2 trunk native=1");
  fixture_ok (net.f, "switch port t 2 trunk native=1");
  fixture_ok (net.f, "link add trunk s:2 t:2");

  net_send (&net, 0, MAX_HOSTS, -1);
  net_expect (&net, 2, 0, MAX_HOSTS, -1);
  net_send (&net, 3, MAX_HOSTS, -1);
  net_expect (&net, 1, 3, MAX_HOSTS, -1);
  net_send (&net, 2, 0, -1);
  net_expect (&net, 0, 2, 0, -1);
  net_expect_silence (&net, 0, 3);
  g_assert_cmpuint (fixture_value (net.f, "t:2", "in_frames"), ==, 2);
  g_assert_cmpuint (fixture_value (net.f, "t:2", "out_frames"), ==, 1);
  net_close (&net);
}

/* A tag under the tag that is taken away counts at the next switch, as it would on a wire. */
static void
test_inner_tag (void)
{
  Net net;
  guint8 frame[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,  0,    0, 0,   0,   0,   0x81,
                     0,    0,    99,   0x81, 0,    0,    10, 0x08, 0, 'x', 'y', 'z', 0 };
  guint8 inside[sizeof frame - 4];

  memcpy (inside, frame, 12);
  memcpy (inside + 12, frame + 16, sizeof frame - 16);
  net_open (&net, 2);
  fixture_ok (net.f, "switch add s ports=2");
  fixture_ok (net.f, "switch add t ports=2");
  fixture_ok (net.f, "switch port s 0 trunk native=1");
  fixture_ok (net.f, "switch port s 1 trunk native=99");
  fixture_ok (net.f, "switch port t 0 trunk native=1");
  fixture_ok (net.f, "switch port t 1 trunk native=1");
  fixture_ok (net.f, "link add a 1:0/0 s:0");
  fixture_ok (net.f, "link add m s:1 t:0");
  fixture_ok (net.f, "link add b t:1 2:0/0");
  peer_send (net.hosts[0], 0, frame, sizeof frame);
  peer_assert_receives (net.hosts[1], 0, inside, sizeof inside);

  fixture_ok (net.f, "switch port t 1 access 10");
  memcpy (inside + 12, frame + 20, sizeof frame - 20);
  peer_send (net.hosts[0], 0, frame, sizeof frame);
  peer_assert_receives (net.hosts[1], 0, inside, sizeof inside - 4);
  net_close (&net);
}

/* frame_of() with a second tag around it. */
static GBytes *
wrapped_frame_of (guint from, guint to, int inner, int outer)
{
  g_autoptr (GBytes) frame = frame_of (from, to, inner);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (frame, &size);
  const guint8 tag[] = { 0x81, 0, (guint8) (outer >> 8), (guint8) outer };
  GByteArray *wrapped = g_byte_array_new ();

  g_byte_array_append (wrapped, bytes, 12);
  g_byte_array_append (wrapped, tag, sizeof tag);
  g_byte_array_append (wrapped, bytes + 12, (guint) size - 12);
  return g_byte_array_free_to_bytes (wrapped);
}

/* A customer at port 0, a customer's other site at port 2, the provider's trunk at port 1. */
static void
test_qinq (void)
{
  Net net;

  net_open (&net, 4);
  fixture_ok (net.f, "switch add s ports=4");
  fixture_ok (net.f, "switch port s 0 qinq 100");
  fixture_ok (net.f, "switch port s 1 trunk native=1");
  fixture_ok (net.f, "switch port s 2 qinq 100");
  fixture_ok (net.f, "switch port s 3 access 100");
  net_link (&net, "s");
  fixture_refused (net.f, "the VLAN", "switch port s 0 qinq 4095");

  for (int inner = -1; inner < 4096; inner += 1024) /* no tag, and some */
    {
      g_autoptr (GBytes) outside = wrapped_frame_of (0, MAX_HOSTS, inner, 100);
      g_autoptr (GBytes) back = wrapped_frame_of (1, 0, inner, 100);

      net_send (&net, 0, MAX_HOSTS, inner);
      peer_assert_receives (net.hosts[1], 0, g_bytes_get_data (outside, NULL),
                            g_bytes_get_size (outside));
      net_expect (&net, 2, 0, MAX_HOSTS, inner);
      net_expect (&net, 3, 0, MAX_HOSTS, inner);
      peer_send (net.hosts[1], 0, g_bytes_get_data (back, NULL), g_bytes_get_size (back));
      net_expect (&net, 0, 1, 0, inner);
    }
  net_send (&net, 1, MAX_HOSTS, 7); /* not the tunnel's VLAN */
  net_expect_silence (&net, 0, 3);
  net_close (&net);
}

/* Customer's switches c and d, provider's p and q, all inside the relay: a frame with two tags is
 * never on a wire, and arrives without any. */
static void
test_qinq_inside (void)
{
  Net net;

  net_open (&net, 4);
  for (guint i = 0; i < 2; i++)
    {
      const char customer = "cd"[i];
      const char provider = "pq"[i];

      fixture_ok (net.f, "switch add %c ports=3", customer);
      fixture_ok (net.f, "switch port %c 0 access 5", customer);
      fixture_ok (net.f, "switch port %c 1 access 6", customer);
      fixture_ok (net.f, "switch port %c 2 trunk native=6", customer);
      fixture_ok (net.f, "switch add %c ports=2", provider);
      fixture_ok (net.f, "switch port %c 0 qinq 100", provider);
      fixture_ok (net.f, "switch port %c 1 trunk native=1", provider);
      fixture_ok (net.f, "link add h%u %u:0/0 %c:0", i, i + 1, customer);
      fixture_ok (net.f, "link add g%u %u:0/0 %c:1", i, i + 3, customer);
      fixture_ok (net.f, "link add t%u %c:2 %c:0", i, customer, provider);
    }
  fixture_ok (net.f, "link add core p:1 q:1");

  net_send (&net, 0, MAX_HOSTS, -1);
  net_expect (&net, 1, 0, MAX_HOSTS, -1);
  net_send (&net, 1, 0, -1);
  net_expect (&net, 0, 1, 0, -1);
  net_send (&net, 2, MAX_HOSTS, -1);
  net_expect (&net, 3, 2, MAX_HOSTS, -1);
  net_expect_silence (&net, 0, 3);
  g_assert_cmpuint (fixture_value (net.f, "q:1", "out_frames"), ==, 2);
  net_close (&net);
}

static void
test_bad_frames (void)
{
  Net net;
  guint8 large[IOU_MAX_PAYLOAD];

  net_open (&net, 2);
  fixture_ok (net.f, "switch add s ports=2");
  fixture_ok (net.f, "switch port s 1 trunk native=2");
  net_link (&net, "s");
  for (gsize length = 1; length < 14; length++)
    peer_send (net.hosts[0], 0, BROADCAST "\2\0\0\0\0\1\x81", length);
  fixture_wait_value (net.f, "s:0", "drops_invalid", 13);
  memset (large, 0xff, sizeof large);
  peer_send (net.hosts[0], 0, large, sizeof large); /* no room for a tag */
  fixture_wait_value (net.f, "2:0/0", "drops_truncated", 1);
  peer_assert_silent (net.hosts[1]);
  net_close (&net);
}

static void
test_hub (void)
{
  Net net;

  net_open (&net, 3);
  fixture_ok (net.f, "hub add h ports=4");
  net_link (&net, "h");
  for (guint i = 0; i < 2; i++) /* it learns nothing */
    {
      net_send (&net, 0, 1, -1);
      net_expect (&net, 1, 0, 1, -1);
      net_expect (&net, 2, 0, 1, -1);
      net_send (&net, 1, 0, 77);
      net_expect (&net, 0, 1, 0, 77);
      net_expect (&net, 2, 1, 0, 77);
    }
  peer_send (net.hosts[0], 0, "x", 1); /* nor looks */
  peer_assert_receives (net.hosts[1], 0, "x", 1);
  net_close (&net);
}

/* Loops: frames end, and commands and other links go on. */
static void
check_loop (const char *kind, guint n_links)
{
  Net net;

  net_open (&net, 4);
  fixture_ok (net.f, "%s add a ports=8", kind);
  fixture_ok (net.f, "%s add b ports=8", kind);
  for (guint i = 0; i < n_links; i++)
    fixture_ok (net.f, "link add loop%u a:%u b:%u", i, i + 4, i + 4);
  fixture_ok (net.f, "link add x 1:0/0 a:0");
  fixture_ok (net.f, "link add y 2:0/0 b:0");
  fixture_ok (net.f, "link add z 3:0/0 4:0/0");
  fixture_ok (net.f, "instance hold 1 on"); /* they do not read what the storm brings */
  fixture_ok (net.f, "instance hold 2 on");
  for (guint i = 0; i < 100; i++)
    net_send (&net, 0, MAX_HOSTS, -1);
  for (guint i = 0; i < 20; i++)
    {
      fixture_ok (net.f, "ping");
      net_send (&net, 2, 3, -1);
      net_expect (&net, 3, 2, 3, -1);
    }
  fixture_wait_value (net.f, "1:0/0", "in_frames", 100);
  g_assert_cmpuint (fixture_value (net.f, NULL, "drops_loop"), >, 0);
  fixture_ok (net.f, "instance hold 2 off");
  net_expect (&net, 1, 0, MAX_HOSTS, -1);
  net_close (&net);
}

static void
test_loop_of_switches (void)
{
  check_loop ("switch", 2);
  check_loop ("switch", 4);
}

static void
test_loop_of_hubs (void)
{
  check_loop ("hub", 2);
  check_loop ("hub", 4);
}

/* A switch cabled to itself. */
static void
test_loop_in_one (void)
{
  Net net;

  net_open (&net, 2);
  fixture_ok (net.f, "switch add s ports=6");
  net_link (&net, "s");
  fixture_ok (net.f, "link add loop s:4 s:5");
  net_send (&net, 0, MAX_HOSTS, -1);
  net_expect (&net, 1, 0, MAX_HOSTS, -1);
  fixture_wait_value (net.f, NULL, "drops_loop", 1);
  net_close (&net);
}

/* More addresses than a table holds. */
static void
test_many_addresses (void)
{
  Net net;
  guint8 frame[60] = { 2, 0, 0, 0, 0, 1, 2 };

  net_open (&net, 2);
  fixture_ok (net.f, "switch add s ports=2");
  net_link (&net, "s");
  fixture_ok (net.f, "instance hold 2 on");
  for (guint i = 0; i < 40000; i++)
    {
      frame[8] = (guint8) (i >> 16);
      frame[9] = (guint8) (i >> 8);
      frame[10] = (guint8) i;
      peer_send (net.hosts[0], 0, frame, sizeof frame);
    }
  fixture_wait_value (net.f, "1:0/0", "in_frames", 40000);
  fixture_ok (net.f, "switch macs s");
  g_assert_cmpuint (net.f->details->len, >, 10000);
  g_assert_cmpuint (net.f->details->len, <, 20000);
  fixture_ok (net.f, "switch remove s");
  net_close (&net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/switch/learning", test_learning);
  g_test_add_func ("/relay/switch/moving", test_moving);
  g_test_add_func ("/relay/switch/ageing", test_ageing);
  g_test_add_func ("/relay/switch/access", test_access);
  g_test_add_func ("/relay/switch/trunk", test_trunk);
  g_test_add_func ("/relay/switch/trunk-to-trunk", test_trunk_to_trunk);
  g_test_add_func ("/relay/switch/two-switches", test_two_switches);
  g_test_add_func ("/relay/switch/inner-tag", test_inner_tag);
  g_test_add_func ("/relay/switch/qinq", test_qinq);
  g_test_add_func ("/relay/switch/qinq-inside", test_qinq_inside);
  g_test_add_func ("/relay/switch/bad-frames", test_bad_frames);
  g_test_add_func ("/relay/switch/hub", test_hub);
  g_test_add_func ("/relay/switch/loop-of-switches", test_loop_of_switches);
  g_test_add_func ("/relay/switch/loop-of-hubs", test_loop_of_hubs);
  g_test_add_func ("/relay/switch/loop-in-one", test_loop_in_one);
  g_test_add_func ("/relay/switch/many-addresses", test_many_addresses);
  return g_test_run ();
}
