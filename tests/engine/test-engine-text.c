/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "lab-bus.h"
#include "lab-console-text.h"
#include "lab-explain.h"
#include "lab-workdir.h"

static void
test_ready (void)
{
  static const struct
  {
    const char *tail;
    gboolean pc;
    gboolean ready;
  } cases[] = {
    { "Welcome\r\nPC1> ", TRUE, TRUE },
    { "PC1> ", TRUE, TRUE },
    { "PC#1> ", TRUE, TRUE },
    { "PC1>", TRUE, FALSE },
    { "PC1> p", TRUE, FALSE },
    { "PC1> \r\n", TRUE, FALSE },
    { "two words> ", TRUE, FALSE },
    { "> ", TRUE, FALSE },
    { "", TRUE, FALSE },
    { "junk\r\033[KPC1> ", TRUE, TRUE },
    { "\033[1mPC1\033[0m> ", TRUE, TRUE },
    { "\033]0;title\aPC1> ", TRUE, TRUE },
    { "Router>", FALSE, TRUE },
    { "Router#", FALSE, TRUE },
    { "Router# ", FALSE, TRUE },
    { "R1(config)#", FALSE, TRUE },
    { "Router#show", FALSE, FALSE },
    { "Router#\r\n", FALSE, FALSE },
    { "some text with #", FALSE, FALSE },
    { "#", FALSE, FALSE },
    { "\r\n\r\nPress RETURN to get started!\r\n\r\n", FALSE, TRUE },
    { "Press RETURN to get started!\r\n", TRUE, FALSE },
    { "R1>\r\n%LINK-3-UPDOWN: Interface up\r\n", FALSE, TRUE },
    { "R1>\r\n*Mar  1 00:00:09: %SYS-5: a\r\n*Mar  1 00:00:10: %SYS-5: b\r\n", FALSE, TRUE },
    { "R1>\r\n%LINK-3-UPDOWN: Interface up", FALSE, TRUE },
    { "%LINK-3-UPDOWN: Interface up\r\n", FALSE, FALSE },
    { "booting\r\n%LINK-3-UPDOWN: Interface up\r\n", FALSE, FALSE },
    { "R1>\r\n", FALSE, FALSE },
    { "R1>\r\nbusy\r\n%LINK: a\r\n", FALSE, FALSE },
    { "\033[", TRUE, FALSE },
    { "\033", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (
          lab_console_text_is_ready (cases[i].tail, strlen (cases[i].tail), cases[i].pc), ==,
          cases[i].ready);
    }
}

static void
test_last_lines (void)
{
  static const char text[] = "one\r\ntwo\r\n\033[31mthree\033[0m\r\nfo\xff\x01ur\r\n\r\n";
  g_autofree char *all = lab_console_text_last_lines (text, sizeof text - 1, 12);
  g_autofree char *two = lab_console_text_last_lines (text, sizeof text - 1, 2);
  g_autofree char *none = lab_console_text_last_lines ("", 0, 2);

  g_assert_cmpstr (all, ==, "one\ntwo\nthree\nfo\xef\xbf\xbdur");
  g_assert_cmpstr (two, ==, "three\nfo\xef\xbf\xbdur");
  g_assert_cmpstr (none, ==, "");
  g_assert_true (g_utf8_validate (all, -1, NULL));
}

/* No bytes a device may write lead it astray. */
static void
test_garbage (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      static const char alphabet[] = "\033[]0;m\a\r\n\b> #aK\xff\xc3\t";
      char text[64];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof text);
      g_autofree char *lines = NULL;

      for (gsize i = 0; i < length; i++)
        text[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet)];
      lab_console_text_is_ready (text, length, round % 2 == 0);
      lines = lab_console_text_last_lines (text, length, 3);
      g_assert_true (g_utf8_validate (lines, -1, NULL));
    }
}

static void
test_exit (void)
{
  g_autofree char *code = lab_console_text_describe_exit (7, 0);
  g_autofree char *abort_text = lab_console_text_describe_exit (0, 6);
  g_autofree char *kill_text = lab_console_text_describe_exit (0, 9);

  g_assert_nonnull (strstr (code, "exit code 7"));
  g_assert_nonnull (strstr (abort_text, "RAM"));
  g_assert_nonnull (strstr (kill_text, "signal 9"));
}

static void
test_state_dictionary (void)
{
  LabNodeState in = {
    .name = "R1",
    .id = 7,
    .state = LAB_STATE_CRASHED,
    .pid = 12,
    .console = "/c/7",
    .message = "why",
    .exit_code = -1,
    .exit_signal = 11,
    .last_lines = "a\nb",
    .started_at = 99,
    .ready_after = 5,
    .restart_needed = TRUE,
    .saved_config = TRUE,
  };
  LabNodeState out;
  LabState state = LAB_STATE_READY;
  g_autoptr (GVariant) variant = g_variant_ref_sink (lab_node_state_to_variant (&in));
  g_autoptr (GVariant) empty = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));

  lab_node_state_from_variant (&out, variant);
  g_assert_cmpstr (out.name, ==, in.name);
  g_assert_cmpuint (out.id, ==, in.id);
  g_assert_cmpint (out.state, ==, in.state);
  g_assert_cmpuint (out.pid, ==, in.pid);
  g_assert_cmpstr (out.console, ==, in.console);
  g_assert_cmpstr (out.message, ==, in.message);
  g_assert_cmpint (out.exit_code, ==, in.exit_code);
  g_assert_cmpint (out.exit_signal, ==, in.exit_signal);
  g_assert_cmpstr (out.last_lines, ==, in.last_lines);
  g_assert_cmpint (out.started_at, ==, in.started_at);
  g_assert_cmpint (out.ready_after, ==, in.ready_after);
  g_assert_true (out.restart_needed);
  g_assert_true (out.saved_config);

  lab_node_state_from_variant (&out, empty);
  g_assert_cmpstr (out.name, ==, "");
  g_assert_cmpint (out.ready_after, ==, -1);
  g_assert_false (lab_state_from_string ("dancing", &state));
  g_assert_cmpint (state, ==, LAB_STATE_READY);
}

static void
test_prompt_name (void)
{
  g_autofree char *plain = lab_workdir_prompt_name ("PC-1");
  g_autofree char *odd = lab_workdir_prompt_name ("my > host");

  g_assert_cmpstr (plain, ==, "PC-1");
  g_assert_cmpstr (odd, ==, "my---host");
}

/* Of what ends without a word, and never started well, the machine's long name may be the cause. */
static void
test_long_host (void)
{
  LabExplainFacts facts = {
    .signal = 11, .output = "", .own = TRUE, .licence = LAB_LICENCE_NONE, .host = "sixteen-letters-"
  };
  g_autofree char *text = lab_explain_exit (&facts);
  g_autofree char *other = NULL;
  g_autofree char *later = NULL;
  g_autofree char *open = NULL;

  g_assert_nonnull (strstr (text, "signal 11"));
  g_assert_nonnull (strstr (text, "“sixteen-letters-”, has more than 15 characters"));
  facts.host = "fifteen-letters";
  other = lab_explain_exit (&facts);
  g_assert_null (strstr (other, "fifteen-letters"));
  facts.host = "sixteen-letters-";
  facts.was_ready = TRUE;
  later = lab_explain_exit (&facts);
  g_assert_null (strstr (later, "sixteen-letters-"));
  facts.was_ready = FALSE;
  facts.own = FALSE;
  open = lab_explain_exit (&facts);
  g_assert_null (strstr (open, "sixteen-letters-"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/text/ready", test_ready);
  g_test_add_func ("/engine/text/last-lines", test_last_lines);
  g_test_add_func ("/engine/text/garbage", test_garbage);
  g_test_add_func ("/engine/text/exit", test_exit);
  g_test_add_func ("/engine/text/long-host", test_long_host);
  g_test_add_func ("/engine/text/state-dictionary", test_state_dictionary);
  g_test_add_func ("/engine/text/prompt-name", test_prompt_name);
  return g_test_run ();
}
