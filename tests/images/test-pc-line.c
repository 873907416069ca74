/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "pc-line.h"

#define UP    "\x1b[A"
#define DOWN  "\x1b[B"
#define RIGHT "\x1b[C"
#define LEFT  "\x1b[D"

/* Types @keys into a new line and returns the event of the last byte. */
static PcLineEvent
type (PcLine *line, const char *keys, GString *out)
{
  PcLineEvent event = PC_LINE_NOTHING;

  for (; *keys != '\0'; keys++)
    event = pc_line_feed (line, (guint8) *keys, out);
  return event;
}

static void
assert_typed (const char *keys, const char *text, const char *before)
{
  g_autoptr (PcLine) line = pc_line_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *got = NULL;

  type (line, keys, out);
  g_assert_cmpstr (pc_line_get_text (line), ==, text);
  got = pc_line_dup_before (line);
  g_assert_cmpstr (got, ==, before);
}

static void
test_editing (void)
{
  assert_typed ("abc", "abc", "abc");
  assert_typed ("abc" LEFT LEFT "x", "axbc", "ax");
  assert_typed ("abc\x01x", "xabc", "x");
  assert_typed ("abc" LEFT LEFT "\x05x", "abcx", "abcx");
  assert_typed ("abc" LEFT "\x7f", "ac", "a");
  assert_typed ("abc\x08", "ab", "ab");
  assert_typed ("abc\x01\x04", "bc", "");
  assert_typed ("abc\x01\x1b[3~", "bc", "");
  assert_typed ("one two\x17", "one ", "one ");
  assert_typed ("one two  \x17", "one ", "one ");
  assert_typed ("one two" LEFT LEFT "\x0b", "one t", "one t");
  assert_typed ("one two" LEFT LEFT "\x15", "wo", "");
  assert_typed ("abc\x1b[Hx\x1b[Fy", "xabcy", "xabcy");
  assert_typed ("abc\x1b[1~x\x1b[4~y", "xabcy", "xabcy");
  assert_typed ("abc\x1bOHx\x1bOFy", "xabcy", "xabcy");
  assert_typed ("one two\x1b[1;5Dx", "one xtwo", "one x");
  assert_typed ("\x16?", "?", "?");
  assert_typed ("a\x1b[99;99;99Zb\x1b(c", "abc", "abc");
}

static void
test_utf8 (void)
{
  assert_typed ("aé" LEFT "x", "axé", "ax");
  assert_typed ("aé\x7f", "a", "a");
  assert_typed ("é\x01\x04", "", "");
}

static void
test_echo (void)
{
  g_autoptr (PcLine) line = pc_line_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  type (line, "ab" LEFT "x", out);
  g_assert_cmpstr (out->str, ==, "ab\bxb\b");
  g_string_truncate (out, 0);
  type (line, "\x7f", out);
  g_assert_cmpstr (out->str, ==, "\bb \b\b");
}

static void
test_enter (void)
{
  g_autoptr (PcLine) line = pc_line_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (type (line, "a\r", out), ==, PC_LINE_ENTER);
  g_assert_cmpstr (out->str, ==, "a\r\n");
  text = pc_line_take (line);
  g_assert_cmpstr (text, ==, "a");
  /* CR LF is one end, LF LF are two. */
  g_assert_cmpint (type (line, "\n", out), ==, PC_LINE_NOTHING);
  g_assert_cmpint (type (line, "\n", out), ==, PC_LINE_ENTER);
  g_assert_cmpint (type (line, "\n", out), ==, PC_LINE_ENTER);
  g_assert_cmpint (type (line, "\r", out), ==, PC_LINE_ENTER);
  g_assert_cmpint (type (line, "\r", out), ==, PC_LINE_ENTER);
}

static void
test_events (void)
{
  g_autoptr (PcLine) line = pc_line_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_cmpint (type (line, "\x04", out), ==, PC_LINE_END);
  g_assert_cmpint (type (line, "a\x03", out), ==, PC_LINE_INTERRUPT);
  g_assert_cmpint (type (line, "\t", out), ==, PC_LINE_COMPLETE);
  g_assert_cmpint (type (line, "?", out), ==, PC_LINE_HELP);
  g_assert_cmpint (type (line, "\x0c", out), ==, PC_LINE_REDRAW);
  g_assert_cmpstr (pc_line_get_text (line), ==, "a");
}

static void
enter (PcLine *line, const char *text, GString *out)
{
  type (line, text, out);
  type (line, "\r", out);
  g_free (pc_line_take (line));
}

static void
test_history (void)
{
  g_autoptr (PcLine) line = pc_line_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  type (line, UP DOWN, out);
  g_assert_cmpstr (pc_line_get_text (line), ==, "");
  enter (line, "first", out);
  enter (line, "second", out);
  enter (line, "second", out);
  enter (line, "  ", out);
  g_assert_cmpuint (pc_line_get_history (line)->len, ==, 2);

  type (line, "third" UP, out);
  g_assert_cmpstr (pc_line_get_text (line), ==, "second");
  type (line, UP UP UP, out);
  g_assert_cmpstr (pc_line_get_text (line), ==, "first");
  type (line, DOWN DOWN DOWN, out);
  g_assert_cmpstr (pc_line_get_text (line), ==, "third");

  pc_line_clear_history (line);
  type (line, UP, out);
  g_assert_cmpstr (pc_line_get_text (line), ==, "third");
}

static void
test_limits (void)
{
  g_autoptr (PcLine) line = pc_line_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < 3 * PC_LINE_MAX; i++)
    type (line, "a", out);
  g_assert_cmpuint (strlen (pc_line_get_text (line)), ==, PC_LINE_MAX);
  g_assert_cmpint (out->str[out->len - 1], ==, '\a');
  pc_line_clear (line);
  for (guint i = 0; i < 2 * PC_LINE_HISTORY; i++)
    {
      g_autofree char *text = g_strdup_printf ("line %u", i);

      enter (line, text, out);
    }
  g_assert_cmpuint (pc_line_get_history (line)->len, ==, PC_LINE_HISTORY);
  g_assert_cmpstr (g_ptr_array_index (pc_line_get_history (line), 0), ==, "line 100");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pc/line/editing", test_editing);
  g_test_add_func ("/pc/line/utf8", test_utf8);
  g_test_add_func ("/pc/line/echo", test_echo);
  g_test_add_func ("/pc/line/enter", test_enter);
  g_test_add_func ("/pc/line/events", test_events);
  g_test_add_func ("/pc/line/history", test_history);
  g_test_add_func ("/pc/line/limits", test_limits);
  return g_test_run ();
}
