/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a lab of a portable one. Everything is unpacked into a folder beside those of the other
 * labs, whose name begins with a dot; only when it is whole does that get the name by which it is
 * found, and then the document is written. */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lab-checkpoint.h"
#include "lab-file.h"
#include "lab-portable-private.h"
#include "lab-state.h"

#define MAX_TRIES 1000

typedef struct
{
  char *folder; /* becomes S/<uuid> */
  guint64 budget;
  LabTopology *topology;
  gboolean has_captures;
} Opening;

/* "state/7/x" is "7/x" in the lab's folder; the rest is what it is called. */
static char *
target_path (Opening *opening, const char *name)
{
  const char *prefix = LAB_PORTABLE_STATE "/";

  if (g_str_has_prefix (name, prefix))
    name += strlen (prefix);
  return g_build_filename (opening->folder, name, NULL);
}

static gboolean
unpack (Opening *opening, const char *name, GBytes *bytes, gint64 time, GError **error)
{
  g_autofree char *path = target_path (opening, name);
  g_autofree char *parent = g_path_get_dirname (path);
  const struct timespec times[] = { { .tv_nsec = UTIME_OMIT },
                                    { .tv_sec = (time_t) MAX (time, 0) } };
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (!lab_state_make_folder (parent, error) || !lab_state_write_file (path, data, size, error))
    return FALSE;
  utimensat (AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
  return TRUE;
}

static gboolean
open_entry (
    struct archive *archive, const char *name, gint64 time, gpointer user_data, GError **error)
{
  Opening *opening = user_data;
  g_autoptr (GBytes) bytes = lab_portable_read_entry (archive, name, &opening->budget, error);
  gsize size;
  const char *data;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  switch (lab_portable_classify (name))
    {
    case LAB_PORTABLE_ENTRY_DOCUMENT:
      opening->topology = lab_file_parse (data, size, LAB_PORTABLE_DOCUMENT, error);
      return opening->topology != NULL;
    case LAB_PORTABLE_ENTRY_ABOUT:
      return TRUE;
    case LAB_PORTABLE_ENTRY_CAPTURE:
      opening->has_captures = TRUE;
      return unpack (opening, name, bytes, time, error);
    case LAB_PORTABLE_ENTRY_NONE:
    case LAB_PORTABLE_ENTRY_STATE:
    case LAB_PORTABLE_ENTRY_CONFIG:
    case LAB_PORTABLE_ENTRY_SETTLED:
    case LAB_PORTABLE_ENTRY_CHECKPOINT:
    default:
      return unpack (opening, name, bytes, time, error);
    }
}

static gboolean
unpack_all (Opening *opening, const char *path, GError **error)
{
  struct archive *archive = lab_portable_open_reader (path, error);
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  gboolean good;

  if (archive == NULL)
    return FALSE;
  good = lab_portable_walk (archive, left_out, open_entry, opening, error);
  archive_read_free (archive);
  if (good && opening->topology == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("%s is no portable lab: there is no %s in it."), path, LAB_PORTABLE_DOCUMENT);
      return FALSE;
    }
  return good;
}

/* Its own identity if nothing here has it; a rename says so without a race. */
static char *
settle (Opening *opening, const char *state, GError **error)
{
  g_autofree char *uuid = g_strdup (lab_topology_get_uuid (opening->topology));

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autofree char *folder = g_build_filename (state, uuid, NULL);

      if (!g_file_test (folder, G_FILE_TEST_EXISTS) && g_rename (opening->folder, folder) == 0)
        {
          g_free (opening->folder);
          opening->folder = g_steal_pointer (&folder);
          lab_topology_set_uuid (opening->topology, uuid);
          return g_steal_pointer (&uuid);
        }
      g_free (uuid);
      uuid = g_uuid_string_random ();
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("What the devices keep cannot be put into %s: %s."), state, g_strerror (errno));
  return NULL;
}

/* (transfer full): a folder that is not there yet, "NAME captures" beside the lab. */
static char *
captures_path (const char *lab_path)
{
  g_autofree char *stem = g_strndup (
      lab_path, strlen (lab_path) - (g_str_has_suffix (lab_path, ".lab") ? strlen (".lab") : 0));

  for (guint i = 1; i < MAX_TRIES; i++)
    {
      g_autofree char *path = i == 1 ? g_strconcat (stem, "-captures", NULL)
                                     : g_strdup_printf ("%s-captures-%u", stem, i);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return g_strconcat (stem, "-captures", NULL);
}

static gboolean
move_captures (Opening *opening, const char *lab_path, char **captures, GError **error)
{
  g_autofree char *from = g_build_filename (opening->folder, LAB_PORTABLE_CAPTURES, NULL);
  g_autofree char *to = captures_path (lab_path);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!opening->has_captures)
    return TRUE;
  dir = g_dir_open (from, 0, error);
  if (dir == NULL || !lab_state_make_folder (to, error))
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source_path = g_build_filename (from, name, NULL);
      g_autofree char *target_path = g_build_filename (to, name, NULL);
      g_autoptr (GFile) source = g_file_new_for_path (source_path);
      g_autoptr (GFile) target = g_file_new_for_path (target_path);

      if (!g_file_move (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL, NULL, error))
        return FALSE;
    }
  lab_state_remove_tree (from);
  if (captures != NULL)
    *captures = g_steal_pointer (&to);
  return TRUE;
}

static char *
make_lab (Opening *opening,
          const char *path,
          const char *lab_path,
          const char *state,
          char **captures,
          GError **error)
{
  g_autofree char *uuid = NULL;

  if (!lab_state_make_folder (opening->folder, error) || !unpack_all (opening, path, error) ||
      !move_captures (opening, lab_path, captures, error))
    return NULL;
  lab_state_sync (opening->folder);
  uuid = settle (opening, state, error);
  if (uuid == NULL || !lab_file_save (opening->topology, lab_path, error))
    return NULL;
  return g_steal_pointer (&uuid);
}

char *
lab_portable_open (
    const char *path, const char *lab_path, const char *state, char **captures, GError **error)
{
  Opening opening = { .budget = LAB_PORTABLE_MAX_BYTES };
  char *uuid;

  g_return_val_if_fail (path != NULL && lab_path != NULL && state != NULL, NULL);

  if (captures != NULL)
    *captures = NULL;
  if (g_file_test (lab_path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("There is a file %s already; choose another name."), lab_path);
      return NULL;
    }
  opening.folder = g_strdup_printf ("%s/" LAB_STATE_NEW "%08x", state, g_random_int ());
  uuid = make_lab (&opening, path, lab_path, state, captures, error);
  if (uuid == NULL)
    lab_state_remove_tree (opening.folder);
  lab_state_remove_leftovers (state);
  g_clear_object (&opening.topology);
  g_free (opening.folder);
  return uuid;
}
