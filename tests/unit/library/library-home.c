/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "library-home.h"

static char *root;

static int
remove_cb (const char *path, const struct stat *info, int type, struct FTW *walk)
{
  return remove (path);
}

static void
remove_folder (const char *path)
{
  nftw (path, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
}

char *
library_home_write (const char *name, const guint8 *bytes, gsize length)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *dir = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, (const char *) bytes, (gssize) length, NULL));
  return g_steal_pointer (&path);
}

char *
library_home_write_elf (const char *name, const ElfPlan *plan, const char *salt)
{
  ElfPlaces places;
  g_autoptr (GByteArray) elf = elf_make (plan, &places);

  g_byte_array_append (elf, (const guint8 *) salt, (guint) strlen (salt));
  return library_home_write (name, elf->data, elf->len);
}

LabImageRecord *
library_home_add (const char *source, const char *name)
{
  g_autoptr (GError) error = NULL;
  gboolean was_there;
  LabImageRecord *record = lab_library_add (source, name, &was_there, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (was_there);
  return record;
}

LabImageRecord *
library_home_find (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabLibrary) library = lab_library_load (&error);
  LabImageRecord *record;

  g_assert_no_error (error);
  record = lab_library_find (library, name, LAB_LIBRARY_IDENTIFY, &error);
  g_assert_no_error (error);
  return record;
}

static void
clear_folders (gpointer *fixture, gconstpointer data)
{
  static const char *const folders[] = { "data", "cache", "config" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (root, folders[i], NULL);

      remove_folder (path);
    }
}

/* Before anything asks for the user's folders. */
static void
make_folders (void)
{
  g_autofree char *data = NULL;
  g_autofree char *cache = NULL;

  root = g_dir_make_tmp ("labwright-library-XXXXXX", NULL);
  data = g_build_filename (root, "data", NULL);
  cache = g_build_filename (root, "cache", NULL);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_unsetenv ("LABWRIGHT_IMAGE_PATH");
}

static void
remove_folders (void)
{
  remove_folder (root);
  g_clear_pointer (&root, g_free);
}

const char *
library_home_root (void)
{
  return root;
}

int
library_home_run (int argc, char **argv, const LibraryTest *tests, guint n)
{
  int status;

  make_folders ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n; i++)
    g_test_add (tests[i].path, gpointer, NULL, clear_folders, tests[i].function, NULL);
  status = g_test_run ();
  remove_folders ();
  return status;
}
