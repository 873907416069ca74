/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "iou-command.h"
#include "iou-test.h"

static IouCommand *
parse_words (const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  return iou_command_parse ((int) g_strv_length (words), (const char *const *) words, error);
}

static IouCommand *
parse (const char *line)
{
  g_autoptr (GError) error = NULL;
  IouCommand *command = parse_words (line, &error);

  g_assert_no_error (error);
  g_assert_nonnull (command);
  return command;
}

static void
assert_refused (const char *line, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse_words (line, &error));
  assert_iou_error (error, IOU_ERROR_INVALID, part);
}

static void
test_defaults (void)
{
  g_autoptr (IouCommand) command = parse ("image 7");

  g_assert_cmpuint (command->id, ==, 7);
  g_assert_cmpuint (command->ethernet_adapters, ==, 2);
  g_assert_cmpuint (command->serial_adapters, ==, 2);
  g_assert_cmpuint (command->nvram, ==, 0);
  g_assert_cmpuint (command->ram, ==, 0);
  g_assert_null (command->config);
  g_assert_null (command->debug_string);
  g_assert_cmpuint (command->udp_base, ==, 0);
  g_assert_false (command->keepalives || command->remote_console || command->debug ||
                  command->trace || command->quiet || command->no_host_clock ||
                  command->ignore_iourc || command->no_unix || command->no_watchdog ||
                  command->ignore_netmap || command->help);
}

static void
test_order (void)
{
  static const char *const lines[] = {
    "image -e 3 -s 1 -n 128 -m 512 -c start.cfg -l 1024",
    "image 1024 -l -c start.cfg -m 512 -n 128 -s 1 -e 3",
    "image -e3 -s1 1024 -n128 -m512 -cstart.cfg -l",
    "image -le3 -s 1 -n 128 -m512 -c start.cfg -- 1024",
    "image -e 9 -e 3 -s1 -n128 -m512 -c other -c start.cfg -ll 1024",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (IouCommand) command = parse (lines[i]);

      g_assert_cmpuint (command->id, ==, 1024);
      g_assert_cmpuint (command->ethernet_adapters, ==, 3);
      g_assert_cmpuint (command->serial_adapters, ==, 1);
      g_assert_cmpuint (command->nvram, ==, 128);
      g_assert_cmpuint (command->ram, ==, 512);
      g_assert_cmpstr (command->config, ==, "start.cfg");
      g_assert_true (command->keepalives);
    }
}

static void
test_flags (void)
{
  g_autoptr (IouCommand) command = parse ("image -lLdtqCRUWN -u49000 -b some 1");

  g_assert_true (command->keepalives && command->remote_console && command->debug &&
                 command->trace && command->quiet && command->no_host_clock &&
                 command->ignore_iourc && command->no_unix && command->no_watchdog &&
                 command->ignore_netmap);
  g_assert_false (command->help);
  g_assert_cmpuint (command->udp_base, ==, 49000);
  g_assert_cmpstr (command->debug_string, ==, "some");
}

static void
test_help (void)
{
  g_autoptr (IouCommand) alone = parse ("image -h");
  g_autoptr (IouCommand) more = parse ("image -qh -e 16 -s 16");

  g_assert_true (alone->help);
  g_assert_cmpuint (alone->id, ==, 0);
  g_assert_true (more->help && more->quiet);
}

static void
test_values_like_options (void)
{
  g_autoptr (IouCommand) command = parse ("image -c -l 5");

  g_assert_cmpstr (command->config, ==, "-l");
  g_assert_false (command->keepalives);
}

static void
test_bad_ids (void)
{
  assert_refused ("image", "missing");
  assert_refused ("image -e 2", "missing");
  assert_refused ("image 0", "1 to 1024, not “0”");
  assert_refused ("image 1025", "1 to 1024, not “1025”");
  assert_refused ("image 18446744073709551617", "1 to 1024");
  assert_refused ("image +5", "1 to 1024");
  assert_refused ("image 5x", "1 to 1024, not “5x”");
  assert_refused ("image 0x5", "1 to 1024");
  assert_refused ("image  5", "1 to 1024, not “”");
  assert_refused ("image -", "1 to 1024, not “-”");
  assert_refused ("image -- -5", "1 to 1024, not “-5”");
  assert_refused ("image 5 6", "there are 5 and 6");
  assert_refused ("image \xff", "1 to 1024");
}

static void
test_bad_options (void)
{
  assert_refused ("image -x 5", "“-x” is not an option");
  assert_refused ("image -lx 5", "“-lx” is not an option");
  assert_refused ("image -5", "“-5” is not an option");
  assert_refused ("image --help", "“--help” is not an option");
  assert_refused ("image -l\xff 5", "is not an option");
  assert_refused ("image 5 -e", "Option -e needs the number of Ethernet adapters");
  assert_refused ("image 5 -c", "Option -c needs the name");
  assert_refused ("image -e two 5", "not “two”");
  assert_refused ("image -e2x 5", "not “2x”");
  assert_refused ("image -e -1 5", "not “-1”");
  assert_refused ("image -e 17 5", "from 0 to 16");
  assert_refused ("image -n 7 5", "from 8 to 1024");
  assert_refused ("image -n 1025 5", "from 8 to 1024");
  assert_refused ("image -m 0 5", "memory in MB");
  assert_refused ("image -m 99999999999999999999 5", "memory in MB");
  assert_refused ("image -u 65536 5", "UDP");
  assert_refused ("image -h -e x", "Ethernet");
}

static void
test_too_many_adapters (void)
{
  g_autoptr (IouCommand) most = parse ("image -e 10 -s 6 5");

  g_assert_cmpuint (most->ethernet_adapters + most->serial_adapters, ==, 16);
  assert_refused ("image -e 10 -s 7 5",
                  "10 Ethernet and 7 serial adapters are 17; an instance has at most 16");
  assert_refused ("image -e 15 5", "15 Ethernet and 2 serial");
}

static void
test_no_words (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (iou_command_parse (0, NULL, &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "missing");
}

static void
assert_builds (const IouCommand *command, const char *wanted)
{
  g_auto (GStrv) words = iou_command_build (command, "/opt/image");
  g_autofree char *line = g_strjoinv (" ", words);

  g_assert_cmpstr (line, ==, wanted);
}

static void
test_build (void)
{
  g_autoptr (IouCommand) command = iou_command_new ();

  command->id = 12;
  assert_builds (command, "/opt/image -e 2 -s 2 12");

  command->ethernet_adapters = 4;
  command->serial_adapters = 0;
  command->nvram = 256;
  command->ram = 1024;
  command->config = g_strdup ("startup-config.cfg");
  command->keepalives = TRUE;
  assert_builds (command, "/opt/image -e 4 -s 0 -n 256 -m 1024 -c startup-config.cfg -l 12");

  command->quiet = TRUE;
  command->udp_base = 49000;
  command->debug_string = g_strdup ("all");
  assert_builds (
      command,
      "/opt/image -e 4 -s 0 -n 256 -m 1024 -c startup-config.cfg -l -q -u 49000 -b all 12");

  command->id = 0;
  command->help = TRUE;
  assert_builds (
      command,
      "/opt/image -e 4 -s 0 -n 256 -m 1024 -c startup-config.cfg -l -q -u 49000 -b all -h");
}

static IouCommand *
random_command (void)
{
  IouCommand *command = iou_command_new ();

  command->id = (guint) g_test_rand_int_range (1, 1025);
  command->ethernet_adapters = (guint) g_test_rand_int_range (0, 17);
  command->serial_adapters =
      (guint) g_test_rand_int_range (0, 17 - (int) command->ethernet_adapters);
  command->nvram = g_test_rand_bit () ? (guint) g_test_rand_int_range (8, 1025) : 0;
  command->ram = g_test_rand_bit () ? (guint) g_test_rand_int_range (1, 4097) : 0;
  command->config = g_test_rand_bit () ? g_strdup ("-x y") : NULL;
  command->keepalives = g_test_rand_bit ();
  command->remote_console = g_test_rand_bit ();
  command->debug = g_test_rand_bit ();
  command->trace = g_test_rand_bit ();
  command->quiet = g_test_rand_bit ();
  command->no_host_clock = g_test_rand_bit ();
  command->ignore_iourc = g_test_rand_bit ();
  command->no_unix = g_test_rand_bit ();
  command->no_watchdog = g_test_rand_bit ();
  command->ignore_netmap = g_test_rand_bit ();
  command->udp_base = g_test_rand_bit () ? (guint) g_test_rand_int_range (1, 65536) : 0;
  command->debug_string = g_test_rand_bit () ? g_strdup ("7") : NULL;
  return command;
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (IouCommand) command = random_command ();
      g_auto (GStrv) words = iou_command_build (command, "i");
      g_autoptr (IouCommand) again =
          iou_command_parse ((int) g_strv_length (words), (const char *const *) words, &error);
      g_auto (GStrv) words_again = NULL;

      g_assert_no_error (error);
      words_again = iou_command_build (again, "i");
      g_assert_cmpstrv (words, words_again);
      g_assert_cmpuint (again->id, ==, command->id);
      g_assert_cmpuint (again->serial_adapters, ==, command->serial_adapters);
      g_assert_cmpuint (again->nvram, ==, command->nvram);
      g_assert_cmpstr (again->config, ==, command->config);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/command/defaults", test_defaults);
  g_test_add_func ("/iou/command/order", test_order);
  g_test_add_func ("/iou/command/flags", test_flags);
  g_test_add_func ("/iou/command/help", test_help);
  g_test_add_func ("/iou/command/values-like-options", test_values_like_options);
  g_test_add_func ("/iou/command/bad-ids", test_bad_ids);
  g_test_add_func ("/iou/command/bad-options", test_bad_options);
  g_test_add_func ("/iou/command/too-many-adapters", test_too_many_adapters);
  g_test_add_func ("/iou/command/no-words", test_no_words);
  g_test_add_func ("/iou/command/build", test_build);
  g_test_add_func ("/iou/command/round-trip", test_round_trip);

  return g_test_run ();
}
