/* SPDX-License-Identifier: GPL-3.0-or-later */

/* DHCP and DNS servers, a router that advertises, neighbours that misbehave: all played by the test
 * with raw frames. The device is number 1, the test is number 2 and has 10.0.0.1. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "pc-peer.h"

#define SERVER    0x0a000001u
#define OFFERED   0x0a000032u
#define BROADCAST 0xffffffffu

typedef struct
{
  PcLab *lab;
  PcPeer *peer;
  PcDevice *pc;
} Fixture;

static gboolean
start (Fixture *f, const char *arguments)
{
  f->lab = pc_lab_new ();
  if (f->lab == NULL)
    return FALSE;
  pc_lab_wire (f->lab, "1:0/0 2:0/0\n", 1, 1);
  f->peer = pc_peer_new (f->lab, 2, 1);
  f->pc = pc_device_start (f->lab, 1, arguments);
  return TRUE;
}

static void
stop (Fixture *f)
{
  pc_device_free (f->pc);
  pc_peer_free (f->peer);
  pc_lab_free (f->lab);
}

static const guint8 *
dhcp_option (const guint8 *message, gsize length, guint8 code)
{
  for (gsize i = 240; i + 2 < length && message[i] != 255; i += 2 + message[i + 1])
    if (message[i] == code)
      return message + i + 2;
  return NULL;
}

static guint wanted_type;

static gboolean
is_dhcp (PcPeer *peer)
{
  gsize length;
  const guint8 *message = pc_peer_udp (peer, 67, &length);
  const guint8 *type = message != NULL ? dhcp_option (message, length, 53) : NULL;

  return type != NULL && *type == wanted_type;
}

/* The next DHCP message of the device must be of @type. */
static void
expect_dhcp (Fixture *f, guint type, guint milliseconds)
{
  wanted_type = type;
  g_assert_true (pc_peer_wait (f->peer, is_dhcp, milliseconds));
}

/* Answers the message that was just received. */
static void
answer_dhcp (Fixture *f, guint8 type, guint32 lease)
{
  static const guint8 options[] = { 54, 4, 10, 0, 0, 1,  1, 4, 255, 255, 255, 0,   3,   4,  10,
                                    0,  0, 1,  6, 4, 10, 0, 0, 1,   15,  3,   'l', 'a', 'b' };
  gsize length;
  const guint8 *request = pc_peer_udp (f->peer, 67, &length);
  guint8 message[320] = { 2, 1, 6 };
  guint8 *tail = message + 240;
  guint32 address = GUINT32_TO_BE (OFFERED);
  guint32 time = GUINT32_TO_BE (lease);

  g_assert_nonnull (request);
  memcpy (message + 4, request + 4, 4);
  if (type != 6)
    memcpy (message + 16, &address, 4);
  memcpy (message + 28, request + 28, 6);
  memcpy (message + 236, request + 236, 4);
  memcpy (tail, (guint8[]){ 53, 1, type, 51, 4 }, 5);
  memcpy (tail + 5, &time, 4);
  memcpy (tail + 9, options, sizeof options);
  tail[9 + sizeof options] = 255;
  pc_peer_send_udp (f->peer, NULL, SERVER, 67, BROADCAST, 68, message, sizeof message);
}

static void
give_lease (Fixture *f, guint32 lease)
{
  const guint8 *request;
  const guint8 *server;
  gsize length;

  expect_dhcp (f, 1, 3000);
  answer_dhcp (f, 2, lease);
  expect_dhcp (f, 3, 3000);
  request = pc_peer_udp (f->peer, 67, &length);
  server = dhcp_option (request, length, 54);
  g_assert_nonnull (server);
  g_assert_cmpmem (server, 4, ((guint8[]){ 10, 0, 0, 1 }), 4);
  answer_dhcp (f, 5, lease);
}

static void
test_dhcp (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  pc_device_type (f.pc, "ip dhcp\r");
  give_lease (&f, 3600);
  pc_device_expect (f.pc, "DORA IP 10.0.0.50/24 GW 10.0.0.1\n\nPC1> $", 5);
  pc_device_ask (f.pc, "show ip",
                 "IP/MASK     : 10.0.0.50/24\nGATEWAY     : 10.0.0.1\nDNS         : 10.0.0.1\n"
                 "DOMAIN NAME : lab\nDHCP SERVER : 10.0.0.1\nDHCP LEASE  : 3(600|59\\d), 3600\n");
  pc_device_ask (f.pc, "show running-config", "\nip dhcp\n");

  /* Renewal is asked of that server alone, release tells it. */
  pc_device_type (f.pc, "ip dhcp -r\r");
  expect_dhcp (&f, 3, 3000);
  g_assert_cmpmem (f.peer->frame, 6, f.peer->mac, 6);
  answer_dhcp (&f, 5, 3600);
  pc_device_expect (f.pc, "RA IP 10.0.0.50/24", 5);
  pc_device_ask (f.pc, "ip dhcp -x", "PC1> $");
  expect_dhcp (&f, 7, 3000);
  pc_device_ask (f.pc, "show ip", "IP/MASK     : 0.0.0.0/0");
  stop (&f);
}

static void
test_dhcp_debug (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  pc_device_type (f.pc, "ip dhcp -d\r");
  give_lease (&f, 3600);
  pc_device_expect (
      f.pc,
      "sent DISCOVER(.|\n)*received OFFER, .*address 10.0.0.50(.|\n)*sent REQUEST(.|\n)*received "
      "ACK, .*lease 3600 s\nIP 10.0.0.50/24",
      5);
  stop (&f);
}

/* From a start configuration the client works behind the prompt. */
static void
test_dhcp_start (void)
{
  Fixture f;
  PcLab *lab = pc_lab_new ();

  if (lab == NULL)
    return;
  f.lab = lab;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 1);
  pc_lab_write (lab, 1, "start.cfg", "set pcname A\nip dhcp\n");
  f.peer = pc_peer_new (lab, 2, 1);
  f.pc = pc_device_start (lab, 1, "-e 1 -s 0 -c start.cfg");
  give_lease (&f, 3600);
  pc_device_expect (f.pc, "\\*e0/0: DHCP gave 10.0.0.50/24 gateway 10.0.0.1\nA> $", 5);
  stop (&f);
}

static void
test_dhcp_lease (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  pc_device_type (f.pc, "ip dhcp\r");
  give_lease (&f, 4);
  pc_device_expect (f.pc, "DORA IP 10.0.0.50/24", 5);
  /* Half of it: renewed. Then refused: lost, and looked for again. */
  expect_dhcp (&f, 3, 4000);
  answer_dhcp (&f, 5, 4);
  expect_dhcp (&f, 3, 4000);
  answer_dhcp (&f, 6, 0);
  pc_device_expect (f.pc, "\\*e0/0: DHCP lease lost\nPC1> $", 5);
  expect_dhcp (&f, 1, 4000);
  pc_device_ask (f.pc, "show ip", "IP/MASK     : 0.0.0.0/0(.|\n)*DHCP        : no address yet");
  stop (&f);
}

static void
test_dhcp_conflict (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  pc_device_type (f.pc, "ip dhcp\r");
  give_lease (&f, 3600);
  pc_device_expect (f.pc, "DORA IP 10.0.0.50/24", 5);
  pc_peer_send_arp (f.peer, TRUE, OFFERED, OFFERED);
  pc_device_expect (f.pc, "duplicate address 10.0.0.50, also used by 02:00:00:00:00:02", 5);
  expect_dhcp (&f, 4, 3000);
  pc_device_ask (f.pc, "show ip", "IP/MASK     : 0.0.0.0/0");
  stop (&f);
}

static void
test_dhcp_none (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  pc_device_type (f.pc, "ip dhcp\r");
  expect_dhcp (&f, 1, 3000);
  pc_device_type (f.pc, "\x03");
  pc_device_expect (f.pc, "\\^C\n(.|\n)*PC1> $", 5);
  /* It goes on in the background. */
  expect_dhcp (&f, 1, 4000);
  pc_device_ask (f.pc, "ip 10.0.0.7/24", "PC1 : 10.0.0.7");
  stop (&f);
}

static gboolean
is_dns (PcPeer *peer)
{
  gsize length;

  return pc_peer_udp (peer, 53, &length) != NULL;
}

/* The name of the query that was received, as it stands there. */
static void
expect_dns (Fixture *f, const char *name, guint type)
{
  gsize length;
  const guint8 *query;

  g_assert_true (pc_peer_wait (f->peer, is_dns, 5000));
  query = pc_peer_udp (f->peer, 53, &length);
  g_assert_cmpmem (query + 12, strlen (name) + 1, name, strlen (name) + 1);
  g_assert_cmpuint (query[12 + strlen (name) + 2], ==, type);
}

static void
answer_dns (Fixture *f, guint8 rcode, const guint8 *address)
{
  gsize length;
  const guint8 *query = pc_peer_udp (f->peer, 53, &length);
  guint port = (guint) (f->peer->frame[34] << 8 | f->peer->frame[35]);
  guint8 message[512] = { 0 };
  gsize at = length;
  guint32 target;

  memcpy (message, query, length);
  message[2] = 0x81;
  message[3] = 0x80 | rcode;
  if (address != NULL)
    {
      message[7] = 1;
      memcpy (message + at, (guint8[]){ 0xc0, 12, 0, message[at - 3], 0, 1, 0, 0, 0, 60, 0, 4 },
              12);
      memcpy (message + at + 12, address, 4);
      at += 16;
    }
  memcpy (&target, f->peer->frame + 26, 4);
  pc_peer_send_udp (f->peer, f->peer->frame + 6, SERVER, 53, GUINT32_FROM_BE (target), port,
                    message, at);
}

static void
test_dns (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  pc_device_ask (f.pc, "ip 10.0.0.7/24", "PC1 : 10.0.0.7");
  pc_device_ask (f.pc, "ip dns 10.0.0.1", "PC1> $");
  pc_device_ask (f.pc, "ip domain lab", "PC1> $");

  /* First in the domain, then alone. */
  pc_device_type (f.pc, "ping www -c 1\r");
  expect_dns (&f, "\3www\3lab", 1);
  answer_dns (&f, 3, NULL);
  expect_dns (&f, "\3www", 1);
  answer_dns (&f, 0, (guint8[]){ 10, 0, 0, 7 });
  pc_device_expect (f.pc, "www resolved to 10.0.0.7\n84 bytes from 10.0.0.7 icmp_seq=1", 5);

  pc_device_type (f.pc, "ping host.example -c 1\r");
  expect_dns (&f, "\4host\7example", 1);
  answer_dns (&f, 0, NULL);
  expect_dns (&f, "\4host\7example", 28);
  answer_dns (&f, 3, NULL);
  pc_device_expect (f.pc,
                    "host \\(host.example\\) not reachable: the name does not exist\n\nPC1> $", 5);

  pc_device_type (f.pc, "trace silent.example\r");
  expect_dns (&f, "\6silent\7example", 1);
  pc_device_expect (f.pc, "not reachable: Cannot resolve the name: no name server answered", 10);
  pc_device_type (f.pc, "ping silent.example\r");
  expect_dns (&f, "\6silent\7example", 1);
  pc_device_type (f.pc, "\x03");
  pc_device_expect (f.pc, "\\^C\n\nPC1> $", 5);
  stop (&f);
}

static const guint8 router[16] = { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };

static void
advertise (Fixture *f)
{
  static const guint8 all_nodes[16] = { 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
  guint8 message[16 + 32] = { 134, 0, 0, 0, 64, 0, 7, 8 };
  static const guint8 prefix[] = { 3,    4, 64, 0xc0, 0, 0,    0x0e, 0x10, 0,    0, 0x0e,
                                   0x10, 0, 0,  0,    0, 0x20, 1,    0x0d, 0xb8, 0, 0,
                                   0,    9, 0,  0,    0, 0,    0,    0,    0,    0 };

  memcpy (message + 16, prefix, sizeof prefix);
  pc_peer_send_icmp6 (f->peer, router, all_nodes, message, sizeof message);
}

static gboolean
is_router_solicitation (PcPeer *peer)
{
  return pc_peer_type (peer) == 0x86dd && peer->frame[20] == 58 && peer->frame[54] == 133;
}

static void
test_autoconfiguration (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  /* Not without being asked for. */
  advertise (&f);
  pc_device_ask (f.pc, "show ipv6", "ROUTER            : fe80::1\nAUTOCONFIGURATION : off");
  pc_device_type (f.pc, "ip auto\r");
  g_assert_true (pc_peer_wait (f.peer, is_router_solicitation, 5000));
  advertise (&f);
  pc_device_expect (f.pc, "GLOBAL SCOPE +: 2001:db8:0:9:a8bb:ccff:fe00:100/64\n\nPC1> $", 5);
  pc_device_ask (f.pc, "show running-config", "\nip auto\n");
  pc_device_ask (f.pc, "clear ipv6", "PC1> $");
  pc_device_ask (f.pc, "show ipv6",
                 "fe80::a8bb:ccff:fe00:100/64 (tentative)?\n(ROUTER.*\n)?AUTOCONFIGURATION : off");
  stop (&f);
}

static gboolean
is_solicitation (PcPeer *peer)
{
  return pc_peer_type (peer) == 0x86dd && peer->frame[20] == 58 && peer->frame[54] == 135;
}

static void
test_duplicate6 (void)
{
  static const guint8 all_nodes[16] = { 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
  guint8 message[32] = { 136, 0, 0, 0, 0x20 };
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  g_assert_true (pc_peer_wait (f.peer, is_solicitation, 5000));
  memcpy (message + 8, f.peer->frame + 62, 16);
  memcpy (message + 24, (guint8[]){ 2, 1, 2, 0, 0, 0, 0, 2 }, 8);
  pc_peer_send_icmp6 (f.peer, f.peer->frame + 62, all_nodes, message, sizeof message);
  pc_device_expect (f.pc, "\\*e0/0: duplicate address fe80::a8bb:ccff:fe00:100", 5);
  stop (&f);
}

static gboolean
is_tcp_or_icmp (PcPeer *peer)
{
  return pc_peer_type (peer) == 0x0800 && (peer->frame[23] == 1 || peer->frame[23] == 6);
}

/* What the host says about a port where nobody is. */
static void
test_closed_ports (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  pc_device_ask (f.pc, "ip 10.0.0.7/24", "PC1 : 10.0.0.7");
  pc_peer_send_udp (f.peer, (guint8[]){ 0xaa, 0xbb, 0xcc, 0, 1, 0 }, SERVER, 5000, 0x0a000007, 9,
                    (const guint8 *) "x", 1);
  g_assert_true (pc_peer_wait (f.peer, is_tcp_or_icmp, 3000));
  g_assert_cmpuint (f.peer->frame[34], ==, 3);
  g_assert_cmpuint (f.peer->frame[35], ==, 3);
  /* To another machine's MAC address: not for us, whatever the IP address says. */
  pc_peer_send_udp (f.peer, (guint8[]){ 2, 2, 2, 2, 2, 2 }, SERVER, 5000, 0x0a000007, 9,
                    (const guint8 *) "x", 1);
  g_assert_false (pc_peer_wait (f.peer, is_tcp_or_icmp, 300));
  stop (&f);
}

/* A packet that claims to come from the host: answered, it would go round inside for ever. */
static void
test_own_source (void)
{
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  pc_device_ask (f.pc, "ip 10.0.0.7/24", "PC1 : 10.0.0.7");
  pc_device_ask (f.pc, "show ports", "e0/0 +received 0, sent \\d+, not for us 0,");
  pc_peer_send_udp (f.peer, NULL, 0x0a000007, 7, 0x0a000007, 9, (const guint8 *) "x", 1);
  pc_device_ask (f.pc, "show ports", "e0/0 +received 0, sent \\d+, not for us 1,");
  stop (&f);
}

/* ARP that ends early: lwIP 2.1 does not look at its length, and would read on behind it. */
static void
test_short_arp (void)
{
  guint8 frame[14 + 28] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,  0, 0, 0, 0, 2, 0x08, 0x06, /* Ethernet */
    0,    1,    0x08, 0,    6,    4,    0,  1,                         /* who has? */
    2,    0,    0,    0,    0,    2,    10, 0, 0, 1,                   /* asks */
    0,    0,    0,    0,    0,    0,    10, 0, 0, 7,                   /* is asked for */
  };
  Fixture f;

  if (!start (&f, "-e 1 -s 0"))
    return;
  pc_device_ask (f.pc, "ip 10.0.0.7/24", "PC1 : 10.0.0.7");
  for (gsize length = 14; length < sizeof frame; length++)
    pc_peer_send (f.peer, frame, length);
  pc_device_ask (f.pc, "show ports", "e0/0 +received 0, sent \\d+, not for us 28,");
  pc_peer_send (f.peer, frame, sizeof frame);
  pc_device_ask (f.pc, "show ports", "e0/0 +received 1, sent \\d+, not for us 28,");
  stop (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/servers/dhcp", test_dhcp);
  g_test_add_func ("/pc/servers/dhcp-debug", test_dhcp_debug);
  g_test_add_func ("/pc/servers/dhcp-start", test_dhcp_start);
  g_test_add_func ("/pc/servers/dhcp-lease", test_dhcp_lease);
  g_test_add_func ("/pc/servers/dhcp-conflict", test_dhcp_conflict);
  g_test_add_func ("/pc/servers/dhcp-none", test_dhcp_none);
  g_test_add_func ("/pc/servers/dns", test_dns);
  g_test_add_func ("/pc/servers/autoconfiguration", test_autoconfiguration);
  g_test_add_func ("/pc/servers/duplicate6", test_duplicate6);
  g_test_add_func ("/pc/servers/closed-ports", test_closed_ports);
  g_test_add_func ("/pc/servers/own-source", test_own_source);
  g_test_add_func ("/pc/servers/short-arp", test_short_arp);
  return g_test_run ();
}
