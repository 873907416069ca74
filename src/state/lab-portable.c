/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing a portable lab. It is written beside its name, flushed, and renamed. What an NVRAM holds
 * is read as for a checkpoint: a device that runs may be writing it. */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "lab-checkpoint.h"
#include "lab-file.h"
#include "lab-portable-private.h"
#include "lab-saved-taken.h"
#include "lab-saved.h"
#include "lab-state.h"

static gboolean
write_failed (struct archive *archive, const char *name, GError **error)
{
  const char *why = archive_error_string (archive);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s cannot be written: %s."), name,
               why != NULL ? why : _ ("no reason is known"));
  return FALSE;
}

static gboolean
add_bytes (struct archive *archive, const char *name, GBytes *bytes, time_t time, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gboolean good;

  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, time, 0);
  good = archive_write_header (archive, entry) == ARCHIVE_OK &&
         archive_write_data (archive, data, size) == (la_ssize_t) size;
  archive_entry_free (entry);
  return good || write_failed (archive, name, error);
}

static time_t
time_of (const char *path)
{
  struct stat st;

  return lstat (path, &st) == 0 ? st.st_mtime : time (NULL);
}

static gboolean
add_file (struct archive *archive, const char *name, const char *path, gsize max, GError **error)
{
  g_autoptr (GBytes) bytes = lab_state_read_file (path, max, error);

  return bytes != NULL && add_bytes (archive, name, bytes, time_of (path), error);
}

static gboolean
add_text (struct archive *archive, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return add_bytes (archive, name, bytes, time (NULL), error);
}

/* A word for whoever opens the archive with another program. */
static gboolean
add_about (struct archive *archive, LabTopology *topology, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, "labwright-portable");
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "lab");
  json_builder_add_string_value (builder, lab_topology_get_name (topology));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  return add_text (archive, LAB_PORTABLE_ABOUT, text, error);
}

/* What @work holds, under @prefix. */
static gboolean
add_folder (struct archive *archive, const char *work, const char *prefix, GError **error)
{
  g_autoptr (GPtrArray) names = lab_state_list_files (work, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (work, names->pdata[i], NULL);
      g_autofree char *name = g_strdup_printf ("%s/%s", prefix, (char *) names->pdata[i]);

      g_autoptr (GBytes) bytes = lab_state_read_kept (work, names->pdata[i], error);

      if (bytes == NULL || !add_bytes (archive, name, bytes, time_of (path), error))
        return FALSE;
    }
  return names != NULL;
}

static gboolean
add_history (struct archive *archive, const char *work, const char *prefix, GError **error)
{
  g_autoptr (GArray) entries = lab_saved_list (work, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const LabSavedEntry *entry = &g_array_index (entries, LabSavedEntry, i);
      g_autofree char *file = lab_saved_build_name (entry);
      g_autofree char *name = g_strdup_printf ("%s/" LAB_SAVED_FOLDER "/%s", prefix, file);
      g_autoptr (GBytes) text = lab_saved_read (work, entry->number, error);

      if (text == NULL ||
          !add_bytes (archive, name, text, (time_t) (entry->last / G_USEC_PER_SEC), error))
        return FALSE;
    }
  return entries != NULL;
}

/* So that what was asked here about its saves is not asked again. */
static gboolean
add_settled (struct archive *archive, const char *work, const char *prefix, GError **error)
{
  gint64 time = lab_saved_get_taken (work);
  g_autofree char *name = g_strdup_printf ("%s/" LAB_SAVED_FOLDER "/" LAB_SAVED_TAKEN, prefix);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "\n", time);

  return time == 0 || add_text (archive, name, text, error);
}

static gboolean
add_devices (struct archive *archive,
             LabTopology *topology,
             const char *folder,
             gboolean history,
             GError **error)
{
  g_autoptr (GHashTable) ids = lab_state_device_ids (topology);

  /* By id, so that the same lab gives the same order. */
  for (guint id = 1; id <= LAB_PORTABLE_MAX_ID; id++)
    {
      g_autofree char *work = g_strdup_printf ("%s/%u", folder, id);
      g_autofree char *prefix = g_strdup_printf (LAB_PORTABLE_STATE "/%u", id);

      if (!g_hash_table_contains (ids, GUINT_TO_POINTER (id)))
        continue;
      if (!add_folder (archive, work, prefix, error) ||
          !add_settled (archive, work, prefix, error) ||
          (history && !add_history (archive, work, prefix, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_checkpoint (struct archive *archive, LabCheckpoint *checkpoint, GError **error)
{
  static const char *const files[] = { "checkpoint.json", LAB_PORTABLE_DOCUMENT };
  g_autofree char *prefix = g_strdup_printf (LAB_CHECKPOINT_FOLDER "/%04u", checkpoint->number);
  g_autoptr (GDir) dir = g_dir_open (checkpoint->path, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (checkpoint->path, files[i], NULL);
      g_autofree char *entry = g_strdup_printf ("%s/%s", prefix, files[i]);

      if (!add_file (archive, entry, path, LAB_STATE_MAX_FILE, error))
        return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *work = g_build_filename (checkpoint->path, name, NULL);
      g_autofree char *entry = g_strdup_printf ("%s/%s", prefix, name);

      if (g_ascii_isdigit (*name) && !add_folder (archive, work, entry, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_checkpoints (struct archive *archive, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) list = lab_checkpoint_list (folder, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      if (!add_checkpoint (archive, list->pdata[i], error))
        return FALSE;
    }
  return list != NULL;
}

static gboolean
add_captures (struct archive *archive, GPtrArray *captures, GError **error)
{
  for (guint i = 0; captures != NULL && i < captures->len; i++)
    {
      g_autofree char *base = g_path_get_basename (captures->pdata[i]);
      g_autofree char *name = g_strconcat (LAB_PORTABLE_CAPTURES "/", base, NULL);

      if (lab_portable_classify (name) != LAB_PORTABLE_ENTRY_CAPTURE)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       _ ("A capture in a portable lab cannot be called “%s”; rename it."), base);
          return FALSE;
        }
      if (!add_file (archive, name, captures->pdata[i], LAB_PORTABLE_MAX_CAPTURE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_all (struct archive *archive,
         const char *document,
         const char *folder,
         LabPortableFlags flags,
         GPtrArray *captures,
         GError **error)
{
  g_autoptr (LabTopology) topology =
      lab_file_parse (document, strlen (document), LAB_PORTABLE_DOCUMENT, error);

  return topology != NULL && add_about (archive, topology, error) &&
         add_text (archive, LAB_PORTABLE_DOCUMENT, document, error) &&
         add_devices (archive, topology, folder, (flags & LAB_PORTABLE_HISTORY) != 0, error) &&
         ((flags & LAB_PORTABLE_CHECKPOINTS) == 0 || add_checkpoints (archive, folder, error)) &&
         add_captures (archive, captures, error);
}

static gboolean
finish (struct archive *archive, int fd, const char *path, GError **error)
{
  if (archive_write_close (archive) != ARCHIVE_OK)
    return write_failed (archive, path, error);
  if (fsync (fd) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _ ("%s cannot be written: %s."),
               path, g_strerror (errno));
  return FALSE;
}

gboolean
lab_portable_write (const char *path,
                    const char *document,
                    const char *folder,
                    LabPortableFlags flags,
                    GPtrArray *captures,
                    GError **error)
{
  g_autofree char *temporary = NULL;
  struct archive *archive;
  gboolean good;
  int fd;

  g_return_val_if_fail (path != NULL && document != NULL && folder != NULL, FALSE);

  temporary = g_strdup_printf ("%s.XXXXXX", path);
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("%s cannot be written: %s."), path, g_strerror (errno));
      return FALSE;
    }
  archive = archive_write_new ();
  archive_write_set_format_zip (archive);
  good = archive_write_open_fd (archive, fd) == ARCHIVE_OK || write_failed (archive, path, error);
  good = good && add_all (archive, document, folder, flags, captures, error) &&
         finish (archive, fd, path, error);
  archive_write_free (archive);
  close (fd);
  if (good && g_rename (temporary, path) == 0)
    return TRUE;
  if (good)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _ ("%s cannot be written: %s."),
                 path, g_strerror (errno));
  g_unlink (temporary);
  return FALSE;
}
