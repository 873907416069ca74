/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Differences: known ones, and random ones that patch(1)'s rules lead from one text to the other.
 */

#include "config.h"

#include <string.h>

#include "lab-text-diff.h"

static void
check (const char *a, const char *b, const char *wanted)
{
  g_autofree char *diff = lab_text_diff_unified (a, strlen (a), "a", b, strlen (b), "b", 3);

  g_assert_cmpstr (diff, ==, wanted);
}

static void
test_known (void)
{
  check ("", "", "");
  check ("one\ntwo\n", "one\ntwo\n", "");
  check ("", "one\n", "--- a\n+++ b\n@@ -0,0 +1 @@\n+one\n");
  check ("one\n", "", "--- a\n+++ b\n@@ -1 +0,0 @@\n-one\n");
  check ("one\ntwo\nthree\n", "one\n2\nthree\n",
         "--- a\n+++ b\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n");
  check ("one", "one\n", "--- a\n+++ b\n@@ -1 +1 @@\n-one\n\\ No newline at end of file\n+one\n");
}

/* Two changes far from each other are two hunks, near ones are one. */
static void
test_hunks (void)
{
  check (
      "x\n1\n2\n3\n4\n5\n6\n7\nx\n", "y\n1\n2\n3\n4\n5\n6\n7\ny\n",
      "--- a\n+++ b\n@@ -1,4 +1,4 @@\n-x\n+y\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-x\n+y\n");
  check ("x\n1\n2\n3\n4\n5\n6\nx\n", "y\n1\n2\n3\n4\n5\n6\ny\n",
         "--- a\n+++ b\n@@ -1,8 +1,8 @@\n-x\n+y\n 1\n 2\n 3\n 4\n 5\n 6\n-x\n+y\n");
}

/* The lines of one side, put together again. */
static char *
side (GArray *lines, LabTextDiffKind without)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const LabTextDiffLine *line = &g_array_index (lines, LabTextDiffLine, i);

      if (line->kind == without)
        continue;
      g_string_append_len (text, line->text, (gssize) line->length);
      if (line->ended)
        g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static guint
count (GArray *lines, LabTextDiffKind kind)
{
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += g_array_index (lines, LabTextDiffLine, i).kind == kind;
  return n;
}

static char *
random_text (guint max)
{
  GString *text = g_string_new (NULL);
  guint n = (guint) g_test_rand_int_range (0, (gint32) max);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%d\n", g_test_rand_int_range (0, 4));
  if (g_test_rand_bit ())
    g_string_append (text, "end");
  return g_string_free (text, FALSE);
}

/* The longest common subsequence by the slow and simple way. */
static guint
common_lines (const char *a, const char *b)
{
  g_auto (GStrv) one = g_strsplit (a, "\n", -1);
  g_auto (GStrv) other = g_strsplit (b, "\n", -1);
  guint best[64][64] = { 0 };
  guint n = g_strv_length (one);
  guint m = g_strv_length (other);

  for (guint i = 1; i <= n; i++)
    for (guint j = 1; j <= m; j++)
      best[i][j] = g_str_equal (one[i - 1], other[j - 1]) ? best[i - 1][j - 1] + 1
                                                          : MAX (best[i - 1][j], best[i][j - 1]);
  return best[n][m];
}

static void
test_random (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autofree char *a = random_text (30);
      g_autofree char *b = random_text (30);
      g_autoptr (GArray) lines = lab_text_diff (a, strlen (a), b, strlen (b));
      g_autofree char *one = side (lines, LAB_TEXT_DIFF_ADDED);
      g_autofree char *other = side (lines, LAB_TEXT_DIFF_REMOVED);
      guint common = common_lines (a, b);
      guint same = count (lines, LAB_TEXT_DIFF_SAME);

      g_assert_cmpstr (one, ==, a);
      g_assert_cmpstr (other, ==, b);
      /* The empty rest after the last line end is no line, and a last line without one is another.
       */
      g_assert_cmpuint (same, <=, common);
      g_assert_cmpuint (same + 1, >=, common);
    }
}

/* Too much to look for what is common: still both texts. */
static void
test_strangers (void)
{
  GString *a = g_string_new ("head\n");
  GString *b = g_string_new ("head\n");
  g_autoptr (GArray) lines = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  for (guint i = 0; i < 3000; i++)
    {
      g_string_append_printf (a, "a%u\n", i);
      g_string_append_printf (b, "b%u\n", i);
    }
  lines = lab_text_diff (a->str, a->len, b->str, b->len);
  one = side (lines, LAB_TEXT_DIFF_ADDED);
  other = side (lines, LAB_TEXT_DIFF_REMOVED);
  g_assert_cmpstr (one, ==, a->str);
  g_assert_cmpstr (other, ==, b->str);
  g_assert_cmpuint (count (lines, LAB_TEXT_DIFF_SAME), ==, 1);
  g_string_free (a, TRUE);
  g_string_free (b, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-diff/known", test_known);
  g_test_add_func ("/text-diff/hunks", test_hunks);
  g_test_add_func ("/text-diff/random", test_random);
  g_test_add_func ("/text-diff/strangers", test_strangers);
  return g_test_run ();
}
