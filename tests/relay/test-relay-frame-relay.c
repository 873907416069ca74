/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Frame Relay switch, byte by byte: two routers' serial ports (both of ids 1 and 2, adapter 1)
 * at ports 0 and 1, a third one that is not linked, and each dialect of the management interface.
 */

#include "relay-fixture.h"

#include <string.h>

#define S0         0x01 /* Serial1/0 as the header has it */
#define BYTES(...) (const guint8[]){ __VA_ARGS__ }, sizeof ((const guint8[]){ __VA_ARGS__ })

typedef struct
{
  Fixture *f;
  Peer *r1, *r2;
} Net;

static void
net_open (Net *net)
{
  net->f = fixture_new_started ();
  net->r1 = peer_new (net->f, 1, "ethernet=1 serial=1");
  net->r2 = peer_new (net->f, 2, "ethernet=1 serial=1");
  fixture_ok (net->f, "frame-relay add fr ports=3");
  fixture_ok (net->f, "link add a 1:1/0 fr:0");
  fixture_ok (net->f, "link add b 2:1/0 fr:1");
  fixture_ok (net->f, "frame-relay map fr 0:102 1:201");
}

static void
net_close (Net *net)
{
  peer_free (net->r1);
  peer_free (net->r2);
  fixture_free (net->f);
}

static void
test_switching (void)
{
  Net net;

  net_open (&net);
  /* DLCI 102 is 0x18 0x61, 201 is 0x30 0x91. */
  peer_send (net.r1, S0, BYTES (0x18, 0x61, 0x08, 0x00, 'i', 'p'));
  peer_assert_receives (net.r2, S0, BYTES (0x30, 0x91, 0x08, 0x00, 'i', 'p'));
  peer_send (net.r2, S0, BYTES (0x30, 0x91, 0x03, 0xcc, 'x'));
  peer_assert_receives (net.r1, S0, BYTES (0x18, 0x61, 0x03, 0xcc, 'x'));
  /* C/R, and FECN, BECN, DE in turn and together. */
  peer_send (net.r1, S0, BYTES (0x1a, 0x61, 0));
  peer_assert_receives (net.r2, S0, BYTES (0x32, 0x91, 0));
  peer_send (net.r1, S0, BYTES (0x18, 0x69, 0));
  peer_assert_receives (net.r2, S0, BYTES (0x30, 0x99, 0));
  peer_send (net.r1, S0, BYTES (0x18, 0x65, 0));
  peer_assert_receives (net.r2, S0, BYTES (0x30, 0x95, 0));
  peer_send (net.r1, S0, BYTES (0x18, 0x63, 0));
  peer_assert_receives (net.r2, S0, BYTES (0x30, 0x93, 0));
  peer_send (net.r1, S0, BYTES (0x1a, 0x6f, 0));
  peer_assert_receives (net.r2, S0, BYTES (0x32, 0x9f, 0));
  /* A frame that has bytes of a VLAN tag by chance is not taken for one. */
  peer_send (net.r1, S0,
             BYTES (0x18, 0x61, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0x81, 0x00, 0, 5, 8, 0, 1, 2));
  peer_assert_receives (
      net.r2, S0, BYTES (0x30, 0x91, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0x81, 0x00, 0, 5, 8, 0, 1, 2));
  net_close (&net);
}

static void
test_drops (void)
{
  Net net;

  net_open (&net);
  peer_send (net.r1, S0, BYTES (0x18, 0x71, 0)); /* DLCI 103: no map */
  fixture_wait_value (net.f, "fr:0", "drops_vlan", 1);
  peer_send (net.r1, S0, BYTES (0x18));             /* too short */
  peer_send (net.r1, S0, BYTES (0x18, 0x60, 1, 2)); /* an address of more bytes */
  peer_send (net.r1, S0, BYTES (0x19, 0x61, 1, 2)); /* of one byte */
  fixture_wait_value (net.f, "fr:0", "drops_invalid", 3);
  fixture_ok (net.f, "link unplug b");
  peer_send (net.r1, S0, BYTES (0x18, 0x61, 0));
  fixture_wait_value (net.f, "fr:1", "drops_unplugged", 1);
  peer_assert_silent (net.r2);
  net_close (&net);
}

static void
test_ansi (void)
{
  Net net;

  net_open (&net);
  /* The first question is for everything; the PVC is active and new. */
  peer_send (net.r1, S0,
             BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 0, 0x03, 2, 1, 0));
  peer_assert_receives (net.r1, S0,
                        BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1, 0, 0x03, 2, 1, 1,
                               0x07, 3, 0x06, 0xb0, 0x8a));
  /* Integrity only, and a report of it: nothing has changed. This confirms the report. */
  peer_send (net.r1, S0,
             BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 1, 0x03, 2, 2, 1));
  peer_assert_receives (
      net.r1, S0, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1, 1, 0x03, 2, 2, 2));
  peer_send (net.r1, S0,
             BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 0, 0x03, 2, 3, 2));
  peer_assert_receives (net.r1, S0,
                        BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01, 1, 0, 0x03, 2, 3, 3,
                               0x07, 3, 0x06, 0xb0, 0x82));
  net_close (&net);
}

static void
test_q933a (void)
{
  Net net;

  net_open (&net);
  peer_send (net.r2, S0, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51, 1, 0, 0x53, 2, 7, 0));
  peer_assert_receives (net.r2, S0,
                        BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 1, 0, 0x53, 2, 1, 7, 0x57,
                               3, 0x0c, 0xc8, 0x8a));
  peer_send (net.r2, S0, BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51, 1, 1, 0x53, 2, 8, 1));
  peer_assert_receives (net.r2, S0,
                        BYTES (0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 1, 1, 0x53, 2, 2, 8));
  net_close (&net);
}

static void
test_cisco (void)
{
  Net net;

  net_open (&net);
  fixture_ok (net.f, "frame-relay map fr 0:300 1:30");
  peer_send (net.r1, S0, BYTES (0xfc, 0xf1, 0x03, 0x09, 0x00, 0x75, 0x01, 1, 0, 0x03, 2, 255, 0));
  peer_assert_receives (net.r1, S0,
                        BYTES (0xfc, 0xf1, 0x03, 0x09, 0x00, 0x7d, 0x01, 1, 0, 0x03, 2, 1, 255,
                               0x07, 6, 0, 102, 0x0a, 0, 0, 0,       /* */
                               0x07, 6, 0x01, 0x2c, 0x0a, 0, 0, 0)); /* 300 */
  peer_send (net.r1, S0, BYTES (0xfc, 0xf1, 0x03, 0x09, 0x00, 0x75, 0x01, 1, 1, 0x03, 2, 1, 1));
  peer_assert_receives (net.r1, S0,
                        BYTES (0xfc, 0xf1, 0x03, 0x09, 0x00, 0x7d, 0x01, 1, 1, 0x03, 2, 2, 1));
  net_close (&net);
}

/* A question for integrity by R1, as its @send'th, and whether the answer is a full report that
 * says that DLCI 102 is in that @state (-1: an answer of integrity only; -2: a full one without
 * it). */
static void
assert_state (Net *net, guint8 send, int state)
{
  const guint8 question[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95,
                              0x01, 1,    1,    0x03, 2,    send, (guint8) (send - 1) };
  const guint8 answer[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95, 0x01,          1, 0, 0x03,
                            2,    send, send, 0x07, 3,    0x06, 0xb0, (guint8) state };
  const guint8 integrity[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x95,
                               0x01, 1,    1,    0x03, 2,    send, send };

  peer_send (net->r1, S0, question, sizeof question);
  if (state == -1)
    peer_assert_receives (net->r1, S0, integrity, sizeof integrity);
  else
    peer_assert_receives (net->r1, S0, answer, state == -2 ? 14 : sizeof answer);
}

/* The PVC goes down and up with what is behind its other end; the router hears of it with its next
 * question. */
static void
test_down_and_up (void)
{
  Net net;

  net_open (&net);
  assert_state (&net, 1, 0x8a);
  assert_state (&net, 2, -1);
  fixture_ok (net.f, "link unplug b");
  assert_state (&net, 3, 0x80);
  assert_state (&net, 4, -1);
  fixture_ok (net.f, "link plug b");
  assert_state (&net, 5, 0x82);
  peer_unbind (net.r2); /* it ends */
  assert_state (&net, 6, 0x80);
  peer_bind (net.r2);
  assert_state (&net, 7, 0x82);
  fixture_ok (net.f, "frame-relay unmap fr 0:102 1:201");
  assert_state (&net, 8, -2);
  assert_state (&net, 9, -1);
  fixture_ok (net.f, "frame-relay map fr 0:102 1:201");
  assert_state (&net, 10, 0x8a);
  /* Another router may be there after this: all is new, numbers begin again. */
  fixture_ok (net.f, "link unplug a");
  fixture_ok (net.f, "link plug a");
  assert_state (&net, 1, 0x8a);
  net_close (&net);
}

/* With layer-1 keepalives a silent line takes the PVC down. */
static void
test_keepalives (void)
{
  Net net;

  net_open (&net);
  fixture_ok (net.f, "instance remove 2");
  peer_free (net.r2);
  net.r2 = peer_new (net.f, 2, "ethernet=1 serial=1 keepalives=on");
  fixture_ok (net.f, "link add b 2:1/0 fr:1");
  assert_state (&net, 1, 0x88);
  peer_send_keepalive (net.r2, S0);
  g_assert_cmpuint (peer_count_keepalives (net.r2, S0, SHORT), >=, 1);
  assert_state (&net, 2, 0x82);
  net_close (&net);
}

static void
test_sequence (void)
{
  Net net;
  guint8 question[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51, 1, 1, 0x53, 2, 0, 0 };

  net_open (&net);
  for (guint i = 1; i <= 256; i++)
    {
      g_autoptr (GBytes) answer = NULL;
      const guint8 *bytes;

      question[11] = (guint8) i;
      peer_send (net.r1, S0, question, sizeof question);
      answer = peer_receive (net.r1, S0, LONG);
      g_assert_nonnull (answer);
      bytes = g_bytes_get_data (answer, NULL);
      g_assert_cmpuint (bytes[11], ==, i == 256 ? 1 : i); /* 0 is left out */
      g_assert_cmpuint (bytes[12], ==, (guint8) i);
      question[12] = bytes[11];
    }
  question[12] = 77;
  peer_send (net.r1, S0, question, sizeof question);
  g_bytes_unref (peer_receive (net.r1, S0, LONG));
  fixture_ok (net.f, "frame-relay status fr");
  g_assert_cmpstr (net.f->details->pdata[0], ==,
                   "- port 0 lmi=q933a enquiries=257 sequence_errors=1");
  g_assert_cmpstr (net.f->details->pdata[1], ==, "- pvc 0:102 1:201 active");
  g_assert_cmpstr (net.f->details->pdata[2], ==, "- port 1 lmi=none enquiries=0 sequence_errors=0");
  g_assert_cmpstr (net.f->details->pdata[3], ==, "- pvc 1:201 0:102 active");
  net_close (&net);
}

/* What is not a question, or is cut short, gets no answer. */
static void
test_bad_messages (void)
{
  static const guint8 good[] = {
    0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95, 0x01, 1, 0, 0x03, 2, 1, 0
  };
  guint8 bad[sizeof good];
  guint n_bad = 0;
  Net net;

  net_open (&net);
  for (gsize length = 2; length < sizeof good; length++, n_bad++)
    peer_send (net.r1, S0, good, length);
  for (gsize i = 2; i < 12; i++, n_bad++)
    {
      memcpy (bad, good, sizeof good);
      bad[i] ^= 0x40;
      peer_send (net.r1, S0, bad, sizeof bad);
    }
  fixture_wait_value (net.f, "fr:0", "drops_invalid", n_bad);
  peer_assert_silent (net.r1);
  net_close (&net);
}

static void
test_commands (void)
{
  Net net;

  net_open (&net);
  fixture_refused (net.f, "joins a serial port and an Ethernet port", "link add x 1:0/0 fr:2");
  fixture_refused (net.f, "DLCI 102 of port fr:0 has a map", "frame-relay map fr 0:102 2:300");
  fixture_refused (net.f, "DLCI 201 of port fr:1 has a map", "frame-relay map fr 0:103 1:201");
  fixture_refused (net.f, "both ends", "frame-relay map fr 2:103 2:103");
  fixture_refused (net.f, "the DLCI must be a number from 16 to 1007",
                   "frame-relay map fr 0:15 1:202");
  fixture_refused (net.f, "the DLCI must be", "frame-relay map fr 0:103 1:1008");
  fixture_refused (net.f, "the port must be", "frame-relay map fr 0:103 3:202");
  fixture_refused (net.f, "write PORT:DLCI", "frame-relay map fr 103 1:202");
  fixture_refused (net.f, "no such map", "frame-relay unmap fr 0:102 1:202");
  fixture_refused (net.f, "there is no frame-relay", "frame-relay status nothing");
  fixture_ok (net.f, "list frame-relays");
  g_assert_cmpstr (net.f->details->pdata[0], ==, "- fr ports=3");
  fixture_ok (net.f, "frame-relay remove fr");
  net_close (&net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relay/frame-relay/commands", test_commands);
  g_test_add_func ("/relay/frame-relay/switching", test_switching);
  g_test_add_func ("/relay/frame-relay/drops", test_drops);
  g_test_add_func ("/relay/frame-relay/ansi", test_ansi);
  g_test_add_func ("/relay/frame-relay/q933a", test_q933a);
  g_test_add_func ("/relay/frame-relay/cisco", test_cisco);
  g_test_add_func ("/relay/frame-relay/down-and-up", test_down_and_up);
  g_test_add_func ("/relay/frame-relay/keepalives", test_keepalives);
  g_test_add_func ("/relay/frame-relay/sequence", test_sequence);
  g_test_add_func ("/relay/frame-relay/bad-messages", test_bad_messages);
  return g_test_run ();
}
