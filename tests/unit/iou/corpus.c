/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "corpus.h"

#include <string.h>

#include "zip-reader.h"

#define MAX_DEPTH 4
#define ARCHIVE   ".gns3project"

static char *
find_folder (void)
{
  const char *shared = g_getenv ("LABWRIGHT_SHARED_DIR");
  const char *source = g_getenv ("LABWRIGHT_SOURCE_DIR");

  if (shared != NULL)
    return g_build_filename (shared, "corpus", NULL);
  if (source != NULL)
    return g_build_filename (source, "..", "shared", "corpus", NULL);
  return NULL;
}

static void
add (GHashTable *found, const char *path, GBytes *bytes, guint depth)
{
  g_autoptr (GHashTable) files = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer content;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (!g_str_has_suffix (path, ARCHIVE))
    {
      g_hash_table_insert (found, g_strdup (path), g_bytes_ref (bytes));
      return;
    }

  g_assert_cmpuint (depth, <, MAX_DEPTH);
  files = zip_read (data, length);
  if (files == NULL)
    g_error ("%s is no archive that can be read.", path);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &content))
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      add (found, inside, content, depth + 1);
    }
}

static void
walk (GHashTable *found, const char *folder, guint depth)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_cmpuint (depth, <, MAX_DEPTH);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GBytes) bytes = NULL;
      char *data;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          walk (found, path, depth + 1);
          continue;
        }
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      bytes = g_bytes_new_take (data, length);
      add (found, path, bytes, 0);
    }
}

GHashTable *
corpus_load (void)
{
  g_autofree char *folder = find_folder ();
  GHashTable *found;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("There is no corpus of real files: LABWRIGHT_SHARED_DIR names the folder in "
                   "which corpus/ is, and without it that is \"shared\" beside the source tree.");
      return NULL;
    }

  found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  walk (found, folder, 0);
  return found;
}

GBytes *
corpus_beside (GHashTable *files, const char *path, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *other = g_build_filename (folder, name, NULL);

  return g_hash_table_lookup (files, other);
}
