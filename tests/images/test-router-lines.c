/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which lines name interfaces, what the names say, and tags in frames. */

#include "config.h"

#include "router-lines.h"
#include "router-prompt.h"
#include "router-tag.h"
#include "router-vrfs.h"

#include <string.h>

static void
test_names (void)
{
  static const char *const others[] = { "",          "lo",       "e0",      "e0-4",
                                        "e16-0",     "e0-0.",    "e0-0.0",  "e0-0.4095",
                                        "e0-0.10x",  "e0-0.010", "s0-0.10", "vlan0",
                                        "vlan4095",  "lo10000",  "Vlan10",  "e0-0.10.2",
                                        "e0-0.10nn", "eth0",     "e-1",     "e00-0" };
  RouterName name;

  g_assert_cmpint (router_name_parse ("e0-1", &name), ==, ROUTER_NAME_PORT);
  g_assert_cmpint (router_name_parse ("s15-3", &name), ==, ROUTER_NAME_PORT);
  g_assert_cmpint (router_name_parse ("e15-3.4094n", &name), ==, ROUTER_NAME_SUB);
  g_assert_cmpstr (name.port, ==, "e15-3");
  g_assert_cmpuint (name.number, ==, 4094);
  g_assert_true (name.native);
  g_assert_cmpint (router_name_parse ("e0-1.10", &name), ==, ROUTER_NAME_SUB);
  g_assert_false (name.native);
  g_assert_cmpint (router_name_parse ("lo0", &name), ==, ROUTER_NAME_LOOPBACK);
  g_assert_cmpint (router_name_parse ("loopback9999", &name), ==, ROUTER_NAME_LOOPBACK);
  g_assert_cmpint (router_name_parse ("vlan10", &name), ==, ROUTER_NAME_VLAN);
  g_assert_cmpuint (name.number, ==, 10);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (router_name_parse (others[i], &name) != ROUTER_NAME_OTHER)
      g_error ("“%s” is taken for an interface of ours.", others[i]);
}

static void
test_lines (void)
{
  static const char *const others[] = { "",
                                        "no",
                                        "interface",
                                        "in e0-0",
                                        "interface e0-0 vrf",
                                        "interface e0-0 vrf a b",
                                        "interface a-name-that-is-too-long",
                                        "vrf",
                                        "vrrp",
                                        "vrrp 0",
                                        "vrrp 256",
                                        "vrrp 1 priority 100",
                                        "vrrp 1 ip 10.0.0",
                                        "vrrp 1 ip 2001:db8::1",
                                        "show interface e0-0",
                                        "description interface e0-0" };
  RouterLine line;

  g_assert_cmpint (router_line_parse (" int e0-0.10", &line), ==, ROUTER_LINE_INTERFACE);
  g_assert_cmpstr (line.name, ==, "e0-0.10");
  g_assert_cmpstr (line.vrf, ==, "");
  g_assert_cmpint (router_line_parse ("interface lo1 vrf RED\n", &line), ==, ROUTER_LINE_INTERFACE);
  g_assert_cmpstr (line.vrf, ==, "RED");
  g_assert_cmpint (router_line_parse ("no interface vlan7", &line), ==, ROUTER_LINE_NO_INTERFACE);
  g_assert_cmpint (router_line_parse ("vrf RED", &line), ==, ROUTER_LINE_VRF);
  g_assert_cmpint (router_line_parse ("no vrf RED", &line), ==, ROUTER_LINE_NO_VRF);
  g_assert_cmpint (router_line_parse ("vrrp 7 version 3", &line), ==, ROUTER_LINE_OTHER);
  g_assert_cmpint (router_line_parse (" vrrp 7 ip 10.0.0.1", &line), ==, ROUTER_LINE_VRRP);
  g_assert_cmpuint (line.group, ==, 7);
  g_assert_cmpstr (line.address, ==, "10.0.0.1");
  g_assert_cmpint (router_line_parse ("vrrp 255 ipv6 2001:db8::1", &line), ==, ROUTER_LINE_VRRP);
  g_assert_cmpint (router_line_parse ("no vrrp 7", &line), ==, ROUTER_LINE_NO_VRRP);
  g_assert_cmpstr (line.address, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (router_line_parse (others[i], &line) != ROUTER_LINE_OTHER)
      g_error ("“%s” is taken for a line of ours.", others[i]);
}

static void
test_prompts (void)
{
  static const char *const others[] = { "# ",         "R1#",      "-R1# ",        "R 1# ",
                                        "R1(# ",      "R1()# ",   "R1(a b)# ",    "R1(config) ",
                                        "R1(config)", "R1(con# ", "R1# show ver", "" };
  char name[ROUTER_HOST_SIZE];

  g_assert_true (router_prompt_parse ("R1# ", 4, name));
  g_assert_cmpstr (name, ==, "R1");
  g_assert_true (router_prompt_parse ("core-1.lab> ", 12, name));
  g_assert_cmpstr (name, ==, "core-1.lab");
  g_assert_true (router_prompt_parse ("R2(config-if)# ", 15, name));
  g_assert_cmpstr (name, ==, "R2");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (router_prompt_parse (others[i], strlen (others[i]), name))
      g_error ("“%s” is taken for a prompt.", others[i]);
}

static gboolean
see (RouterPrompt *prompt, const char *text, char name[ROUTER_HOST_SIZE])
{
  return router_prompt_see (prompt, text, strlen (text), name);
}

/* Only a prompt that follows the command that gives the name, in pieces and with mistakes, too. */
static void
test_new_name (void)
{
  RouterPrompt prompt = { 0 };
  g_autofree char *much = g_strnfill (5000, 'x');
  char name[ROUTER_HOST_SIZE];

  g_assert_false (see (&prompt, "R1# ", name));
  g_assert_false (see (&prompt, "telnet R2\r\nHello\r\n\r\nR2# ", name));
  g_assert_false (see (&prompt, "\r\nR1(config)# host", name));
  g_assert_false (see (&prompt, "name FREX\b \bD\r\n", name));
  g_assert_false (see (&prompt, "FRED(conf", name));
  g_assert_true (see (&prompt, "ig)# ", name));
  g_assert_cmpstr (name, ==, "FRED");
  g_assert_false (see (&prompt, much, name));
  g_assert_false (
      see (&prompt, "\r\nFRED(config)# host B\r\n% Unknown command\r\nFRED(config)# ", name));
  g_assert_true (see (&prompt, "ho B\r\nB(config)# ", name));
  g_assert_cmpstr (name, ==, "B");
}

static void
test_tag (void)
{
  guint8 bytes[4 + 60];
  guint8 *frame = bytes + 4;
  guint8 *tagged;

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) i;
  g_assert_false (router_tag_is_there (frame, 60));
  tagged = router_tag_put (frame, 4094);
  g_assert_true (tagged == bytes);
  g_assert_cmpuint (router_tag_read (tagged, 64), ==, 4094);
  /* The addresses stand first, the rest is where it was. */
  g_assert_cmpuint (tagged[0], ==, 4);
  g_assert_cmpuint (tagged[11], ==, 15);
  g_assert_cmpuint (tagged[16], ==, 16);
  g_assert_true (router_tag_take (tagged) == frame);
  for (guint i = 4; i < sizeof bytes; i++)
    g_assert_cmpuint (bytes[i], ==, i);

  /* A tag with a priority alone; a frame that ends within its tag. */
  tagged = router_tag_put (frame, 0xe000);
  g_assert_true (router_tag_is_there (tagged, 64));
  g_assert_cmpuint (router_tag_read (tagged, 64), ==, 0);
  g_assert_false (router_tag_is_there (tagged, 17));
}

/* What FRRouting leaves out comes back, and only that. */
static void
test_vrfs (void)
{
  const char *config = "hostname R1\n!\ninterface e0-0\n ip address 10.0.0.1/24\nexit\n!\n"
                       "interface e0-1\n ip address 10.0.1.1/24\nexit\n!\nvrf BLUE\n"
                       " ip route 10.9.0.0/16 10.0.1.2\nexit-vrf\n!\nrouter bgp 1 vrf RED\nexit\n";
  const char *wanted = "hostname R1\n!\nvrf RED\nexit-vrf\n!\ninterface lo1 vrf RED\nexit\n!\n"
                       "interface e0-0.10\nexit\n!\n"
                       "interface e0-0\n ip address 10.0.0.1/24\nexit\n!\n"
                       "interface e0-1 vrf BLUE\n ip address 10.0.1.1/24\nexit\n!\nvrf BLUE\n"
                       " ip route 10.9.0.0/16 10.0.1.2\nexit-vrf\n!\nrouter bgp 1 vrf RED\nexit\n";
  g_autoptr (GHashTable) vrf_of = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) vrfs = NULL;
  g_autoptr (GList) made = NULL;
  g_autofree char *none = router_vrfs_write (config, NULL, vrf_of, NULL);
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpstr (none, ==, config);
  vrfs = g_list_append (g_list_append (NULL, (gpointer) "RED"), (gpointer) "BLUE");
  made = g_list_append (g_list_append (NULL, (gpointer) "lo1"), (gpointer) "e0-0.10");
  g_hash_table_insert (vrf_of, (gpointer) "e0-1", (gpointer) "BLUE");
  g_hash_table_insert (vrf_of, (gpointer) "lo1", (gpointer) "RED");
  text = router_vrfs_write (config, vrfs, vrf_of, made);
  g_assert_cmpstr (text, ==, wanted);
  again = router_vrfs_write (text, vrfs, vrf_of, made);
  g_assert_cmpstr (again, ==, wanted);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/lines/names", test_names);
  g_test_add_func ("/router/lines/lines", test_lines);
  g_test_add_func ("/router/lines/prompts", test_prompts);
  g_test_add_func ("/router/lines/new-name", test_new_name);
  g_test_add_func ("/router/lines/tag", test_tag);
  g_test_add_func ("/router/lines/vrfs", test_vrfs);
  return g_test_run ();
}
