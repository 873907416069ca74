/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A router with four Frame Relay lines, and at the other end of each a switch that is played here,
 * byte by byte: one that speaks ANSI's LMI, one Q.933's, one Cisco's, and one whose dialect the
 * router has to find out. Each PVC is an interface that goes up and down by what the switch says.
 */

#include "config.h"

#include <string.h>

#include "iou-frame.h"
#include "pc-peer.h"

#define BYTES(...) (const guint8[]){ __VA_ARGS__ }, sizeof ((const guint8[]){ __VA_ARGS__ })

#define N_LINES   4
#define ARGUMENTS "-q -e 0 -s 1 -c start.cfg"
#define FULL      0
#define INTEGRITY 1
#define WIRES     "1:0/0 11:0/0\n1:0/1 12:0/1\n1:0/2 13:0/2\n1:0/3 14:0/3\n"
/* Above the router's ten seconds. */
#define POLL_MS 12000

static const char settings[] = "s0/0 lmi ansi dlci 102 103\n"
                               "s0/1 lmi q933a encapsulation ietf dlci 102 103\n"
                               "s0/2 lmi cisco dlci 102 103\n"
                               "s0/3 dlci 102 103\n";

static const char config[] = "hostname R1\n"
                             "interface s0-0.102\n ip address 10.0.0.2/30\nexit\n"
                             "interface s0-1.102\n ip address 10.0.1.2/30\nexit\n"
                             "interface s0-2.102\n ip address 10.0.2.2/30\nexit\n"
                             "interface s0-3.102\n ip address 10.0.3.2/30\nexit\n";

typedef enum
{
  ANSI,
  Q933A,
  CISCO
} Dialect;

static const guint8 starts[][7] = {
  [ANSI] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x95 },
  [Q933A] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x75 },
  [CISCO] = { 0xfc, 0xf1, 0x03, 0x09, 0x00, 0x75 },
};

/* Everything of a message up to the PVCs. Returns its length. */
static gsize
write_message (
    guint8 *out, Dialect dialect, gboolean answer, guint8 report, guint8 send, guint8 received)
{
  gsize n = dialect == ANSI ? 7 : 6;
  guint8 high = dialect == Q933A ? 0x50 : 0x00;
  const guint8 elements[] = {
    (guint8) (high | 1), 1, report, (guint8) (high | 3), 2, send, received
  };

  memcpy (out, starts[dialect], n);
  if (answer)
    out[5] = 0x7d;
  memcpy (out + n, elements, sizeof elements);
  return n + sizeof elements;
}

static gsize
write_pvc (guint8 *out, Dialect dialect, guint8 dlci, gboolean active)
{
  guint8 state = active ? 2 : 0;
  const guint8 ansi[] = { dialect == Q933A ? 0x57 : 0x07, 3, dlci >> 4,
                          (guint8) (0x80 | (dlci & 15) << 3), 0x80 | state };
  const guint8 cisco[] = { 0x07, 6, 0, dlci, state, 0, 0, 0 };

  if (dialect == CISCO)
    memcpy (out, cisco, sizeof cisco);
  else
    memcpy (out, ansi, sizeof ansi);
  return dialect == CISCO ? sizeof cisco : sizeof ansi;
}

static gboolean
is_lmi (PcPeer *peer)
{
  return peer->length >= 2 && ((peer->frame[0] == 0x00 && peer->frame[1] == 0x01) ||
                               (peer->frame[0] == 0xfc && peer->frame[1] == 0xf1));
}

static void
expect_enquiry (
    PcPeer *peer, Dialect dialect, guint8 report, guint8 send, guint8 received, guint milliseconds)
{
  guint8 want[32];
  gsize n = write_message (want, dialect, FALSE, report, send, received);

  g_assert_true (pc_peer_wait (peer, is_lmi, milliseconds));
  g_assert_cmpmem (peer->frame, peer->length, want, n);
}

/* A full status of both PVCs. */
static void
report (
    PcPeer *peer, Dialect dialect, guint8 send, guint8 received, gboolean first, gboolean second)
{
  guint8 frame[64];
  gsize n = write_message (frame, dialect, TRUE, FULL, send, received);

  n += write_pvc (frame + n, dialect, 102, first);
  n += write_pvc (frame + n, dialect, 103, second);
  pc_peer_send (peer, frame, n);
}

static void
confirm (PcPeer *peer, Dialect dialect, guint8 send, guint8 received)
{
  guint8 frame[32];

  pc_peer_send (peer, frame, write_message (frame, dialect, TRUE, INTEGRITY, send, received));
}

/* Line protocols of the first @n lines, and of their two PVCs. */
static void
expect_states (PcDevice *router, guint n, const char *line, const char *first, const char *second)
{
  g_autoptr (GString) regex = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (regex,
                            "Interface s0-%u is up, line protocol is %s[\\s\\S]*?"
                            "Interface s0-%u.102 is up, line protocol is %s[\\s\\S]*?"
                            "Interface s0-%u.103 is up, line protocol is %s[\\s\\S]*?",
                            i, line, i, first, i, second);
  pc_device_ask_until (router, "show interface", regex->str, 5);
}

/* An echo request that came to @address is sent back as its answer. */
static gboolean
is_echo (PcPeer *peer)
{
  return peer->length > 32 && peer->frame[4] == 0x45 && peer->frame[13] == 1 &&
         peer->frame[24] == 8;
}

static void
echo (PcPeer *peer)
{
  guint8 *ip = peer->frame + 4;
  guint8 address[4];
  guint sum;

  memcpy (address, ip + 12, 4);
  memcpy (ip + 12, ip + 16, 4);
  memcpy (ip + 16, address, 4);
  ip[20] = 0;
  sum = (guint) (ip[22] << 8 | ip[23]) + 0x800;
  sum = (sum & 0xffff) + (sum >> 16);
  ip[22] = (guint8) (sum >> 8);
  ip[23] = (guint8) sum;
  pc_peer_send (peer, peer->frame, peer->length);
}

/* Packets of the PVC, with the four bytes before them. */
static void
expect_ping (PcDevice *router, PcPeer *peer, guint line, const guint8 *header, gsize length)
{
  g_autofree char *command = g_strdup_printf ("ping 10.0.%u.1\r", line);

  pc_device_type (router, command);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_true (pc_peer_wait (peer, is_echo, 5000));
      g_assert_cmpmem (peer->frame, 4, header, length);
      echo (peer);
    }
  pc_device_expect (router, " 5 received(.|\n)*# $", 20);
}

/* Inverse ARP is answered with the address of the PVC's interface. */
static gboolean
is_arp (PcPeer *peer)
{
  return peer->length > 4 && peer->frame[2] == 0x08 && peer->frame[3] == 0x06;
}

static void
expect_arp (PcPeer *peer)
{
  static const guint8 want[] = { 0x18, 0x61, 0x08, 0x06, 0, 15, 8,    0,    2,  4, 0, 9,
                                 0x18, 0x61, 10,   0,    0, 2,  0x18, 0x41, 10, 0, 0, 1 };

  pc_peer_send (peer, BYTES (0x18, 0x61, 0x08, 0x06, 0, 15, 8, 0, 2, 4, 0, 8, 0x18, 0x41, 10, 0, 0,
                             1, 0, 0, 0, 0, 0, 0));
  g_assert_true (pc_peer_wait (peer, is_arp, 5000));
  g_assert_cmpmem (peer->frame, peer->length, want, sizeof want);
}

static void
test_lines (void)
{
  static const Dialect dialects[] = { ANSI, Q933A, CISCO, CISCO };
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) router = NULL;
  PcPeer *peers[N_LINES];
  guint8 asked[N_LINES] = { 1, 1, 1, 3 }; /* the router's last number */

  if (lab == NULL)
    return;
  pc_lab_wire (lab, WIRES, 1, 1);
  pc_lab_write (lab, 1, "frame-relay.cfg", settings);
  pc_lab_write (lab, 1, "start.cfg", config);
  for (guint i = 0; i < N_LINES; i++)
    {
      peers[i] = pc_peer_new (lab, 11 + i, 1);
      peers[i]->port = IOU_PORT (0, i);
    }
  router = pc_device_start (lab, 1, ARGUMENTS);

  /* The first question is for everything; two of the three dialects find no answer. */
  expect_enquiry (peers[0], ANSI, FULL, 1, 0, POLL_MS);
  expect_enquiry (peers[1], Q933A, FULL, 1, 0, POLL_MS);
  expect_enquiry (peers[2], CISCO, FULL, 1, 0, POLL_MS);
  expect_enquiry (peers[3], ANSI, FULL, 1, 0, POLL_MS);
  expect_enquiry (peers[3], Q933A, FULL, 2, 0, POLL_MS);
  expect_enquiry (peers[3], CISCO, FULL, 3, 0, POLL_MS);
  expect_states (router, N_LINES, "down", "down", "down");
  for (guint i = 0; i < N_LINES; i++)
    report (peers[i], dialects[i], 40, asked[i], TRUE, FALSE);
  expect_states (router, N_LINES, "up", "up", "down");
  pc_device_ask (router, "show interface s0-3", "Serial0/3, Frame Relay, LMI Cisco(.|\n)*# $");
  pc_device_ask (router, "show interface s0-1.103", "Serial0/1\\.103, DLCI 103(.|\n)*# $");
  expect_arp (peers[0]);

  /* Integrity only: nothing changes. */
  for (guint i = 0; i < N_LINES; i++)
    {
      expect_enquiry (peers[i], dialects[i], INTEGRITY, (guint8) (asked[i] + 1), 40, POLL_MS);
      confirm (peers[i], dialects[i], 41, ++asked[i]);
    }
  expect_states (router, N_LINES, "up", "up", "down");
  expect_ping (router, peers[0], 0, BYTES (0x18, 0x61, 0x08, 0x00));

  /* The switch may answer more than was asked: one PVC goes down, the other up. */
  for (guint i = 0; i < N_LINES; i++)
    {
      expect_enquiry (peers[i], dialects[i], INTEGRITY, (guint8) (asked[i] + 1), 41, POLL_MS);
      report (peers[i], dialects[i], 42, ++asked[i], FALSE, TRUE);
    }
  expect_states (router, N_LINES, "up", "down", "up");

  /* One line is shut: there is no question there any more. The others ask on. */
  pc_device_ask (router, "configure terminal", "\\(config\\)# $");
  pc_device_ask (router, "interface s0-3", "\\(config-if\\)# $");
  pc_device_ask (router, "shutdown", "\\(config-if\\)# $");
  pc_device_ask (router, "end", "R1# $");
  pc_device_ask_until (router, "show interface s0-3.103", "line protocol is down", 5);

  /* Back as it was. */
  for (guint i = 0; i < N_LINES - 1; i++)
    {
      expect_enquiry (peers[i], dialects[i], INTEGRITY, (guint8) (asked[i] + 1), 42, POLL_MS);
      report (peers[i], dialects[i], 43, ++asked[i], TRUE, TRUE);
    }
  expect_states (router, N_LINES - 1, "up", "up", "up");
  expect_ping (router, peers[1], 1, BYTES (0x18, 0x61, 0x03, 0xcc));

  /* The switches fall silent: three questions without an answer, and the lines are down. The sixth
   * after the first is for everything again. */
  for (guint n = 1; n <= 3; n++)
    for (guint i = 0; i < N_LINES - 1; i++)
      expect_enquiry (peers[i], dialects[i], asked[i] + n == 7 ? FULL : INTEGRITY,
                      (guint8) (asked[i] + n), 43, POLL_MS);
  expect_states (router, N_LINES - 1, "up", "up", "up");
  for (guint i = 0; i < N_LINES - 1; i++)
    expect_enquiry (peers[i], dialects[i], FULL, (guint8) (asked[i] + 4), 0, POLL_MS);
  expect_states (router, N_LINES - 1, "down", "down", "down");
  g_assert_false (pc_peer_wait (peers[3], is_lmi, 100));
  for (guint i = 0; i < N_LINES; i++)
    pc_peer_free (peers[i]);
}

/* Two routers on one cable without a switch between, one in each encapsulation: each takes both. */
static void
test_back_to_back (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) a = NULL;
  g_autoptr (PcDevice) b = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 2);
  pc_lab_write (lab, 1, "frame-relay.cfg", "s0/0 lmi none dlci 500\n");
  pc_lab_write (lab, 2, "frame-relay.cfg", "s0/0 lmi none encapsulation ietf dlci 500\n");
  pc_lab_write (lab, 1, "start.cfg",
                "interface s0-0.500\n ip address 10.0.0.1/30\n ipv6 address fd00::1/64\n");
  pc_lab_write (lab, 2, "start.cfg",
                "interface s0-0.500\n ip address 10.0.0.2/30\n ipv6 address fd00::2/64\n");
  a = pc_device_start (lab, 1, ARGUMENTS);
  b = pc_device_start (lab, 2, ARGUMENTS);
  pc_device_ask_until (a, "ping 10.0.0.2", "bytes from 10\\.0\\.0\\.2", 20);
  pc_device_ask_until (b, "ping ipv6 fd00::1", "bytes from fd00::1", 20);
}

/* A mistake in the file is one sentence. */
static void
test_refused (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  int code;

  if (lab == NULL)
    return;
  pc_lab_write (lab, 999, "frame-relay.cfg", "s0/0 dlci 5\n");
  text = pc_device_run (lab, "-q -e 0 -s 1 1", &code);
  g_assert_cmpint (code, ==, 1);
  g_assert_cmpstr (text, ==,
                   "frame-relay.cfg, line 1: “5” is not a DLCI, a number from 16 to 1007\n");
  pc_lab_write (lab, 999, "frame-relay.cfg", "s1/0 dlci 102\n");
  other = pc_device_run (lab, "-q -e 0 -s 1 1", &code);
  g_assert_cmpint (code, ==, 1);
  g_assert_cmpstr (other, ==, "frame-relay.cfg: this router has no serial port s1/0\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/frame-relay/refused", test_refused);
  g_test_add_func ("/router/frame-relay/back-to-back", test_back_to_back);
  g_test_add_func ("/router/frame-relay/lines", test_lines);
  return g_test_run ();
}
