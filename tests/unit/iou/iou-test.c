/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "iou-test.h"

#include <ftw.h>
#include <stdio.h>

static int
remove_one (const char *path, const struct stat *info, int type, struct FTW *state)
{
  return remove (path);
}

char *
iou_test_make_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("labwright-iou-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

void
iou_test_remove_dir (char *dir)
{
  g_assert_cmpint (nftw (dir, remove_one, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
  g_free (dir);
}

/* Writes @dir/@name, making the folders @name needs; returns the path. */
char *
iou_test_write (const char *dir, const char *name, const void *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (dir, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}
