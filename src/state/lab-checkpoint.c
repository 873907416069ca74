/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Theory of operation
 *
 * A checkpoint is a folder that holds lab.lab (the document), a folder for each device by its id,
 * and checkpoint.json (its name and time). It is made under a name that begins with a dot and gets
 * its number by a rename when all is on the disk: what has a number is whole. */

#define G_LOG_DOMAIN "lab-state"

#include "config.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "lab-checkpoint.h"
#include "lab-file.h"
#include "lab-state.h"

#define INFO_NAME       "checkpoint.json"
#define DOCUMENT_NAME   "lab.lab"
#define MAX_INFO        4096
#define MAX_DOCUMENT    (64 * 1024 * 1024)
#define MAX_CHECKPOINTS 100000
#define MAX_TRIES       100

void
lab_checkpoint_free (LabCheckpoint *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

gboolean
lab_checkpoint_check_name (const char *name, GError **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name != '\0' && strlen (name) <= LAB_CHECKPOINT_MAX_NAME && g_utf8_validate (name, -1, NULL))
    {
      const char *at = name;

      while (*at != '\0' && !g_unichar_iscntrl (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      if (*at == '\0')
        return TRUE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("A checkpoint's name has 1 to %d bytes and no control characters."),
               LAB_CHECKPOINT_MAX_NAME);
  return FALSE;
}

/* --- its description --- */

static gboolean
write_info (const LabCheckpoint *self, const char *path, GError **error)
{
  g_autofree char *file = g_build_filename (path, INFO_NAME, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  gsize size;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, self->name);
  json_builder_set_member_name (builder, "time");
  json_builder_add_int_value (builder, self->time);
  json_builder_set_member_name (builder, "automatic");
  json_builder_add_boolean_value (builder, self->automatic);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &size);
  return lab_state_write_file (file, text, size, error);
}

/* The file may come from a stranger's portable lab: small, flat, and read with care. */
static gboolean
read_info (LabCheckpoint *self)
{
  g_autofree char *file = g_build_filename (self->path, INFO_NAME, NULL);
  g_autoptr (GBytes) bytes = lab_state_read_file (file, MAX_INFO, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  gsize size;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (data == NULL || !g_utf8_validate (data, (gssize) size, NULL) ||
      !json_parser_load_from_data (parser, data, (gssize) size, NULL) ||
      json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return FALSE;
  object = json_node_get_object (json_parser_get_root (parser));
  g_free (self->name);
  self->name = g_strdup (json_object_get_string_member_with_default (object, "name", ""));
  self->time = MAX (json_object_get_int_member_with_default (object, "time", 0), 0);
  self->automatic = json_object_get_boolean_member_with_default (object, "automatic", FALSE);
  return lab_checkpoint_check_name (self->name, NULL);
}

static guint
count_devices (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_ascii_string_to_unsigned (name, 10, 1, 1023, NULL, NULL))
        n++;
    }
  return n;
}

/* NULL: there is none, or it is not whole. */
static LabCheckpoint *
load (const char *all, const char *name)
{
  g_autoptr (LabCheckpoint) self = g_new0 (LabCheckpoint, 1);
  guint64 number;

  if (!g_ascii_string_to_unsigned (name, 10, 1, MAX_CHECKPOINTS, &number, NULL))
    return NULL;
  self->number = (guint) number;
  self->path = g_build_filename (all, name, NULL);
  if (!read_info (self))
    return NULL;
  self->n_devices = count_devices (self->path);
  return g_steal_pointer (&self);
}

/* --- the list --- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const LabCheckpoint *one = *(LabCheckpoint *const *) a;
  const LabCheckpoint *other = *(LabCheckpoint *const *) b;

  return one->number < other->number ? -1 : one->number > other->number;
}

GPtrArray *
lab_checkpoint_list (const char *folder, GError **error)
{
  g_autofree char *all = NULL;
  g_autoptr (GDir) dir = NULL;
  GPtrArray *list;
  const char *name;

  g_return_val_if_fail (folder != NULL, NULL);

  all = g_build_filename (folder, LAB_CHECKPOINT_FOLDER, NULL);
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_checkpoint_free);
  dir = g_dir_open (all, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      LabCheckpoint *checkpoint = load (all, name);

      if (checkpoint != NULL)
        g_ptr_array_add (list, checkpoint);
    }
  g_ptr_array_sort (list, compare_numbers);
  return list;
}

static char *
number_name (guint number)
{
  return g_strdup_printf ("%04u", number);
}

LabCheckpoint *
lab_checkpoint_find (const char *folder, guint number, GError **error)
{
  g_autofree char *all = NULL;
  g_autofree char *name = NULL;
  LabCheckpoint *self;

  g_return_val_if_fail (folder != NULL, NULL);

  all = g_build_filename (folder, LAB_CHECKPOINT_FOLDER, NULL);
  name = number_name (number);
  self = load (all, name);
  if (self == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no checkpoint %u."), number);
  return self;
}

/* --- taking one --- */

static gboolean
fill (
    LabCheckpoint *self, const char *folder, const char *path, const char *document, GError **error)
{
  g_autofree char *file = g_build_filename (path, DOCUMENT_NAME, NULL);
  gsize length = strlen (document);
  g_autoptr (LabTopology) topology = lab_file_parse (document, length, DOCUMENT_NAME, error);
  g_autoptr (GHashTable) ids = topology != NULL ? lab_state_device_ids (topology) : NULL;

  return ids != NULL && lab_state_make_folder (path, error) &&
         lab_state_copy_devices (folder, path, ids, LAB_STATE_PLAIN, error) &&
         lab_state_write_file (file, document, length, error) && write_info (self, path, error);
}

/* The number after the highest there is; another process may take one at the same time. */
static gboolean
give_number (
    LabCheckpoint *self, const char *folder, const char *all, const char *path, GError **error)
{
  g_autoptr (GPtrArray) list = lab_checkpoint_list (folder, NULL);
  guint number = list->len > 0 ? ((LabCheckpoint *) list->pdata[list->len - 1])->number : 0;

  for (guint i = 1; i <= MAX_TRIES; i++)
    {
      g_autofree char *name = number_name (number + i);
      g_autofree char *final = g_build_filename (all, name, NULL);

      if (g_rename (path, final) == 0)
        {
          self->number = number + i;
          self->path = g_steal_pointer (&final);
          return TRUE;
        }
      if (errno != EEXIST && errno != ENOTEMPTY)
        break;
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The checkpoint cannot be put into %s: %s."), all, g_strerror (errno));
  return FALSE;
}

static void
thin_out (const char *folder)
{
  g_autoptr (GPtrArray) list = lab_checkpoint_list (folder, NULL);
  guint n = 0;

  for (guint i = list->len; i > 0; i--)
    {
      LabCheckpoint *checkpoint = list->pdata[i - 1];

      if (checkpoint->automatic && ++n > LAB_CHECKPOINT_MAX_AUTOMATIC)
        lab_state_remove_tree (checkpoint->path);
    }
}

LabCheckpoint *
lab_checkpoint_take (
    const char *folder, const char *name, gboolean automatic, const char *document, GError **error)
{
  g_autoptr (LabCheckpoint) self = NULL;
  g_autofree char *all = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL && name != NULL && document != NULL, NULL);

  if (!lab_checkpoint_check_name (name, error))
    return NULL;
  all = g_build_filename (folder, LAB_CHECKPOINT_FOLDER, NULL);
  path = g_strdup_printf ("%s/" LAB_STATE_NEW "%08x", all, g_random_int ());
  self = g_new0 (LabCheckpoint, 1);
  self->name = g_strdup (name);
  self->time = g_get_real_time ();
  self->automatic = automatic;
  if (!fill (self, folder, path, document, error) || !give_number (self, folder, all, path, error))
    {
      lab_state_remove_tree (path);
      return NULL;
    }
  lab_state_sync (all);
  lab_state_remove_leftovers (all);
  self->n_devices = count_devices (self->path);
  if (automatic)
    thin_out (folder);
  return g_steal_pointer (&self);
}

/* --- using one --- */

char *
lab_checkpoint_read_document (LabCheckpoint *self, GError **error)
{
  g_autofree char *file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  g_return_val_if_fail (self != NULL, NULL);

  file = g_build_filename (self->path, DOCUMENT_NAME, NULL);
  bytes = lab_state_read_file (file, MAX_DOCUMENT, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

gboolean
lab_checkpoint_restore (LabCheckpoint *self, const char *folder, GError **error)
{
  g_autofree char *document = NULL;
  g_autoptr (LabTopology) topology = NULL;
  g_autoptr (GHashTable) ids = NULL;
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);

  document = lab_checkpoint_read_document (self, error);
  if (document == NULL)
    return FALSE;
  topology = lab_file_parse (document, strlen (document), DOCUMENT_NAME, error);
  if (topology == NULL)
    return FALSE;
  ids = lab_state_device_ids (topology);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint id = GPOINTER_TO_UINT (key);
      g_autofree char *from = g_strdup_printf ("%s/%u", self->path, id);
      g_autofree char *to = g_strdup_printf ("%s/%u", folder, id);

      if (!lab_state_restore_device (from, to, id, error))
        return FALSE;
    }
  lab_state_sync (folder);
  return TRUE;
}

gboolean
lab_checkpoint_rename (LabCheckpoint *self, const char *name, GError **error)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  if (!lab_checkpoint_check_name (name, error))
    return FALSE;
  g_free (self->name);
  self->name = g_strdup (name);
  /* It has a name now: somebody wants to keep it. */
  self->automatic = FALSE;
  return write_info (self, self->path, error);
}

gboolean
lab_checkpoint_remove (LabCheckpoint *self, GError **error)
{
  g_autofree char *gone = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  /* Half of one must never have a number. */
  gone = g_strconcat (self->path, LAB_STATE_GONE, NULL);
  if (g_rename (self->path, gone) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("The checkpoint %u cannot be removed: %s."), self->number,
                   g_strerror (errno));
      return FALSE;
    }
  lab_state_remove_tree (gone);
  return TRUE;
}
