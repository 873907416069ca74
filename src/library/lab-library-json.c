/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "lab-library"

#include "config.h"

#include <errno.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lab-library-json.h"
#include "lab-scan-private.h"

#define MAX_FILE (16 * 1024 * 1024)

JsonObject *
lab_library_json_parse (const char *text, gsize length, const char *label, GError **error)
{
  g_autoptr (LabScan) scan = lab_scan_new (text, length, label, error);

  if (scan == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (scan->root))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("%s holds no JSON object, which begins with “{”."), label);
      return NULL;
    }

  return json_object_ref (json_node_get_object (scan->root));
}

/* Read in pieces, so that a file that grows or a pipe does no harm. (transfer full) (nullable) */
static char *
read_file (const char *path, gsize *length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("The file %s cannot be read: %s."), path, g_strerror (errno));
      return NULL;
    }
  if (!S_ISREG (info.st_mode) || info.st_size > MAX_FILE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("%s is no file of at most 16 MiB, and so not what is looked for."), path);
      return NULL;
    }
  stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return NULL;
  text = g_malloc ((gsize) info.st_size + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, (gsize) info.st_size, length, NULL,
                                error))
    return NULL;
  text[*length] = '\0';

  return g_steal_pointer (&text);
}

JsonObject *
lab_library_json_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  text = read_file (path, &length, error);

  return text != NULL ? lab_library_json_parse (text, length, path, error) : NULL;
}

gboolean
lab_library_json_save (const char *path, JsonObject *object, GError **error)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  json_node_set_object (root, object);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  whole = g_strconcat (text, "\n", NULL);
  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _ ("The folder %s cannot be made: %s."), dir, g_strerror (errno));
      return FALSE;
    }

  return g_file_set_contents_full (path, whole, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* A member that holds a value of @type; NULL if it does not. */
static JsonNode *
value_of (JsonObject *object, const char *key, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

const char *
lab_library_json_string (JsonObject *object, const char *key)
{
  JsonNode *node = value_of (object, key, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
lab_library_json_int (JsonObject *object, const char *key, gint64 otherwise)
{
  JsonNode *node = value_of (object, key, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : otherwise;
}

guint
lab_library_json_uint (JsonObject *object, const char *key, guint otherwise)
{
  gint64 value = lab_library_json_int (object, key, otherwise);

  return value >= 0 && value <= G_MAXINT ? (guint) value : otherwise;
}

gboolean
lab_library_json_bool (JsonObject *object, const char *key, gboolean otherwise)
{
  JsonNode *node = value_of (object, key, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : otherwise;
}

JsonArray *
lab_library_json_array (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
lab_library_json_object (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonObject *
lab_library_json_need (JsonObject *object, const char *key)
{
  JsonObject *member = lab_library_json_object (object, key);

  if (member == NULL)
    {
      member = json_object_new ();
      json_object_set_object_member (object, key, member);
    }

  return member;
}

JsonObject *
lab_library_json_at (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
