/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hosts on cables: with each other, and with a light host. */

#include "config.h"

#include "pc-device.h"

static gboolean
has_program (const char *name)
{
  g_autofree char *in_sbin = g_build_filename ("/usr/sbin", name, NULL);
  g_autofree char *path = g_find_program_in_path (name);

  if (path != NULL || g_file_test (in_sbin, G_FILE_TEST_IS_EXECUTABLE))
    return TRUE;
  g_test_message ("%s is not installed", name);
  return FALSE;
}

static void
test_pair (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) one = NULL;
  g_autoptr (PcDevice) two = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/1\n", 1, 2);
  pc_lab_write (lab, 1, "start.cfg", "address eth0 10.0.0.1/24\naddress eth0 2001:db8::1/64\n");
  pc_lab_write (lab, 2, "start.cfg", "address eth1 10.0.0.2/24\naddress eth1 2001:db8::2/64\n");
  one = pc_device_start (lab, 1, "-q -e 1 -s 0 -c start.cfg");
  two = pc_device_start (lab, 2, "-q -e 1 -s 0 -c start.cfg");
  pc_device_ask (one, "ping -c 2 -W 2 10.0.0.2", " [12] received(.|\n)*# $");
  pc_device_ask (one, "ping -c 2 -W 2 2001:db8::2", " [12] received(.|\n)*# $");
  if (has_program ("tcpdump"))
    {
      pc_device_ask (two, "tcpdump -n -i eth1 -c 1 icmp", "listening on eth1");
      pc_device_ask (one, "ping -c 1 -W 2 10.0.0.2", " 1 received(.|\n)*# $");
      pc_device_expect (two, "IP 10\\.0\\.0\\.1 > 10\\.0\\.0\\.2: ICMP echo request(.|\n)*# $", 10);
    }
  if (has_program ("iperf3"))
    {
      pc_device_ask (two, "iperf3 -s -D; sleep 0.5", "# $");
      pc_device_ask (one, "iperf3 -c 10.0.0.2 -t 1", "iperf Done(.|\n)*# $");
    }
  if (has_program ("traceroute"))
    pc_device_ask (one, "traceroute -n 10.0.0.2", " 1  10\\.0\\.0\\.2 (.|\n)*# $");
}

/* A line that goes down with its interface. */
static void
test_line (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) one = NULL;
  g_autoptr (PcDevice) two = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 2);
  one = pc_device_start (lab, 1, "-q -l -e 1 -s 0");
  two = pc_device_start (lab, 2, "-q -l -e 1 -s 0");
  pc_device_ask (one, "sleep 3; ports", "eth0 +e0/0 +up(.|\n)*eth1 +e0/1 +no carrier(.|\n)*# $");
  pc_device_ask (two, "ip link set eth0 down", "# $");
  pc_device_ask (one, "sleep 11; ports", "eth0 +e0/0 +no carrier(.|\n)*# $");
  pc_device_ask (two, "ip link set eth0 up", "# $");
  pc_device_ask (one, "sleep 3; ports", "eth0 +e0/0 +up(.|\n)*# $");
}

static void
test_light (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) host = NULL;
  g_autoptr (PcDevice) light = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 2);
  host = pc_device_start (lab, 1, "-q -e 1 -s 0");
  pc_device_ask (host, "address eth0 10.0.0.1/24", "# $");
  lab->program = "src/images/pc/labwright-pc";
  lab->prompt = "\\S+> $";
  light = pc_device_start (lab, 2, "-q -e 1 -s 0");
  pc_device_ask (light, "ip 10.0.0.2/24", "> $");
  pc_device_ask (host, "ping -c 2 -W 2 10.0.0.2", " [12] received(.|\n)*# $");
}

/* busybox has client and server. */
static void
test_dhcp (void)
{
  static const char *const make_config =
      "printf 'start 10.0.0.50\\nend 10.0.0.60\\ninterface eth0\\noption subnet 255.255.255.0\\n"
      "option router 10.0.0.1\\noption dns 10.0.0.53\\nlease_file /tmp/l\\npidfile /tmp/p\\n'"
      " > /tmp/d; touch /tmp/l";
  g_autoptr (PcLab) lab = pc_lab_new_host ();
  g_autoptr (PcDevice) server = NULL;
  g_autoptr (PcDevice) client = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 2);
  server = pc_device_start (lab, 1, "-q -e 1 -s 0");
  pc_device_ask (server, "busybox udhcpd --help > /dev/null 2>&1; echo code $?", "code \\d+\n");
  pc_device_ask (server, "address eth0 10.0.0.1/24", "# $");
  pc_device_ask (server, make_config, "# $");
  pc_device_ask (server, "busybox udhcpd -I 10.0.0.1 /tmp/d; sleep 0.5; pidof busybox; echo done",
                 "\ndone\n");
  client = pc_device_start (lab, 2, "-q -e 1 -s 0");
  pc_device_ask (client, "dhcp eth0", "(lease of|no DHCP client|cannot)(.|\n)*# $");
  pc_device_ask (client, "ip route; cat /etc/resolv.conf",
                 "default via 10\\.0\\.0\\.1 dev eth0(.|\n)*nameserver 10\\.0\\.0\\.53\n");
  pc_device_ask (client, "show", "1\tdhcp eth0\n(.|\n)*# $");
  /* A fixed address ends it. */
  pc_device_ask (client, "address eth0 10.0.0.9/24", "# $");
  pc_device_ask (client, "ip -br -4 addr show eth0", "\\S+ +10\\.0\\.0\\.9/24 *\n");
  pc_device_ask (client, "show", "1\taddress eth0 10\\.0\\.0\\.9/24\n(.|\n)*# $");
  pc_device_ask (client, "ls /run", "ls /run\n\\S+# $");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/network/pair", test_pair);
  g_test_add_func ("/host/network/line", test_line);
  g_test_add_func ("/host/network/light", test_light);
  if (has_program ("udhcpc"))
    g_test_add_func ("/host/network/dhcp", test_dhcp);
  return g_test_run ();
}
