/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Typed reading of members, with a sentence for each way they can be wrong. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-json-private.h"
#include "lab-member-private.h"

gboolean
lab_member_require (JsonObject *object, const char *key, LabFault *fault)
{
  if (json_object_has_member (object, key))
    return TRUE;

  return lab_fault_set (fault, object, LAB_ERROR_INVALID, _ ("the member “%s” is missing; add it."),
                        key);
}

static JsonNode *
member_of_type (JsonObject *object, const char *key, GType type)
{
  JsonNode *node = json_object_get_member (object, key);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

gboolean
lab_member_string (JsonObject *object, const char *key, const char **value, LabFault *fault)
{
  JsonNode *node;

  if (!json_object_has_member (object, key))
    return TRUE;
  node = member_of_type (object, key, G_TYPE_STRING);
  if (node == NULL)
    return lab_fault_set (fault, json_object_get_member (object, key), LAB_ERROR_INVALID,
                          _ ("“%s” must be a text in quotes."), key);
  *value = json_node_get_string (node);

  return TRUE;
}

gboolean
lab_member_line (
    JsonObject *object, const char *key, gsize max, const char **value, LabFault *fault)
{
  JsonNode *node = json_object_get_member (object, key);
  const char *text = NULL;

  if (!lab_member_string (object, key, &text, fault))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (*text == '\0')
    return lab_fault_set (fault, node, LAB_ERROR_INVALID,
                          _ ("“%s” is empty; write something, or leave it out."), key);
  if (strlen (text) > max)
    return lab_fault_set (fault, node, LAB_ERROR_LIMIT,
                          _ ("“%s” is longer than %zu bytes; shorten it."), key, max);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return lab_fault_set (fault, node, LAB_ERROR_INVALID,
                            _ ("“%s” holds a line break or control character; remove it."), key);
  *value = text;

  return TRUE;
}

gboolean
lab_member_boolean (JsonObject *object, const char *key, gboolean *value, LabFault *fault)
{
  JsonNode *node;

  if (!json_object_has_member (object, key))
    return TRUE;
  node = member_of_type (object, key, G_TYPE_BOOLEAN);
  if (node == NULL)
    return lab_fault_set (fault, json_object_get_member (object, key), LAB_ERROR_INVALID,
                          _ ("“%s” must be true or false."), key);
  *value = json_node_get_boolean (node);

  return TRUE;
}

gboolean
lab_member_uint (
    JsonObject *object, const char *key, guint min, guint max, guint *value, LabFault *fault)
{
  JsonNode *node;
  gint64 number;

  if (!json_object_has_member (object, key))
    return TRUE;
  node = member_of_type (object, key, G_TYPE_INT64);
  number = node == NULL ? -1 : json_node_get_int (node);
  if (node == NULL || number < min || number > max)
    return lab_fault_set (fault, json_object_get_member (object, key), LAB_ERROR_INVALID,
                          _ ("“%s” must be a whole number from %u to %u."), key, min, max);
  *value = (guint) number;

  return TRUE;
}

gboolean
lab_member_double (
    JsonObject *object, const char *key, double min, double max, double *value, LabFault *fault)
{
  JsonNode *node = json_object_get_member (object, key);
  GType type;
  double number;

  if (node == NULL)
    return TRUE;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : 0;
  if ((type != G_TYPE_INT64 && type != G_TYPE_DOUBLE) || !(number >= min && number <= max))
    return lab_fault_set (fault, node, LAB_ERROR_INVALID,
                          _ ("“%s” must be a number from %.15g to %.15g."), key, min, max);
  *value = number + 0.0; /* -0 becomes 0 */

  return TRUE;
}

gboolean
lab_member_array (JsonObject *object, const char *key, JsonArray **value, LabFault *fault)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return lab_fault_set (fault, node, LAB_ERROR_INVALID, _ ("“%s” must be a list in brackets."),
                          key);
  *value = json_node_get_array (node);

  return TRUE;
}

gboolean
lab_member_object (JsonObject *object, const char *key, JsonObject **value, LabFault *fault)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return lab_fault_set (fault, node, LAB_ERROR_INVALID, _ ("“%s” must be an object in braces."),
                          key);
  *value = json_node_get_object (node);

  return TRUE;
}

static gboolean
append_line (GString *out, JsonNode *line, const char *key, LabFault *fault)
{
  const char *text;

  if (!JSON_NODE_HOLDS_VALUE (line) || json_node_get_value_type (line) != G_TYPE_STRING)
    return lab_fault_set (fault, line, LAB_ERROR_INVALID,
                          _ ("each line of “%s” must be a text in quotes."), key);
  text = json_node_get_string (line);
  if (strpbrk (text, "\r\n") != NULL)
    return lab_fault_set (fault, line, LAB_ERROR_INVALID,
                          _ ("a line of “%s” holds a line break; write one line an element."), key);
  g_string_append (out, text);
  g_string_append_c (out, '\n');

  return TRUE;
}

/* A text from another program: CRLF becomes LF, and the last line ends. */
static char *
normalise_text (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\r' && p[1] == '\n')
        continue;
      g_string_append_c (out, *p == '\r' ? '\n' : *p);
    }
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');

  return g_string_free (out, out->len == 0);
}

gboolean
lab_member_lines (JsonObject *object, const char *key, char **value, LabFault *fault)
{
  g_autoptr (GString) out = g_string_new (NULL);
  JsonArray *lines = NULL;

  if (!json_object_has_member (object, key))
    return TRUE;
  if (member_of_type (object, key, G_TYPE_STRING) != NULL)
    {
      *value = normalise_text (json_object_get_string_member (object, key));
      return TRUE;
    }
  if (!lab_member_array (object, key, &lines, fault))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (lines); i++)
    if (!append_line (out, json_array_get_element (lines, i), key, fault))
      return FALSE;
  *value = out->len == 0 ? NULL : g_strdup (out->str);

  return TRUE;
}

gboolean
lab_member_choice (
    JsonObject *object, const char *key, const char *const *names, guint *value, LabFault *fault)
{
  const char *text = NULL;
  g_autofree char *list = NULL;

  if (!lab_member_string (object, key, &text, fault))
    return FALSE;
  if (text == NULL)
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], text))
      {
        *value = i;
        return TRUE;
      }
  list = g_strjoinv (", ", (char **) names);

  return lab_fault_set (fault, json_object_get_member (object, key), LAB_ERROR_INVALID,
                        _ ("“%s” must be one of: %s."), key, list);
}
