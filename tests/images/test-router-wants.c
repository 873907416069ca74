/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which lines start which daemon. */

#include "config.h"

#include "router-wants.h"

static void
test_typed (void)
{
  g_assert_true (router_wants_line ("ospfd", "router ospf"));
  g_assert_true (router_wants_line ("ospfd", "rou os 7"));
  g_assert_true (router_wants_line ("ospfd", "  ip ospf area 0"));
  g_assert_true (router_wants_line ("vrrpd", "vrrp 5"));
  g_assert_true (router_wants_line ("bgpd", "router\tbgp 65000"));

  g_assert_false (router_wants_line ("ospfd", "router-id 1.1.1.1"));
  g_assert_false (router_wants_line ("ospfd", "router bgp 65000"));
  g_assert_false (router_wants_line ("ospfd", "router"));
  g_assert_false (router_wants_line ("ospfd", "ip access-list x"));
  g_assert_false (router_wants_line ("bgpd", "route-map x permit 10"));
  g_assert_false (router_wants_line ("bgpd", "interface e0-0"));
  g_assert_false (router_wants_line ("bgpd", "configure terminal"));
  g_assert_false (router_wants_line ("bgpd", ""));
}

static void
test_config (void)
{
  const char *config = "hostname R1\n"
                       "interface e0-0\n"
                       " ip address 10.0.0.1/30\n"
                       " ip ospf area 0\n"
                       "exit\n"
                       "! router bgp 1\n"
                       "router ospf6\n"
                       "exit\n"
                       "router ripng\n";

  g_assert_true (router_wants_by_config ("ospfd", config));
  g_assert_true (router_wants_by_config ("ospf6d", config));
  g_assert_true (router_wants_by_config ("ripngd", config));
  g_assert_false (router_wants_by_config ("ripd", config));
  g_assert_false (router_wants_by_config ("bgpd", config));
  g_assert_false (router_wants_by_config ("isisd", config));
  g_assert_false (router_wants_by_config ("ospfd", "router ospf6\n"));
  g_assert_false (router_wants_by_config ("ospfd", ""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/wants/typed", test_typed);
  g_test_add_func ("/router/wants/config", test_config);
  return g_test_run ();
}
