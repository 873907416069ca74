/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "pc-parse.h"

static void
test_split (void)
{
  g_auto (GStrv) words = pc_split ("  ip\t10.0.0.1/24   dev e0/1 \r");
  const char *const expected[] = { "ip", "10.0.0.1/24", "dev", "e0/1", NULL };
  g_auto (GStrv) none = pc_split (" \t ");
  g_autofree char *long_line = g_strnfill (1000, 'a');
  g_auto (GStrv) many = NULL;

  g_assert_cmpstrv (words, (char **) expected);
  g_assert_null (none[0]);
  for (guint i = 1; i < 1000; i += 2)
    long_line[i] = ' ';
  many = pc_split (long_line);
  g_assert_cmpuint (g_strv_length (many), ==, PC_MAX_WORDS);
}

static void
test_ip4 (void)
{
  static const char *const bad[] = { "",           "1.2.3",    "1.2.3.4.5", "1.2.3.256",
                                     "1.2.3.4 ",   " 1.2.3.4", "1..3.4",    "a.b.c.d",
                                     "1.2.3.0004", "-1.2.3.4", "1.2.3.4." };
  guint32 address;

  g_assert_true (pc_parse_ip4 ("10.0.0.254", &address));
  g_assert_cmphex (GUINT32_FROM_BE (address), ==, 0x0a0000fe);
  g_assert_true (pc_parse_ip4 ("255.255.255.255", &address));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (pc_parse_ip4 (bad[i], &address));
}

static void
test_mask (void)
{
  guint prefix;

  g_assert_true (pc_parse_mask ("255.255.255.0", &prefix) && prefix == 24);
  g_assert_true (pc_parse_mask ("255.255.255.255", &prefix) && prefix == 32);
  g_assert_true (pc_parse_mask ("/30", &prefix) && prefix == 30);
  g_assert_true (pc_parse_mask ("8", &prefix) && prefix == 8);
  /* What is no mask leaves the value alone. */
  g_assert_false (pc_parse_mask ("255.0.255.0", &prefix));
  g_assert_cmpuint (prefix, ==, 8);
  g_assert_false (pc_parse_mask ("10.0.0.1", &prefix));
  g_assert_false (pc_parse_mask ("0", &prefix));
  g_assert_false (pc_parse_mask ("33", &prefix));
  g_assert_cmphex (GUINT32_FROM_BE (pc_prefix_to_mask (20)), ==, 0xfffff000);
  g_assert_cmphex (pc_prefix_to_mask (0), ==, 0);
  for (guint i = 0; i <= 32; i++)
    g_assert_cmpuint (pc_mask_to_prefix (pc_prefix_to_mask (i)), ==, i);
}

static void
test_port (void)
{
  static const char *const bad[] = { "",       "e0",  "e0/4", "e16/0", "s0/0",
                                     "e0/0/0", "e/0", "e0/",  "e0/x",  "ethernets0/0" };
  guint8 byte;

  g_assert_true (pc_parse_port ("e0/1", &byte));
  g_assert_cmphex (byte, ==, 0x10);
  g_assert_true (pc_parse_port ("Ethernet15/3", &byte));
  g_assert_cmphex (byte, ==, 0x3f);
  g_assert_true (pc_parse_port ("eth1/0", &byte));
  g_assert_cmphex (byte, ==, 0x01);
  g_assert_true (pc_parse_port ("2/2", &byte));
  g_assert_cmphex (byte, ==, 0x22);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (pc_parse_port (bad[i], &byte));
}

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (63, 'a');
  g_autofree char *too_long = g_strnfill (64, 'a');

  g_assert_true (pc_is_name ("PC-1"));
  g_assert_true (pc_is_name (longest));
  g_assert_false (pc_is_name (too_long));
  g_assert_false (pc_is_name (""));
  g_assert_false (pc_is_name ("a>b"));
  g_assert_false (pc_is_name ("a b"));
  g_assert_false (pc_is_name ("a\x1b[31m"));

  g_assert_true (pc_is_host_name ("www.example.com"));
  g_assert_true (pc_is_host_name ("www.example.com."));
  g_assert_true (pc_is_host_name (longest));
  g_assert_false (pc_is_host_name (too_long));
  g_assert_false (pc_is_host_name (""));
  g_assert_false (pc_is_host_name (".a"));
  g_assert_false (pc_is_host_name ("a..b"));
  g_assert_false (pc_is_host_name ("a/b"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/parse/split", test_split);
  g_test_add_func ("/pc/parse/ip4", test_ip4);
  g_test_add_func ("/pc/parse/mask", test_mask);
  g_test_add_func ("/pc/parse/port", test_port);
  g_test_add_func ("/pc/parse/names", test_names);
  return g_test_run ();
}
