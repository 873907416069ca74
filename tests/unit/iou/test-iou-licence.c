/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values here are no licences: sixteen characters, as the form wants them. */

#include "iou-licence.h"
#include "iou-test.h"

static void
assert_right (const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean right = iou_licence_check (text, strlen (text), "Lab-Host", &error);

  g_assert_no_error (error);
  g_assert_true (right);
}

static void
assert_wrong (const char *text, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (iou_licence_check (text, strlen (text), "Lab-Host", &error));
  g_assert_null (strstr (error->message, "0000"));
  assert_iou_error (error, IOU_ERROR_INVALID, part);
}

static void
test_right (void)
{
  assert_right ("[license]\nLab-Host = 0000000000000000;\n");
  assert_right ("[license]\nlab-host=0000000000000000;");
  assert_right ("\r\n[license]\r\n\r\n\tLAB-HOST \t=\t 0000000000000000; \r\n");
  assert_right ("# text\n; text\n[other]\nLab-Host = short\n[license]\nelse = x\nnothing\nLab-Host "
                "= 0000000000000000;\n");
  assert_right ("[license]\n[x]\n[license]\nLab-Host = 0000000000000000;\n[options]\n-m 512\n");
  assert_right ("[license]\nLab-Host = 0000000000000000;\nLab-Host = second\n");
  assert_right ("\xef\xbb\xbf[license]\r\nLab-Host = 0000000000000000;\r\n");
}

static void
test_wrong (void)
{
  assert_wrong ("", "no section [license]");
  assert_wrong ("Lab-Host = 0000000000000000;\n", "no section [license]");
  assert_wrong ("[License]\nLab-Host = 0000000000000000;\n", "no section [license]");
  assert_wrong ("[license\nLab-Host = 0000000000000000;\n", "no section [license]");
  assert_wrong ("[license]\n", "no entry for this host, whose name is “Lab-Host”");
  assert_wrong ("[license]\nLab-Host2 = 0000000000000000;\nLab = 0000000000000000;\n", "no entry");
  assert_wrong ("[license]\n[other]\nLab-Host = 0000000000000000;\n", "no entry");
  assert_wrong ("[license]\n# Lab-Host = 0000000000000000;\n", "no entry");
  assert_wrong ("[license]\nLab-Host 0000000000000000;\n", "no entry");
  assert_wrong ("[license]\nLab-Host =\n", "Line 2 of the licence file has no value");
  assert_wrong ("\n\n[license]\nLab-Host = 0000000000000000\n",
                "Line 4 of the licence file does not end in “;”");
  assert_wrong ("[license]\nLab-Host = 000000000000000;\n",
                "has 15 characters before “;” where there must be 16");
  assert_wrong ("[license]\nLab-Host = 00000000000000000;\n", "has 17 characters");
  assert_wrong ("[license]\nLab-Host = ;\n", "has 0 characters");
  assert_wrong ("[license]\nLab-Host = 00000000 00000000;\n", "has a blank");
  assert_wrong ("[license]\n\nLab-Host = 000000000000000\xc3\xa9;\n",
                "Line 3 of the licence file holds a character");
  assert_wrong ("\xff\xfe[\0l\0", "Line 1 of the licence file holds");
  assert_wrong ("[license]\nLab-Host = 0000000000000000;\n\x01",
                "Line 3 of the licence file holds");
}

static void
test_bounds (void)
{
  static const char text[] = "[license]\nLab-Host = 0000000000000000;";
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_malloc0 (IOU_LICENCE_MAX_LENGTH + 1);

  for (gsize length = 0; length <= strlen (text); length++)
    {
      g_autofree char *exact = g_memdup2 (text, length);

      g_assert_cmpint (iou_licence_check (exact, length, "Lab-Host", NULL), ==,
                       length == strlen (text));
    }

  g_assert_false (iou_licence_check ("[license]\nLab-\0Host = 0;", 24, "Lab-Host", &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "not ASCII");
  g_assert_false (iou_licence_check (large, IOU_LICENCE_MAX_LENGTH + 1, "Lab-Host", &error));
  assert_iou_error (error, IOU_ERROR_LIMIT, "1048577");
}

static void
test_own_host (void)
{
  g_autofree char *text =
      g_strdup_printf ("[license]\n%s = 0000000000000000;\n", g_get_host_name ());

  g_assert_true (iou_licence_check (text, strlen (text), NULL, NULL));
}

static void
test_file (void)
{
  static const char text[] = "[license]\nhost = 0000000000000000;\n";
  g_autoptr (GError) error = NULL;
  char *dir = iou_test_make_dir ();
  g_autofree char *path = iou_test_write (dir, "iourc", text, strlen (text));
  g_autofree char *none = g_build_filename (dir, "none", NULL);

  g_assert_true (iou_licence_check_file (path, "host", &error));
  g_assert_no_error (error);
  g_assert_false (iou_licence_check_file (path, "other", &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "iourc: The licence file has no entry");
  g_assert_false (iou_licence_check_file (none, "host", &error));
  assert_iou_error (error, IOU_ERROR_MISSING, none);
  g_assert_false (iou_licence_check_file (dir, "host", &error));
  assert_iou_error (error, IOU_ERROR_INVALID, "not a regular file");

  iou_test_remove_dir (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iou/licence/right", test_right);
  g_test_add_func ("/iou/licence/wrong", test_wrong);
  g_test_add_func ("/iou/licence/bounds", test_bounds);
  g_test_add_func ("/iou/licence/own-host", test_own_host);
  g_test_add_func ("/iou/licence/file", test_file);

  return g_test_run ();
}
