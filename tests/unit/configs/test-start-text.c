/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saved texts as start configurations: names, line ends, what is no text; and what was settled
 * about a device's saves. */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "lab-saved-taken.h"
#include "lab-start-text.h"

static void
assert_from (const char *saved, gsize size, const char *name, const char *start, const char *wanted)
{
  g_autofree char *text = lab_start_text_from_saved (saved, size, name, start);

  g_assert_cmpstr (text, ==, wanted);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_names (void)
{
  const char saved[] = "!\nhostname R1\nbanner motd R1\n!\n interface e0/0\n";
  const char pc[] = "set pcname R1\nset pcname R12\n";

  assert_from (saved, strlen (saved), "R1", NULL,
               "!\nhostname %h\nbanner motd R1\n!\n interface e0/0\n");
  assert_from (saved, strlen (saved), "R2", NULL, saved);
  assert_from (pc, strlen (pc), "R1", NULL, "set pcname %h\nset pcname R12\n");
  /* What was general stays so; what was not does not become it. */
  assert_from (saved, strlen (saved), "R1", "banner motd %h\nhostname %h\nno such line %h\n",
               "!\nhostname %h\nbanner motd %h\n!\n interface e0/0\n");
}

static void
test_tidy (void)
{
  assert_from ("a\r\nb\rc", 6, "R1", NULL, "a\nb\nc\n");
  assert_from ("a\n\n\n", 4, "R1", NULL, "a\n");
  assert_from ("a\n\0\0b", 5, "R1", NULL, "a\n");
  assert_from ("caf\xe9\n", 5, "R1", NULL, "caf\357\277\275\n");
  assert_from ("\n\n", 2, "R1", NULL, "");
  assert_from (NULL, 0, "R1", NULL, "");
  assert_from ("hostname R1\r\nend\r\n", 18, "R1", NULL, "hostname %h\nend\n");
}

static void
assert_holds (const char *saved, const char *name, const char *wanted)
{
  g_autofree char *text = lab_start_text_from_saved (saved, strlen (saved), name, NULL);
  g_autofree char *given = lab_start_text_expand (text, name);

  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpstr (given, ==, saved);
}

/* A "%h" that the device saved is none of ours, however many percent signs it has. */
static void
test_mark (void)
{
  const char saved[] = "banner motd 100%here\n";

  assert_holds ("hostname R1\nbanner motd 100%here\n", "R1",
                "hostname %h\nbanner motd 100%%here\n");
  assert_holds ("a %% %%h %%%h %h%h h%\n", "R1", "a %% %%%h %%%%h %%h%%h h%\n");
  assert_holds ("hostname 5%h\n", "5%h", "hostname %h\n");
  assert_from (saved, strlen (saved), "R1", "banner motd 100%%here\n", "banner motd 100%%here\n");
  assert_from (saved, strlen (saved), "here", "banner motd 100%%here\n", "banner motd 100%%here\n");
}

static void
test_equal (void)
{
  g_assert_true (lab_start_text_equal (NULL, "", "R1"));
  g_assert_true (lab_start_text_equal ("hostname %h\n", "hostname R1\n\n\n", "R1"));
  g_assert_true (lab_start_text_equal ("a", "a\n", "R1"));
  g_assert_false (lab_start_text_equal ("hostname %h\n", "hostname R1\n", "R2"));
  g_assert_false (lab_start_text_equal ("a\n\nb\n", "a\nb\n", "R1"));
}

/* As a device is given it again, and saves it again: for ever the same. */
static void
test_round (void)
{
  static const char *const words[] = { "hostname R1", "set pcname R1", "R1",    "",
                                       " ip x",       "banner \003R1", "ntp ü", "100%here %%h" };

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) saved = g_string_new (NULL);
      g_autofree char *start = NULL;
      g_autofree char *given = NULL;
      g_autofree char *again = NULL;
      guint n = (guint) g_test_rand_int_range (0, 8);

      for (guint line = 0; line < n; line++)
        g_string_append_printf (saved, "%s%s",
                                words[g_test_rand_int_range (0, G_N_ELEMENTS (words))],
                                g_test_rand_int_range (0, 5) == 0 ? "\r\n" : "\n");
      start = lab_start_text_from_saved (saved->str, saved->len, "R1", NULL);
      given = lab_start_text_expand (start, "R1");
      again = lab_start_text_from_saved (given, strlen (given), "R1", start);
      g_assert_cmpstr (again, ==, start);
    }
}

/* A text that is nothing but what is replaced must not take a time that grows with its
 * square: seconds for this one. */
static void
test_long (void)
{
  g_autoptr (GString) saved = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *given = NULL;

  for (guint i = 0; i < LAB_START_TEXT_MAX / 5; i++)
    g_string_append (saved, "%h!\r\n");
  text = lab_start_text_from_saved (saved->str, saved->len, "R1", NULL);
  g_assert_cmpuint (strlen (text), ==, LAB_START_TEXT_MAX / 5 * 5);
  given = lab_start_text_expand (text, "R1");
  g_assert_cmpuint (strlen (given), ==, LAB_START_TEXT_MAX / 5 * 4);
  g_free (g_steal_pointer (&text));
  text = lab_start_text_expand (given, "R1");
  g_assert_cmpuint (strlen (text), ==, LAB_START_TEXT_MAX / 5 * 4);
}

static void
test_taken (void)
{
  g_autofree char *work = g_dir_make_tmp ("test-taken-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (work, LAB_SAVED_FOLDER, NULL);
  g_autofree char *path = g_build_filename (folder, ".taken", NULL);
  g_autofree char *lock = g_build_filename (folder, ".lock", NULL);
  gint64 now = g_get_real_time ();
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (lab_saved_get_taken (work), ==, 0);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_true (lab_saved_set_taken (work, now - 5, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lab_saved_get_taken (work), ==, now - 5);
  g_assert_true (lab_saved_set_taken (work, now - 50, NULL));
  g_assert_cmpint (lab_saved_get_taken (work), ==, now - 5);
  entries = lab_saved_list (work, NULL);
  g_assert_cmpuint (entries->len, ==, 0);

  /* The clock went back; rubbish; a link to somewhere else. */
  g_assert_true (lab_saved_set_taken (work, now + G_TIME_SPAN_DAY, NULL));
  g_assert_cmpint (lab_saved_get_taken (work), ==, 0);
  g_assert_true (g_file_set_contents (path, "17 monkeys\n", -1, NULL));
  g_assert_cmpint (lab_saved_get_taken (work), ==, 0);
  g_assert_true (lab_saved_set_taken (work, now, NULL));
  g_assert_cmpint (lab_saved_get_taken (work), ==, now);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink ("/proc/self/loginuid", path), ==, 0);
  g_assert_cmpint (lab_saved_get_taken (work), ==, 0);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (lock), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (g_rmdir (work), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/configs/start-text/names", test_names);
  g_test_add_func ("/configs/start-text/tidy", test_tidy);
  g_test_add_func ("/configs/start-text/mark", test_mark);
  g_test_add_func ("/configs/start-text/equal", test_equal);
  g_test_add_func ("/configs/start-text/round", test_round);
  g_test_add_func ("/configs/start-text/long", test_long);
  g_test_add_func ("/configs/taken", test_taken);
  return g_test_run ();
}
