/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of deleted devices: moved, kept for a month, gone. */

#include "config.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "lab-trash.h"

#define UUID "01234567-89ab-cdef-0123-456789abcdef"

typedef struct
{
  char *root;
  GHashTable *devices;
  guint32 today;
} Fixture;

static int
remove_cb (const char *path, const struct stat *st, int type, struct FTW *ftw)
{
  return remove (path);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  GDate date;

  fixture->root = g_dir_make_tmp ("labwright-trash-XXXXXX", NULL);
  fixture->devices = g_hash_table_new (NULL, NULL);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 9, G_DATE_MARCH, 2026);
  fixture->today = g_date_get_julian (&date);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  nftw (fixture->root, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_free (fixture->root);
  g_hash_table_unref (fixture->devices);
}

static void
put (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->root, UUID, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, name, -1, NULL));
}

static gboolean
is_there (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->root, UUID, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
gone (Fixture *fixture, guint id, const char *name)
{
  g_hash_table_insert (fixture->devices, GUINT_TO_POINTER (id), (gpointer) name);
}

static void
test_move (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *empty = g_build_filename (fixture->root, UUID, "8", NULL);

  put (fixture, "7/nvram_00007");
  put (fixture, "9/nvram_00009");
  g_mkdir_with_parents (empty, 0700);
  gone (fixture, 7, "R1/edge");
  gone (fixture, 8, "never ran");
  gone (fixture, 10, "no folder");
  lab_trash_collect (fixture->root, UUID, fixture->devices, fixture->today);
  g_assert_false (is_there (fixture, "7"));
  g_assert_false (is_there (fixture, "8"));
  g_assert_true (is_there (fixture, "9/nvram_00009"));
  g_assert_true (is_there (fixture, "trash/20260309-R1-edge-7/nvram_00007"));

  /* The same id again, on the same day. */
  put (fixture, "7/nvram_00007");
  lab_trash_collect (fixture->root, UUID, fixture->devices, fixture->today);
  g_assert_true (is_there (fixture, "trash/20260309-R1-edge-7/nvram_00007"));
  g_assert_true (is_there (fixture, "trash/20260309-R1-edge-7.2/nvram_00007"));
}

static void
test_purge (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *outside = g_build_filename (fixture->root, "outside", NULL);
  g_autofree char *link = NULL;

  g_assert_true (g_file_set_contents (outside, "x", -1, NULL));
  put (fixture, "trash/20260207-R1-7/nvram_00007");
  put (fixture, "trash/20260206-R2-8/deep/er/nvram_00008");
  put (fixture, "trash/mine/note");
  link = g_build_filename (fixture->root, UUID, "trash/20260206-R2-8/link", NULL);
  g_assert_cmpint (symlink (outside, link), ==, 0);

  lab_trash_collect (fixture->root, UUID, fixture->devices, fixture->today);
  g_assert_true (is_there (fixture, "trash/20260207-R1-7/nvram_00007"));
  g_assert_false (is_there (fixture, "trash/20260206-R2-8"));
  g_assert_true (is_there (fixture, "trash/mine/note"));
  g_assert_true (g_file_test (outside, G_FILE_TEST_EXISTS));
}

static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  gone (fixture, 1, "R1");
  lab_trash_collect (fixture->root, UUID, fixture->devices, fixture->today);
  g_assert_false (is_there (fixture, "trash"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/app/trash/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("move", test_move);
  ADD ("purge", test_purge);
  ADD ("nothing", test_nothing);

  return g_test_run ();
}
