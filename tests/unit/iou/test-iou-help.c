/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "iou-command.h"
#include "iou-test.h"

static void
assert_says (const char *text, guint nvram, guint ram, gboolean keepalives)
{
  IouHelp help = { 99, 99, TRUE };

  g_assert_cmpint (iou_help_parse (text, &help), ==, nvram != 0 || ram != 0 || keepalives);
  g_assert_cmpuint (help.nvram_default, ==, nvram);
  g_assert_cmpuint (help.ram_default, ==, ram);
  g_assert_cmpint (help.keepalives, ==, keepalives);
}

static void
test_parse (void)
{
  assert_says ("-n <n>\t\tSize of nvram in Kb (default 64KB)\n", 64, 0, FALSE);
  assert_says ("-m <n>        Megabytes of router memory (default 256MB)", 0, 256, FALSE);
  assert_says ("  -l\t\tEnable Layer 1 keepalive messages\n", 0, 0, TRUE);
  assert_says ("Usage: x [options] <application id>\n"
               "-e <n>\tNumber of Ethernet interfaces (default 2)\n"
               "-n <n> \t Size of nvram in Kb (default 16KB)\n"
               "-l \tEnable Layer 1 keepalive messages\n"
               "-m <n>\tMegabytes of router memory (default 1024MB)\n",
               16, 1024, TRUE);
  assert_says ("-n <n> is explained below\n-n <n>\tSize of nvram in Kb (default 64KB)\n", 64, 0,
               FALSE);
}

static void
test_parse_other (void)
{
  assert_says ("", 0, 0, FALSE);
  assert_says ("bash: image: cannot execute: required file not found\n", 0, 0, FALSE);
  assert_says ("-n <n>Size of nvram in Kb (default 64KB)", 0, 0, FALSE);
  assert_says ("-n <n> Size of nvram in Kb (default 64MB)", 0, 0, FALSE);
  assert_says ("-n <n> Size of nvram in Kb (default KB)", 0, 0, FALSE);
  assert_says ("-n <n> Size of nvram in Kb (default -1KB)", 0, 0, FALSE);
  assert_says ("-n <n> Size of nvram in Kb (default 99999999999999999999KB)", 0, 0, FALSE);
  assert_says ("-n <n> Size of nvram in Kb (default 4294967296KB)", 0, 0, FALSE);
  assert_says ("-n <n>", 0, 0, FALSE);
  assert_says ("-n <n> Size of nvram in Kb (default ", 0, 0, FALSE);
  assert_says ("-lEnable Layer 1 keepalive messages", 0, 0, FALSE);
  assert_says ("\xff\xfe-l\x80 Enable", 0, 0, FALSE);
}

static void
test_write (void)
{
  g_autofree char *text = iou_help_write ("labwright-pc", 64, 4);

  assert_says (text, 64, 4, TRUE);
  g_assert_true (g_str_has_prefix (text, "Usage: labwright-pc [options] <application id>\n"));
  g_assert_true (g_str_has_suffix (text, "\n"));

  /* As GNS3 looks for them. */
  g_assert_true (
      g_regex_match_simple ("-n <n>\\s+Size of nvram in Kb \\(default (\\d+)KB\\)", text, 0, 0));
  g_assert_true (g_regex_match_simple (
      "-m <n>\\s+Megabytes of router memory \\(default (\\d+)MB\\)", text, 0, 0));
  g_assert_true (g_regex_match_simple ("-l\\s+Enable Layer 1 keepalive messages", text, 0, 0));
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 100; i++)
    {
      guint nvram = (guint) g_test_rand_int_range (1, 100000);
      guint ram = (guint) g_test_rand_int_range (1, 100000);
      g_autofree char *text = iou_help_write ("x", nvram, ram);

      assert_says (text, nvram, ram, TRUE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/help/parse", test_parse);
  g_test_add_func ("/iou/help/parse-other", test_parse_other);
  g_test_add_func ("/iou/help/write", test_write);
  g_test_add_func ("/iou/help/round-trip", test_round_trip);

  return g_test_run ();
}
