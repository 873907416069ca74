/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a document to the text of a .lab file: the head, then the four lists, then what we do not
 * know, in the order it came. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include "lab-change-private.h"
#include "lab-file.h"
#include "lab-json-private.h"
#include "lab-topology-private.h"

#define ITEM_INDENT 4

static const char *
text_key (GType type)
{
  if (type == LAB_TYPE_NODE)
    return "start";

  return type == LAB_TYPE_DRAWING ? "text" : NULL;
}

static void
write_list (GString *out, LabTopology *topology, const char *key, GType type)
{
  LabList *list = lab_topology_peek_list (topology, type);
  guint length = lab_list_get_length (list);

  g_string_append (out, ",\n");
  lab_json_write_key (out, key, 2);
  if (length == 0)
    {
      g_string_append (out, "[]");
      return;
    }
  for (guint i = 0; i < length; i++)
    {
      g_string_append (out, i == 0 ? "[\n" : ",\n");
      lab_json_write_indent (out, ITEM_INDENT);
      lab_json_write_object (out, lab_item_peek_json (lab_list_get (list, i)), ITEM_INDENT,
                             ITEM_INDENT, text_key (type), type == LAB_TYPE_LINK);
    }
  g_string_append (out, "\n  ]");
}

static void
write_lists (GString *out, LabTopology *topology)
{
  write_list (out, topology, "nodes", LAB_TYPE_NODE);
  write_list (out, topology, "links", LAB_TYPE_LINK);
  if (lab_list_get_length (lab_topology_peek_list (topology, LAB_TYPE_DRAWING)) > 0)
    write_list (out, topology, "drawings", LAB_TYPE_DRAWING);
  if (lab_list_get_length (lab_topology_peek_list (topology, LAB_TYPE_CHECK)) > 0)
    write_list (out, topology, "checks", LAB_TYPE_CHECK);
}

static char *
write_lab (LabTopology *topology, JsonObject *head, gsize *length)
{
  static const char *const known[] = { "format", "version", "uuid", "name", "notes", NULL };
  GString *out = g_string_new ("{");
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  for (guint i = 0; known[i] != NULL; i++)
    {
      value = json_object_get_member (head, known[i]);
      if (value == NULL)
        continue;
      g_string_append (out, i == 0 ? "\n" : ",\n");
      lab_json_write_member (out, known[i], value, 2, g_str_equal (known[i], "notes"));
    }
  write_lists (out, topology);
  json_object_iter_init_ordered (&iter, head);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_strv_contains (known, key))
      {
        g_string_append (out, ",\n");
        lab_json_write_member (out, key, value, 2, FALSE);
      }
  g_string_append (out, "\n}\n");
  if (length != NULL)
    *length = out->len;

  return g_string_free (out, FALSE);
}

/**
 * lab_file_to_string:
 * @topology: a document
 * @length: (out) (optional): the length of the text in bytes
 *
 * Writes a document as the text of a lab file. The same document always gives the same bytes.
 *
 * Returns: (transfer full): the text
 */
char *
lab_file_to_string (LabTopology *topology, gsize *length)
{
  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);

  return write_lab (topology, lab_topology_peek_head (topology), length);
}

/**
 * lab_file_to_string_as:
 * @topology: a document
 * @uuid: another identity, 36 lower-case characters
 * @length: (out) (optional): the length of the text in bytes
 *
 * Writes a copy of a document that is a lab of its own.
 *
 * Returns: (transfer full): the text
 */
char *
lab_file_to_string_as (LabTopology *topology, const char *uuid, gsize *length)
{
  g_autoptr (JsonNode) value = NULL;
  g_autoptr (JsonObject) head = NULL;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (topology), NULL);
  g_return_val_if_fail (uuid != NULL && g_uuid_string_is_valid (uuid), NULL);

  value = lab_json_new_string (uuid);
  head = lab_json_with_member (lab_topology_peek_head (topology), "uuid", value);

  return write_lab (topology, head, length);
}
