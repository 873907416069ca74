/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The library's two files. Window, labctl and engines may write at the same time, so each change is
 * read, change, write under a lock; members that we do not know stay. A library.json that cannot be
 * read is never written over; a cache that cannot be read is begun anew. */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lab-library-private.h"

static char *
cache_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "labwright", "images.json", NULL);
}

char *
lab_library_dup_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "labwright", "library.json", NULL);
}

char *
lab_library_dup_own_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "labwright", "images", NULL);
}

char *
lab_library_dup_library_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "labwright", "lib", NULL);
}

JsonObject *
lab_library_read_root (GError **error)
{
  g_autofree char *path = lab_library_dup_path ();
  g_autoptr (GError) local_error = NULL;
  JsonObject *root = lab_library_json_load (path, &local_error);

  if (root == NULL && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    root = json_object_new ();
  else if (root == NULL)
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s ",
                                _ ("The image library cannot be read, and is left as it is."));

  return root;
}

JsonObject *
lab_library_read_cache (void)
{
  g_autofree char *path = cache_path ();
  JsonObject *cache = lab_library_json_load (path, NULL);

  return cache != NULL ? cache : json_object_new ();
}

/* A descriptor whose lock goes with it; -1 where none can be had. */
static int
lock (const char *path, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  int fd = -1;

  if (g_mkdir_with_parents (dir, 0700) == 0)
    fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX) == 0)
    return fd;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The folder %s cannot be written: %s."), dir, g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return -1;
}

gboolean
lab_library_change (LabLibraryChange change, gpointer user_data, GError **error)
{
  g_autofree char *path = lab_library_dup_path ();
  g_autoptr (JsonObject) root = NULL;
  gboolean done = FALSE;
  int fd = lock (path, error);

  if (fd < 0)
    return FALSE;
  root = lab_library_read_root (error);
  if (root != NULL)
    {
      change (root, user_data);
      done = lab_library_json_save (path, root, error);
    }
  close (fd);

  return done;
}

void
lab_library_change_cache (LabLibraryChange change, gpointer user_data)
{
  g_autofree char *path = cache_path ();
  g_autoptr (JsonObject) cache = NULL;
  g_autoptr (GError) error = NULL;
  int fd = lock (path, &error);

  if (fd >= 0)
    {
      cache = lab_library_read_cache ();
      change (cache, user_data);
      lab_library_json_save (path, cache, &error);
      close (fd);
    }
  if (error != NULL)
    g_message ("What was learnt of images is not kept: %s", error->message);
}

LabLibrary *
lab_library_load (GError **error)
{
  JsonObject *root = lab_library_read_root (error);
  LabLibrary *self;

  if (root == NULL)
    return NULL;
  self = g_new0 (LabLibrary, 1);
  self->root = root;
  self->cache = lab_library_read_cache ();

  return self;
}

void
lab_library_free (LabLibrary *self)
{
  json_object_unref (self->root);
  json_object_unref (self->cache);
  g_free (self);
}
