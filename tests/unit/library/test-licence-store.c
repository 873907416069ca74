/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the user's iourc is kept. The values are no keys: just characters of the right number. */

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "lab-licence-store.h"

#define VALUE "0000111122223333"

static char *root;

static char *
licence (const char *host, const char *end)
{
  return g_strdup_printf ("[license]%s%s = " VALUE ";%s", end, host, end);
}

static void
test_set (void)
{
  g_autofree char *text = licence (g_get_host_name (), "\r\n");
  g_autofree char *path = lab_licence_dup_path ();
  g_autofree char *sentence = NULL;
  g_autofree char *found = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_cmpint (lab_licence_get_state (NULL, &sentence), ==, LAB_LICENCE_NONE);
  g_clear_pointer (&sentence, g_free);
  g_assert_true (lab_licence_set (text, strlen (text), &error));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_null (strchr (kept, '\r'));
  g_assert_cmpint (lab_licence_get_state (&found, &sentence), ==, LAB_LICENCE_GOOD);
  g_assert_cmpstr (found, ==, path);
  g_assert_null (strstr (sentence, VALUE));

  /* A wider mode is taken back; an older value is gone. */
  g_assert_null (strstr (sentence, "Others may read it"));
  g_clear_pointer (&sentence, g_free);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_cmpint (lab_licence_get_state (NULL, &sentence), ==, LAB_LICENCE_GOOD);
  g_assert_nonnull (strstr (sentence, "Others may read it"));
  g_assert_true (lab_licence_set_file (path, &error));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_true (lab_licence_remove (&error));
  g_assert_false (lab_licence_remove (&error));
}

static void
test_faults (void)
{
  g_autofree char *other = licence ("another-host", "\n");
  const char *host = g_get_host_name ();
  g_autofree char *section = g_strdup_printf ("%s = " VALUE ";\n", host);
  g_autofree char *semicolon = g_strdup_printf ("[license]\n%s = " VALUE "\n", host);
  g_autofree char *brief = g_strdup_printf ("[license]\n%s = 0123;\n", host);
  g_autofree char *blank = g_strdup_printf ("[license]\n%s = 00001111 2222333;\n", host);
  g_autofree char *ascii = g_strdup_printf ("[license]\n%s = “" VALUE "”;\n", host);
  const struct
  {
    const char *text;
    const char *part;
  } cases[] = {
    { other, "no entry for this host" },
    { section, "no section" },
    { semicolon, "does not end in" },
    { brief, "4 characters" },
    { blank, "a blank inside" },
    { ascii, "not ASCII" },
    { "", "no section" },
  };
  g_autofree char *path = lab_licence_dup_path ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lab_licence_set (cases[i].text, strlen (cases[i].text), &error));
      if (strstr (error->message, cases[i].part) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].part);
      g_assert_null (strstr (error->message, VALUE));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* As an editor of Windows writes it: kept plain, and named where it is somebody else's file. */
static void
test_windows (void)
{
  g_autofree char *plain = licence (g_get_host_name (), "\r\n");
  g_autofree char *text = g_strconcat ("\xef\xbb\xbf", plain, NULL);
  g_autofree char *home = g_build_filename (root, ".iourc", NULL);
  g_autofree char *path = lab_licence_dup_path ();
  g_autofree char *sentence = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (home, text, -1, NULL));
  g_assert_cmpint (lab_licence_get_state (NULL, &sentence), ==, LAB_LICENCE_BAD);
  g_assert_nonnull (strstr (sentence, "labctl licence set"));
  g_assert_null (strstr (sentence, VALUE));
  g_clear_pointer (&sentence, g_free);
  g_assert_true (lab_licence_set_file (home, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_true (g_str_has_prefix (kept, "[license]\n"));
  g_assert_null (strchr (kept, '\r'));
  g_assert_cmpint (lab_licence_get_state (NULL, &sentence), ==, LAB_LICENCE_GOOD);
  g_assert_true (lab_licence_remove (&error));
  g_assert_cmpint (g_remove (home), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  int status;

  root = g_dir_make_tmp ("labwright-licence-XXXXXX", NULL);
  g_setenv ("XDG_CONFIG_HOME", root, TRUE);
  g_setenv ("HOME", root, TRUE);
  g_unsetenv ("IOURC");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/licence-store/set", test_set);
  g_test_add_func ("/licence-store/faults", test_faults);
  g_test_add_func ("/licence-store/windows", test_windows);
  status = g_test_run ();
  folder = g_build_filename (root, "labwright", NULL);
  g_rmdir (folder);
  g_rmdir (root);
  g_free (root);
  return status;
}
