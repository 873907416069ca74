/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Routers on cables: they route, and a cable that is down at one end is down at the other. */

#include "config.h"

#include <string.h>

#include "pc-device.h"

#define WIRES "1:0/0 2:0/0\n1:1/0 2:1/0\n"

/* One area; point-to-point, so that nobody waits for an election. */
static void
write_config (PcLab *lab, guint id)
{
  g_autofree char *text = g_strdup_printf ("hostname R%u\n"
                                           "interface lo\n ip address 192.0.2.%u/32\nexit\n"
                                           "interface e0-0\n ip address 10.0.0.%u/30\n"
                                           " ip ospf network point-to-point\n"
                                           " ip ospf hello-interval 1\n ip ospf dead-interval 60\n"
                                           "exit\n"
                                           "interface s1-0\n ip address 10.0.1.%u/30\n"
                                           " ip ospf cost 500\n ip ospf hello-interval 1\n"
                                           " ip ospf dead-interval 60\nexit\n"
                                           "router ospf\n network 0.0.0.0/0 area 0\nexit\n",
                                           id, id, id, id);

  pc_lab_write (lab, id, "start.cfg", text);
}

static void
test_ospf (void)
{
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) a = NULL;
  g_autoptr (PcDevice) b = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, WIRES, 1, 2);
  write_config (lab, 1);
  write_config (lab, 2);
  a = pc_device_start (lab, 1, "-e 1 -s 1 -l -q -c start.cfg");
  b = pc_device_start (lab, 2, "-e 1 -s 1 -l -q -c start.cfg");

  /* By Ethernet, which is cheaper than the serial cable. */
  pc_device_ask_until (a, "show ip route 192.0.2.2", "10\\.0\\.0\\.2, via e0-0", 40);
  pc_device_ask (a, "ping 192.0.2.2", "bytes from 192\\.0\\.2\\.2(.|\n)* 5 received(.|\n)*# $");

  /* Keepalives stop, the line at the other end goes down long before OSPF's dead interval. */
  pc_device_ask (b, "configure terminal", "\\(config\\)# $");
  pc_device_ask (b, "interface e0-0", "\\(config-if\\)# $");
  pc_device_ask (b, "shutdown", "\\(config-if\\)# $");
  pc_device_ask_until (a, "show interface e0-0", "line protocol is down", 11);
  pc_device_ask_until (a, "show ip route 192.0.2.2", "10\\.0\\.1\\.2, via s1-0", 10);
  pc_device_ask (a, "ping 192.0.2.2", "bytes from 192\\.0\\.2\\.2(.|\n)* 5 received(.|\n)*# $");

  pc_device_ask (b, "no shutdown", "\\(config-if\\)# $");
  pc_device_ask_until (a, "show interface e0-0", "line protocol is up", 5);
  pc_device_ask_until (a, "show ip route 192.0.2.2", "10\\.0\\.0\\.2, via e0-0", 40);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/ospf/two", test_ospf);
  return g_test_run ();
}
