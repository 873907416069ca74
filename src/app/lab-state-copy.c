/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copying the files of devices for a copy of their lab. Only plain files count: links and sockets
 * in a device's folder are of a run. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "lab-client-paths.h"
#include "lab-state-copy.h"

static gboolean
is_of_a_run (const char *name)
{
  return g_str_equal (name, "NETMAP") || g_str_equal (name, "startup-config.cfg") ||
         g_str_has_suffix (name, ".lck");
}

static gboolean
copy_file (const char *from, const char *to, const char *name, GError **error)
{
  g_autofree char *source_path = g_build_filename (from, name, NULL);
  g_autofree char *target_path = g_build_filename (to, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (source_path);
  g_autoptr (GFile) target = g_file_new_for_path (target_path);
  struct stat st;

  if (lstat (source_path, &st) != 0 || !S_ISREG (st.st_mode))
    return TRUE;

  return g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL, NULL, error);
}

static gboolean
copy_folder (const char *from, const char *to, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  /* It never ran. */
  if (dir == NULL)
    return TRUE;
  if (g_mkdir_with_parents (to, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("The folder %s cannot be made: %s."), to, g_strerror (errno));
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (!is_of_a_run (name) && !copy_file (from, to, name, error))
      return FALSE;

  return TRUE;
}

gboolean
lab_state_copy (const char *from, const char *to, GHashTable *ids, GError **error)
{
  g_autofree char *state = lab_client_state_dir ();
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (from != NULL && to != NULL && ids != NULL, FALSE);

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *source = g_strdup_printf ("%s/%s/%u", state, from, GPOINTER_TO_UINT (id));
      g_autofree char *target = g_strdup_printf ("%s/%s/%u", state, to, GPOINTER_TO_UINT (id));

      if (!copy_folder (source, target, error))
        return FALSE;
    }

  return TRUE;
}
