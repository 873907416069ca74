/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two hosts wired to each other by NETMAP, without a relay. */

#include "config.h"

#include <glib.h>

#include "pc-device.h"

typedef struct
{
  PcLab *lab;
  PcDevice *a;
  PcDevice *b;
} Pair;

static gboolean
pair_start (Pair *pair, const char *netmap)
{
  pair->lab = pc_lab_new ();
  if (pair->lab == NULL)
    return FALSE;
  pc_lab_wire (pair->lab, netmap, 1, 2);
  pair->a = pc_device_start (pair->lab, 1, "-e 1 -s 0");
  pair->b = pc_device_start (pair->lab, 2, "-e 1 -s 0");
  pc_device_ask (pair->a, "ip 10.0.0.1/24", "PC1 : 10.0.0.1 255.255.255.0\n");
  pc_device_ask (pair->b, "ip 10.0.0.2 255.255.255.0 10.0.0.1",
                 "PC2 : 10.0.0.2 255.255.255.0 gateway 10.0.0.1\n");
  return TRUE;
}

static void
pair_stop (Pair *pair)
{
  if (pair->lab == NULL)
    return;
  pc_device_free (pair->a);
  pc_device_free (pair->b);
  pc_lab_free (pair->lab);
}

static void
test_ip4 (void)
{
  Pair pair = { 0 };

  if (!pair_start (&pair, "1:0/0 2:0/0\n"))
    return;
  pc_device_ask (pair.a, "ping 10.0.0.2 -c 2 -i 50",
                 "84 bytes from 10.0.0.2 icmp_seq=1 ttl=\\d+ time=\\d+\\.\\d{3} ms\n"
                 "84 bytes from 10.0.0.2 icmp_seq=2 ttl=\\d+ time=\\d+\\.\\d{3} ms\n\nPC1> $");
  pc_device_ask (pair.b, "ping 10.0.0.1 -c 1 -l 1472 -T 3", "1500 bytes from 10.0.0.1");
  pc_device_ask (pair.a, "ping 10.0.0.2 -c 1 -l 14000", "14028 bytes from 10.0.0.2");
  pc_device_ask (pair.a, "ping 10.0.0.2 -c 1 -D -l 1472", "1500 bytes from 10.0.0.2");
  pc_device_ask (pair.a, "ping 10.0.0.2 -c 1 -D -l 1473", "too long to go unfragmented");
  pc_device_ask (pair.a, "ping 10.0.0.1 -c 1", "84 bytes from 10.0.0.1");
  pc_device_ask (pair.a, "arp", "aa:bb:cc:00:02:00  10.0.0.2");
  pc_device_ask (pair.a, "clear arp", "PC1> $");
  pc_device_ask (pair.a, "arp", "arp table is empty");
  pc_device_ask (pair.a, "ping 10.0.0.9 -c 3", "host \\(10.0.0.9\\) not reachable\n\nPC1> $");
  pc_device_ask (pair.a, "ping 10.9.9.9", "host \\(10.9.9.9\\) not reachable: No gateway found");
  pc_device_ask (pair.a, "ping nowhere", "not reachable: No name server");
  pc_device_ask (pair.a, "ping 1.2.3", "no address and no host name|not reachable");
  pair_stop (&pair);
}

static void
test_probes (void)
{
  Pair pair = { 0 };

  if (!pair_start (&pair, "1:0/0 2:0/0\n"))
    return;
  pc_device_ask (pair.a, "ping 10.0.0.2 -2 -c 1",
                 "84 bytes from 10.0.0.2 udp_seq=1 ttl=\\d+ time=");
  pc_device_ask (pair.a, "ping 10.0.0.2 -P 17 -p 9 -c 1",
                 "\\*10.0.0.2 udp_seq=1 ttl=\\d+ time=\\S+ ms \\(ICMP type:3, code:3, Destination "
                 "port unreachable\\)");
  pc_device_ask (pair.a, "ping 10.0.0.2 -3 -c 1",
                 "Connect  7@10.0.0.2 seq=1 ttl=\\d+ time=\\S+ ms\nSendData 7@10.0.0.2 seq=1 "
                 "ttl=\\d+ time=\\S+ ms\n"
                 "Close    7@10.0.0.2 seq=1 ttl=\\d+ time=\\S+ ms\n");
  pc_device_ask (pair.a, "ping 10.0.0.2 -3 -p 81 -c 1", "Connect  81@10.0.0.2 RST returned");
  pc_device_ask (pair.a, "ping 10.0.0.2 -3 -l 9000 -c 2 -i 10", "Close    7@10.0.0.2 seq=2");
  pc_device_ask (pair.a, "ping 10.0.0.2 -2 -s 5000 -c 2 -i 10", "udp_seq=2");
  pc_device_ask (pair.a, "trace 10.0.0.2",
                 "trace to 10.0.0.2, 8 hops max, press Ctrl\\+C to stop\n 1   \\*10.0.0.2(  \\S+ "
                 "ms){3} \\(ICMP type:3, "
                 "code:3, Destination port unreachable\\)\n\nPC1> $");
  pc_device_ask (pair.a, "trace 10.0.0.2 -P 1", " 1   \\*10.0.0.2(  \\S+ ms){3}\n");
  pc_device_ask (pair.a, "trace 10.0.0.2 -P 6 -m 3", " 1   \\*10.0.0.2(  \\S+ ms){3}\n");
  pc_device_ask (pair.a, "trace 10.0.0.77 -m 1 -w 50", " 1    \\*  \\*  \\*\n");
  pair_stop (&pair);
}

static void
test_ip6 (void)
{
  Pair pair = { 0 };

  if (!pair_start (&pair, "1:0/0 2:0/0\n"))
    return;
  pc_device_ask (pair.a, "ip 2001:db8::1/64", "PC1 : 2001:db8::1/64");
  pc_device_ask (pair.b, "ip 2001:db8::2", "PC2 : 2001:db8::2/64");
  pc_device_ask (
      pair.a, "show ipv6",
      "LINK-LOCAL SCOPE  : fe80::a8bb:ccff:fe00:100/64(.|\n)*GLOBAL SCOPE +: 2001:db8::1/64");
  pc_device_ask (pair.a, "ping fe80::a8bb:ccff:fe00:200 -c 2 -i 50", "icmp6_seq=2 ttl=\\d+ time=");
  pc_device_ask (pair.a, "ping fe80::a8bb:ccff:fe00:200%e0/0 -c 1",
                 "104 bytes from fe80::a8bb:ccff:fe00:200 icmp6_seq=1");
  pc_device_ask (pair.a, "ping 2001:db8::2 -c 1", "104 bytes from 2001:db8::2 icmp6_seq=1");
  pc_device_ask (pair.a, "ping 2001:db8::2 -c 1 -l 5000", "5048 bytes from 2001:db8::2");
  pc_device_ask (pair.a, "ping 2001:db8::2 -c 1 -2", "104 bytes from 2001:db8::2 udp_seq=1");
  pc_device_ask (pair.a, "ping 2001:db8::2 -c 1 -2 -p 9", "ICMP type:1, code:4, Port unreachable");
  pc_device_ask (pair.a, "ping 2001:db8::2 -c 1 -3", "Close    7@2001:db8::2 seq=1");
  pc_device_ask (pair.a, "trace 2001:db8::2", " 1   \\*2001:db8::2(  \\S+ ms){3}");
  pc_device_ask (pair.a, "ping 2001:db8::9 -c 2 -w 200", "host \\(2001:db8::9\\) not reachable\n");
  pc_device_ask (pair.a, "ping 2001:db8:1::9 -c 1", "not reachable: No gateway found");
  /* The gateway set by hand gets what is elsewhere: it drops it, but it was asked. */
  pc_device_ask (pair.a, "ip 2001:db8::1/64 2001:db8::2", "PC1> $");
  pc_device_ask (pair.a, "ping 2001:db8:1::9 -c 1", "2001:db8:1::9 icmp6_seq=1 timeout");
  pair_stop (&pair);
}

static void
test_ports (void)
{
  Pair pair = { 0 };

  if (!pair_start (&pair, "1:0/0 2:0/0\n1:0/1 2:0/3\n"))
    return;
  pc_device_ask (pair.a, "ip 10.1.0.1/24 dev e0/1", "PC1 : 10.1.0.1");
  pc_device_ask (pair.b, "ip 10.1.0.2/24 dev Ethernet0/3", "PC2 : 10.1.0.2");
  pc_device_ask (pair.a, "ping 10.1.0.2 -c 1", "84 bytes from 10.1.0.2");
  pc_device_ask (pair.a, "ping 10.0.0.2 -c 1", "84 bytes from 10.0.0.2");
  pc_device_ask (pair.a, "arp", "aa:bb:cc:00:02:30  10.1.0.2  e0/1");
  pc_device_ask (pair.a, "ip 10.0.0.7/24 dev e0/2", "e0/0 is on the same network already");
  pc_device_ask (pair.a, "ip 10.7.0.7/24 dev e9/9", "no Ethernet port e9/9");
  pc_device_ask (pair.a, "show ip dev e0/1",
                 "IP/MASK     : 10.1.0.1/24(.|\n)*MAC         : aa:bb:cc:00:01:10");
  pc_device_ask (pair.a, "shutdown e0/1", "e0/1: line down");
  pc_device_ask (pair.a, "ping 10.1.0.2 -c 1", "not reachable: the port is shut down");
  pc_device_ask (pair.b, "ping 10.1.0.1 -c 2 -w 100 -i 100", "timeout|not reachable");
  pc_device_ask (pair.a, "no shutdown e0/1", "e0/1: line up");
  pc_device_ask (pair.a, "ping 10.1.0.2 -c 1", "84 bytes from 10.1.0.2");
  pair_stop (&pair);
}

/* A host does not forward, though its lwIP could. */
static void
test_no_forwarding (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) a = NULL;
  g_autoptr (PcDevice) b = NULL;
  g_autoptr (PcDevice) c = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n2:0/1 3:0/0\n", 1, 3);
  a = pc_device_start (lab, 1, "-e 1 -s 0");
  b = pc_device_start (lab, 2, "-e 1 -s 0");
  c = pc_device_start (lab, 3, "-e 1 -s 0");
  pc_device_ask (a, "ip 10.0.0.1/24 10.0.0.2", "PC1 : ");
  pc_device_ask (b, "ip 10.0.0.2/24", "PC2 : ");
  pc_device_ask (b, "ip 10.1.0.2/24 dev e0/1", "PC2 : ");
  pc_device_ask (c, "ip 10.1.0.3/24 10.1.0.2", "PC3 : ");
  pc_device_ask (b, "ping 10.1.0.3 -c 1", "84 bytes");
  pc_device_ask (a, "ping 10.0.0.2 -c 1", "84 bytes");
  pc_device_ask (a, "ping 10.1.0.3 -c 1", "10.1.0.3 icmp_seq=1 timeout");
}

/* Three on one segment: everybody hears everybody, and takes only what is for itself. */
static void
test_segment (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) a = NULL;
  g_autoptr (PcDevice) b = NULL;
  g_autoptr (PcDevice) c = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0 3:0/0\n", 1, 3);
  a = pc_device_start (lab, 1, "-e 1 -s 0");
  b = pc_device_start (lab, 2, "-e 1 -s 0");
  c = pc_device_start (lab, 3, "-e 1 -s 0");
  pc_device_ask (a, "ip 10.0.0.1/24", "PC1 : ");
  pc_device_ask (b, "ip 10.0.0.2/24", "PC2 : ");
  pc_device_ask (c, "ip 10.0.0.3/24", "PC3 : ");
  pc_device_ask (a, "ping 10.0.0.2 -c 1", "84 bytes");
  pc_device_ask (a, "ping 10.0.0.3 -c 1", "84 bytes");
  pc_device_ask (c, "ping 10.0.0.2 -c 1", "84 bytes");
  pc_device_ask (a, "ip 10.0.0.3/24", "duplicate address 10.0.0.3, also used by aa:bb:cc:00:03:00");
  pc_device_expect (c, "\\*e0/0: duplicate address 10.0.0.3, also used by aa:bb:cc:00:01:00", 5);
}

/* A peer that restarts is heard again, whichever side sends first. */
static void
test_restart (void)
{
  Pair pair = { 0 };

  if (!pair_start (&pair, "1:0/0 2:0/0\n"))
    return;
  pc_device_ask (pair.a, "ping 10.0.0.2 -c 1", "84 bytes");
  pc_device_free (pair.b);
  pc_device_ask (pair.a, "ping 10.0.0.2 -c 1 -w 100", "timeout");
  pair.b = pc_device_start (pair.lab, 2, "-e 1 -s 0");
  pc_device_ask (pair.b, "ip 10.0.0.2/24", "PC2> $");
  pc_device_ask (pair.a, "ping 10.0.0.2 -c 1", "84 bytes");
  pair_stop (&pair);
}

static void
test_stop_ping (void)
{
  Pair pair = { 0 };

  if (!pair_start (&pair, "1:0/0 2:0/0\n"))
    return;
  pc_device_type (pair.a, "ping 10.0.0.2 -t -i 20\r");
  pc_device_expect (pair.a, "icmp_seq=9 ", 10);
  pc_device_type (pair.a, "\x03");
  pc_device_expect (pair.a, "\\^C\n\nPC1> $", 5);
  pair_stop (&pair);
}

static void
test_other_macs (void)
{
  g_autoptr (PcLab) lab = pc_lab_new ();
  g_autoptr (PcDevice) device = NULL;

  if (lab == NULL)
    return;
  g_setenv ("LABWRIGHT_PC_MAC", "packed", TRUE);
  device = pc_device_start (lab, 26, "-e 2 -s 0");
  g_unsetenv ("LABWRIGHT_PC_MAC");
  pc_device_ask (device, "show ip dev e1/0", "aa:bb:cc:01:a0:01");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/network/ip4", test_ip4);
  g_test_add_func ("/pc/network/probes", test_probes);
  g_test_add_func ("/pc/network/ip6", test_ip6);
  g_test_add_func ("/pc/network/ports", test_ports);
  g_test_add_func ("/pc/network/no-forwarding", test_no_forwarding);
  g_test_add_func ("/pc/network/segment", test_segment);
  g_test_add_func ("/pc/network/restart", test_restart);
  g_test_add_func ("/pc/network/stop-ping", test_stop_ping);
  g_test_add_func ("/pc/network/other-macs", test_other_macs);
  return g_test_run ();
}
