/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders, and the images in them. */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-appliance.h"
#include "lab-library-private.h"

#define MAX_FOLDERS 100

/* What is meant by a folder: of EVE-NG's the place of its images. (transfer full) */
static char *
expand (const char *folder)
{
  static const char *const below[] = { "addons/iol/bin", "iol/bin", "bin" };
  g_autofree char *base = g_path_get_basename (folder);
  guint first = 0;

  /* "…/iol" alone may have a bin; any other folder's bin is its own business. */
  for (guint i = first; i < G_N_ELEMENTS (below); i++)
    {
      g_autofree char *path = g_build_filename (folder, below[i], NULL);

      if (g_str_equal (below[i], "bin") && !g_str_equal (base, "iol"))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }

  return g_strdup (folder);
}

GStrv
lab_library_dup_named (LabLibrary *self)
{
  JsonArray *array = lab_library_json_array (self->root, "folders");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array) && i < MAX_FOLDERS; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          g_path_is_absolute (json_node_get_string (node)))
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

GStrv
lab_library_dup_folders (LabLibrary *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) listed = g_strsplit (g_getenv ("LABWRIGHT_IMAGE_PATH") ?: "", ":", -1);
  g_auto (GStrv) named = lab_library_dup_named (self);
  g_autofree char *own = lab_library_dup_own_folder ();

  for (guint i = 0; listed[i] != NULL; i++)
    if (*listed[i] != '\0')
      g_strv_builder_add (builder, listed[i]);
  g_strv_builder_add (builder, own);
  for (guint i = 0; named[i] != NULL; i++)
    {
      g_autofree char *folder = expand (named[i]);

      g_strv_builder_add (builder, folder);
    }

  return g_strv_builder_end (builder);
}

GStrv
lab_library_dup_library_dirs (LabLibrary *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) folders = lab_library_dup_folders (self);
  g_autofree char *own = lab_library_dup_library_folder ();

  if (g_file_test (own, G_FILE_TEST_IS_DIR))
    g_strv_builder_add (builder, own);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *parent = g_path_get_dirname (folders[i]);
      g_autofree char *lib = g_build_filename (parent, "lib", NULL);

      if (g_str_has_suffix (folders[i], "/iol/bin") && g_file_test (lib, G_FILE_TEST_IS_DIR))
        g_strv_builder_add (builder, lib);
    }

  return g_strv_builder_end (builder);
}

static gboolean
knows (GPtrArray *records, const char *name)
{
  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (((LabImageRecord *) g_ptr_array_index (records, i))->name, name))
      return TRUE;

  return FALSE;
}

static void
list_folder (LabLibrary *self,
             const char *folder,
             LabLibraryDepth depth,
             GCancellable *cancellable,
             GPtrArray *records)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL &&
         !g_cancellable_is_cancelled (cancellable))
    {
      LabImageRecord *record =
          !knows (records, name) ? lab_library_make_record (self, folder, name, depth, cancellable)
                                 : NULL;

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const LabImageRecord *first = *(LabImageRecord *const *) a;
  const LabImageRecord *second = *(LabImageRecord *const *) b;
  g_autofree char *first_key = g_utf8_collate_key_for_filename (first->name, -1);
  g_autofree char *second_key = g_utf8_collate_key_for_filename (second->name, -1);

  return strcmp (first_key, second_key);
}

GPtrArray *
lab_library_list (LabLibrary *self, LabLibraryDepth depth, GCancellable *cancellable)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_image_record_unref);
  g_auto (GStrv) folders = lab_library_dup_folders (self);

  for (guint i = 0; folders[i] != NULL; i++)
    list_folder (self, folders[i], depth, cancellable, records);
  g_ptr_array_sort (records, compare_names);

  return records;
}

static gboolean
check_name (const char *name, GError **error)
{
  if (*name != '\0' && strchr (name, '/') == NULL && !g_str_equal (name, "..") &&
      !g_str_equal (name, "."))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
               _ ("“%s” is no name of an image; it must be a file name without folders."), name);

  return FALSE;
}

LabImageRecord *
lab_library_find (LabLibrary *self, const char *name, LabLibraryDepth depth, GError **error)
{
  g_auto (GStrv) folders = lab_library_dup_folders (self);

  if (!check_name (name, error))
    return NULL;
  for (guint i = 0; folders[i] != NULL; i++)
    {
      LabImageRecord *record = lab_library_make_record (self, folders[i], name, depth, NULL);

      if (record != NULL)
        return record;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _ ("There is no image %s in the library; “labctl image list” shows what there is."),
               name);

  return NULL;
}

/* A file whose checksum is known, and which is as it was when it was read. (transfer full)
 * (nullable) */
static char *
find_by_hash (LabLibrary *self, const char *sha256)
{
  g_auto (GStrv) folders = lab_library_dup_folders (self);
  JsonObject *files = lab_library_json_object (self->cache, "files");
  JsonObjectIter iter;
  const char *path;
  JsonNode *node;

  if (files == NULL)
    return NULL;
  json_object_iter_init (&iter, files);
  while (json_object_iter_next (&iter, &path, &node))
    {
      g_autofree char *folder = g_path_get_dirname (path);
      struct stat info;
      const char *known;

      if (!g_strv_contains ((const char *const *) folders, folder) || stat (path, &info) != 0)
        continue;
      known = lab_library_json_string (lab_library_cached (self, path, &info), "sha256");
      if (known != NULL && g_ascii_strcasecmp (known, sha256) == 0)
        return g_strdup (path);
    }

  return NULL;
}

/* A file of that name. One that is known to be another image than @sha256 (nullable) counts only if
 * @others. (transfer full) (nullable) */
static char *
find_by_name (LabLibrary *self, const char *name, const char *sha256, gboolean others)
{
  g_auto (GStrv) folders = lab_library_dup_folders (self);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);
      struct stat info;
      JsonObject *entry;
      const char *known;

      /* A link into nowhere counts as found: the check says so in its own words. */
      if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      entry = stat (path, &info) == 0 ? lab_library_cached (self, path, &info) : NULL;
      known = lab_library_json_string (entry, "sha256");
      if (others || sha256 == NULL || known == NULL || g_ascii_strcasecmp (known, sha256) == 0)
        return g_canonicalize_filename (path, NULL);
    }

  return NULL;
}

/* A folder that the user named and that is not there: a memory stick. (transfer full) (nullable) */
static char *
find_gone (LabLibrary *self)
{
  g_auto (GStrv) named = lab_library_dup_named (self);

  for (guint i = 0; named[i] != NULL; i++)
    if (!g_file_test (named[i], G_FILE_TEST_IS_DIR))
      return g_strdup (named[i]);

  return NULL;
}

char *
lab_library_resolve (LabLibrary *self, const char *name, const char *sha256, GError **error)
{
  g_autofree char *own = lab_library_dup_own_folder ();
  g_autofree char *gone = NULL;
  char *path;

  if (!check_name (name, error))
    return NULL;
  path = find_by_name (self, name, sha256, FALSE);
  if (path == NULL && sha256 != NULL)
    path = find_by_hash (self, sha256);
  if (path == NULL)
    path = find_by_name (self, name, sha256, TRUE);
  if (path != NULL)
    return path;

  gone = find_gone (self);
  if (gone != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("The image %s is not on this machine; put it into %s. The folder %s of the "
                    "library is not there now, and may hold it."),
                 name, own, gone);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("The image %s is not on this machine; put it into %s."), name, own);

  return NULL;
}

/* --- folders --- */

static void
put_folder (JsonObject *root, gpointer user_data)
{
  JsonArray *array = lab_library_json_array (root, "folders");

  if (array == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (root, "folders", array);
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), user_data) == 0)
      return;
  json_array_add_string_element (array, user_data);
}

static void
drop_folder (JsonObject *root, gpointer user_data)
{
  JsonArray *array = lab_library_json_array (root, "folders");

  for (guint i = array != NULL ? json_array_get_length (array) : 0; i > 0; i--)
    if (g_strcmp0 (json_array_get_string_element (array, i - 1), user_data) == 0)
      json_array_remove_element (array, i - 1);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  gboolean last = lab_appliance_is_name (first);

  return last != lab_appliance_is_name (second) ? (last ? 1 : -1) : strcmp (first, second);
}

GStrv
lab_library_dup_addable (const char *folder, GError **error)
{
  g_autofree char *place = expand (folder);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  g_autoptr (GDir) dir = g_dir_open (place, 0, error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place, name, NULL);

      if (lab_appliance_is_name (name) || lab_library_may_be_image (path))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  if (dir == NULL)
    return NULL;
  if (paths->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("There is no image in the folder %s."), place);
      return NULL;
    }
  g_ptr_array_sort (paths, compare_paths);

  return (GStrv) g_ptr_array_steal (paths, NULL);
}

gboolean
lab_library_add_folder (const char *path, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);

  if (!g_file_test (full, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY, _ ("%s is no folder."), full);
      return FALSE;
    }
  if (!g_utf8_validate (full, -1, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                   _ ("The folder’s name is not UTF-8; rename it."));
      return FALSE;
    }

  return lab_library_change (put_folder, full, error);
}

/* The named folder that is meant by @path, itself or what is taken of it. (transfer full)
 * (nullable) */
static char *
find_named (LabLibrary *self, const char *path)
{
  g_auto (GStrv) named = lab_library_dup_named (self);

  for (guint i = 0; named[i] != NULL; i++)
    {
      g_autofree char *folder = expand (named[i]);

      if (g_str_equal (named[i], path) || g_str_equal (folder, path))
        return g_strdup (named[i]);
    }

  return NULL;
}

gboolean
lab_library_remove_folder (const char *path, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autoptr (LabLibrary) self = lab_library_load (error);
  g_autofree char *named = self != NULL ? find_named (self, full) : NULL;

  if (self == NULL)
    return FALSE;
  if (named == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("%s is none of the folders that you added to the library."), full);
      return FALSE;
    }

  return lab_library_change (drop_folder, named, error);
}
