/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The routing protocols other than OSPF, BGP and LDP: two routers on a cable learn each other's
 * loopback, and reach it; of PIM, that each sees the other. That the daemon starts at all, that its
 * frames pass the port (IS-IS has no IP below it, PIM and EIGRP have their own multicast groups),
 * and that what it finds reaches the kernel's table, is seen with it. */

#include "config.h"

#include "pc-device.h"

/* Routers wait for elections and for their own timers; a crowded machine doubles that. */
#define PATIENCE 90

typedef struct
{
  const char *name;
  const char *port;   /* lines of e0-0 */
  const char *router; /* what follows the interfaces; %1$u is the router's number */
  const char *known;  /* (nullable): how the route is called in “show ip route” */
} Protocol;

static const Protocol protocols[] = {
  { "isis", " ip router isis CORE\n isis network point-to-point\n isis hello-interval 1\n",
    "router isis CORE\n net 49.0001.0000.0000.000%1$u.00\n is-type level-2-only\n lsp-gen-interval "
    "1\n spf-interval 1\nexit\n",
    "Known via \"isis\"" },
  { "rip", "",
    "router rip\n version 2\n timers basic 5 180 120\n network 10.0.0.0/30\n"
    " network 192.0.2.%1$u/32\nexit\n",
    "Known via \"rip\"" },
  { "eigrp", "", "router eigrp 100\n network 10.0.0.0/30\n network 192.0.2.%1$u/32\nexit\n",
    "Known via \"eigrp\"" },
  { "pim", " ip pim\n", "", NULL },
};

/* (transfer full) */
static char *
make_config (const Protocol *protocol, guint id)
{
  g_autofree char *number = g_strdup_printf ("%u", id);
  g_auto (GStrv) parts = g_strsplit (protocol->router, "%1$u", -1);
  g_autofree char *router = g_strjoinv (number, parts);
  const char *loopback = g_str_equal (protocol->name, "isis") ? " ip router isis CORE\n" : "";

  return g_strdup_printf ("hostname R%u\n"
                          "interface lo\n ip address 192.0.2.%u/32\n%sexit\n"
                          "interface e0-0\n ip address 10.0.0.%u/30\n%sexit\n%s",
                          id, id, loopback, id, protocol->port, router);
}

static PcDevice *
start (PcLab *lab, const Protocol *protocol, guint id)
{
  g_autofree char *config = make_config (protocol, id);

  pc_lab_write (lab, id, "start.cfg", config);
  return pc_device_start (lab, id, "-e 1 -s 0 -l -q -c start.cfg");
}

static void
expect_route (PcDevice *device, const Protocol *protocol, guint other)
{
  g_autofree char *command = g_strdup_printf ("show ip route 192.0.2.%u", other);
  g_autofree char *regex =
      g_strdup_printf ("%s(.|\n)*10\\.0\\.0\\.%u, via e0-0", protocol->known, other);

  pc_device_ask_until (device, command, regex, PATIENCE);
}

static void
expect_neighbour (PcDevice *device, guint other)
{
  g_autofree char *regex = g_strdup_printf ("^ *e0-0 +10\\.0\\.0\\.%u ", other);

  pc_device_ask_until (device, "show ip pim neighbor", regex, PATIENCE);
}

static void
test_two (gconstpointer data)
{
  const Protocol *protocol = data;
  g_autoptr (PcLab) lab = pc_lab_new_router ();
  g_autoptr (PcDevice) a = NULL;
  g_autoptr (PcDevice) b = NULL;

  if (lab == NULL)
    return;
  pc_lab_wire (lab, "1:0/0 2:0/0\n", 1, 2);
  a = start (lab, protocol, 1);
  b = start (lab, protocol, 2);
  if (protocol->known == NULL)
    {
      expect_neighbour (a, 2);
      expect_neighbour (b, 1);
      return;
    }
  expect_route (a, protocol, 2);
  expect_route (b, protocol, 1);
  pc_device_ask (a, "ping 192.0.2.2", "bytes from 192\\.0\\.2\\.2(.|\n)* 5 received(.|\n)*# $");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autofree char *path = g_strconcat ("/router/igp/", protocols[i].name, NULL);

      g_test_add_data_func (path, &protocols[i], test_two);
    }
  return g_test_run ();
}
