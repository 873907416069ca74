/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a portable lab, which may come from anybody. The names of its entries are held against
 * the few forms that a lab has, and everything else is left out; sizes are counted while unpacking,
 * whatever the archive says of itself. */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-checkpoint.h"
#include "lab-file.h"
#include "lab-portable-private.h"
#include "lab-saved-taken.h"
#include "lab-saved.h"
#include "lab-state.h"

#define BLOCK_SIZE   65536
#define MAX_LEFT_OUT 20

/* The next one must be countable. */
#define MAX_NUMBER 90000
#define MAX_CONFIG (G_MAXUINT32 / 2)

void
lab_portable_set_error (struct archive *archive, const char *what, GError **error)
{
  const char *why = archive_error_string (archive);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _ ("%s cannot be read as a portable lab: %s."), what,
               why != NULL ? why : _ ("it is damaged"));
}

/* --- names --- */

static gboolean
is_number (const char *text, guint64 max)
{
  return *text >= '0' && *text <= '9' && strlen (text) <= 6 &&
         g_ascii_string_to_unsigned (text, 10, 1, max, NULL, NULL);
}

static gboolean
is_file_name (const char *name)
{
  return *name != '\0' && *name != '.' && strlen (name) <= 255 && strchr (name, '\\') == NULL;
}

static LabPortableEntry
classify_state (GStrv parts, guint n)
{
  LabSavedEntry entry;

  if (n == 3 && is_number (parts[1], LAB_PORTABLE_MAX_ID) && is_file_name (parts[2]) &&
      lab_state_is_kept_name (parts[2]))
    return LAB_PORTABLE_ENTRY_STATE;
  if (n == 4 && is_number (parts[1], LAB_PORTABLE_MAX_ID) &&
      g_str_equal (parts[2], LAB_SAVED_FOLDER) && g_str_equal (parts[3], LAB_SAVED_TAKEN))
    return LAB_PORTABLE_ENTRY_SETTLED;
  if (n == 4 && is_number (parts[1], LAB_PORTABLE_MAX_ID) &&
      g_str_equal (parts[2], LAB_SAVED_FOLDER) && lab_saved_parse_name (parts[3], &entry) &&
      entry.number <= MAX_CONFIG)
    return LAB_PORTABLE_ENTRY_CONFIG;
  return LAB_PORTABLE_ENTRY_NONE;
}

static LabPortableEntry
classify_checkpoint (GStrv parts, guint n)
{
  if (n == 3 && is_number (parts[1], MAX_NUMBER) &&
      (g_str_equal (parts[2], "checkpoint.json") || g_str_equal (parts[2], LAB_PORTABLE_DOCUMENT)))
    return LAB_PORTABLE_ENTRY_CHECKPOINT;
  if (n == 4 && is_number (parts[1], MAX_NUMBER) && is_number (parts[2], LAB_PORTABLE_MAX_ID) &&
      is_file_name (parts[3]) && lab_state_is_kept_name (parts[3]))
    return LAB_PORTABLE_ENTRY_CHECKPOINT;
  return LAB_PORTABLE_ENTRY_NONE;
}

LabPortableEntry
lab_portable_classify (const char *name)
{
  g_auto (GStrv) parts = NULL;
  guint n;

  if (name == NULL || !g_utf8_validate (name, -1, NULL) || strlen (name) > 1024)
    return LAB_PORTABLE_ENTRY_NONE;
  if (g_str_equal (name, LAB_PORTABLE_DOCUMENT))
    return LAB_PORTABLE_ENTRY_DOCUMENT;
  if (g_str_equal (name, LAB_PORTABLE_ABOUT))
    return LAB_PORTABLE_ENTRY_ABOUT;
  parts = g_strsplit (name, "/", 6);
  n = g_strv_length (parts);
  if (n > 0 && g_str_equal (parts[0], LAB_PORTABLE_STATE))
    return classify_state (parts, n);
  if (n > 0 && g_str_equal (parts[0], LAB_CHECKPOINT_FOLDER))
    return classify_checkpoint (parts, n);
  if (n == 2 && g_str_equal (parts[0], LAB_PORTABLE_CAPTURES) && is_file_name (parts[1]))
    return LAB_PORTABLE_ENTRY_CAPTURE;
  return LAB_PORTABLE_ENTRY_NONE;
}

/* --- the archive --- */

struct archive *
lab_portable_new_reader (void)
{
  struct archive *archive = archive_read_new ();

  archive_read_support_format_zip (archive);
  return archive;
}

struct archive *
lab_portable_open_reader (const char *path, GError **error)
{
  struct archive *archive = lab_portable_new_reader ();

  if (archive_read_open_filename (archive, path, BLOCK_SIZE) == ARCHIVE_OK)
    return archive;
  lab_portable_set_error (archive, path, error);
  archive_read_free (archive);
  return NULL;
}

/* A folder's own entry says nothing that the files in it do not say. */
static gboolean
is_folder (struct archive_entry *entry)
{
  return archive_entry_filetype (entry) == AE_IFDIR;
}

static gboolean
is_plain (struct archive_entry *entry)
{
  return archive_entry_filetype (entry) == AE_IFREG && archive_entry_hardlink (entry) == NULL &&
         archive_entry_symlink (entry) == NULL;
}

static void
leave_out (GPtrArray *left_out, const char *name)
{
  g_autofree char *valid = name != NULL ? g_utf8_make_valid (name, -1) : g_strdup ("?");

  if (left_out->len < MAX_LEFT_OUT)
    g_ptr_array_add (left_out, g_steal_pointer (&valid));
}

static gboolean
visit_entry (struct archive *archive,
             struct archive_entry *entry,
             GHashTable *seen,
             GPtrArray *left_out,
             LabPortableVisit visit,
             gpointer user_data,
             GError **error)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (is_folder (entry))
    return TRUE;
  if (!is_plain (entry) || lab_portable_classify (name) == LAB_PORTABLE_ENTRY_NONE)
    {
      leave_out (left_out, name);
      return TRUE;
    }
  if (!g_hash_table_add (seen, g_strdup (name)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("This portable lab holds the file %s twice."), name);
      return FALSE;
    }
  return visit (archive, name, archive_entry_mtime (entry), user_data, error);
}

gboolean
lab_portable_walk (struct archive *archive,
                   GPtrArray *left_out,
                   LabPortableVisit visit,
                   gpointer user_data,
                   GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  struct archive_entry *entry;
  int result;

  for (guint n = 0; (result = archive_read_next_header (archive, &entry)) == ARCHIVE_OK ||
                    result == ARCHIVE_WARN;
       n++)
    {
      if (n >= LAB_PORTABLE_MAX_ENTRIES)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("This portable lab holds more than %d files."), LAB_PORTABLE_MAX_ENTRIES);
          return FALSE;
        }
      if (!visit_entry (archive, entry, seen, left_out, visit, user_data, error))
        return FALSE;
    }
  if (result == ARCHIVE_EOF)
    return TRUE;
  lab_portable_set_error (archive, _ ("The file"), error);
  return FALSE;
}

static gsize
largest (const char *name)
{
  return lab_portable_classify (name) == LAB_PORTABLE_ENTRY_CAPTURE
             ? (gsize) LAB_PORTABLE_MAX_CAPTURE
             : (gsize) LAB_STATE_MAX_FILE;
}

GBytes *
lab_portable_read_entry (struct archive *archive, const char *name, guint64 *budget, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint64 most = MIN ((guint64) largest (name), *budget);
  la_ssize_t n;

  while ((n = archive_read_data (archive, block, BLOCK_SIZE)) > 0)
    {
      if (data->len + (guint64) n > most)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("%s in this portable lab is larger than a lab may hold."), name);
          return NULL;
        }
      g_byte_array_append (data, block, (guint) n);
    }
  if (n < 0)
    {
      lab_portable_set_error (archive, name, error);
      return NULL;
    }
  *budget -= data->len;
  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

/* --- looking inside --- */

typedef struct
{
  LabPortable *about;
  GHashTable *devices;
  GHashTable *checkpoints;
  guint64 budget;
  LabTopology *topology;
} Look;

void
lab_portable_free (LabPortable *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->uuid);
  g_ptr_array_unref (self->left_out);
  g_free (self);
}

static gboolean
read_document (Look *look, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  look->topology = lab_file_parse (data, size, LAB_PORTABLE_DOCUMENT, error);
  return look->topology != NULL;
}

static void
count (Look *look, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", 4);

  switch (lab_portable_classify (name))
    {
    case LAB_PORTABLE_ENTRY_STATE:
      g_hash_table_add (look->devices, g_strdup (parts[1]));
      break;
    case LAB_PORTABLE_ENTRY_CONFIG:
      look->about->n_configs++;
      break;
    case LAB_PORTABLE_ENTRY_CHECKPOINT:
      g_hash_table_add (look->checkpoints, g_strdup (parts[1]));
      break;
    case LAB_PORTABLE_ENTRY_CAPTURE:
      look->about->n_captures++;
      break;
    case LAB_PORTABLE_ENTRY_NONE:
    case LAB_PORTABLE_ENTRY_ABOUT:
    case LAB_PORTABLE_ENTRY_DOCUMENT:
    case LAB_PORTABLE_ENTRY_SETTLED:
    default:
      break;
    }
}

/* Everything is unpacked once, so that what is damaged is known before anything is made of it. */
static gboolean
look_at (struct archive *archive, const char *name, gint64 time, gpointer user_data, GError **error)
{
  Look *look = user_data;
  g_autoptr (GBytes) bytes = lab_portable_read_entry (archive, name, &look->budget, error);

  if (bytes == NULL)
    return FALSE;
  if (g_str_equal (name, LAB_PORTABLE_DOCUMENT))
    return read_document (look, bytes, error);
  count (look, name);
  return TRUE;
}

static gboolean
finish_look (Look *look, GError **error)
{
  LabPortable *about = look->about;

  if (look->topology == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("This is no portable lab: there is no %s in it."), LAB_PORTABLE_DOCUMENT);
      return FALSE;
    }
  about->name = g_strdup (lab_topology_get_name (look->topology));
  about->uuid = g_strdup (lab_topology_get_uuid (look->topology));
  about->n_nodes = g_list_model_get_n_items (lab_topology_get_nodes (look->topology));
  about->n_devices = g_hash_table_size (look->devices);
  about->n_checkpoints = g_hash_table_size (look->checkpoints);
  about->n_bytes = LAB_PORTABLE_MAX_BYTES - look->budget;
  return TRUE;
}

static LabPortable *
look_inside (struct archive *archive, GError **error)
{
  g_autoptr (LabPortable) about = g_new0 (LabPortable, 1);
  g_autoptr (GHashTable) devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) checkpoints =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Look look = { about, devices, checkpoints, LAB_PORTABLE_MAX_BYTES, NULL };
  gboolean good;

  about->left_out = g_ptr_array_new_with_free_func (g_free);
  good = lab_portable_walk (archive, about->left_out, look_at, &look, error) &&
         finish_look (&look, error);
  g_clear_object (&look.topology);
  return good ? g_steal_pointer (&about) : NULL;
}

LabPortable *
lab_portable_look (const char *path, GError **error)
{
  struct archive *archive;
  LabPortable *about;

  g_return_val_if_fail (path != NULL, NULL);

  archive = lab_portable_open_reader (path, error);
  if (archive == NULL)
    return NULL;
  about = look_inside (archive, error);
  archive_read_free (archive);
  return about;
}

LabPortable *
lab_portable_look_bytes (const guint8 *data, gsize size, GError **error)
{
  struct archive *archive = lab_portable_new_reader ();
  LabPortable *about = NULL;

  if (archive_read_open_memory (archive, data, size) == ARCHIVE_OK)
    about = look_inside (archive, error);
  else
    lab_portable_set_error (archive, _ ("The file"), error);
  archive_read_free (archive);
  return about;
}
