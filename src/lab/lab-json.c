/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the document does with json-glib's trees. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-json-private.h"

/* 2^63: every whole double below fits a gint64. */
#define MAX_WHOLE 9223372036854775808.0

JsonNode *
lab_json_new_int (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

/* One value has one form: a whole number is an integer, whatever it was computed as. */
JsonNode *
lab_json_new_number (double value)
{
  if (value == trunc (value) && fabs (value) < MAX_WHOLE && !(value == 0 && signbit (value)))
    return lab_json_new_int ((gint64) value);

  return json_node_init_double (json_node_alloc (), value);
}

JsonNode *
lab_json_new_string (const char *value)
{
  return json_node_init_string (json_node_alloc (), value);
}

JsonNode *
lab_json_new_object (JsonObject *object)
{
  return json_node_init_object (json_node_alloc (), object);
}

JsonNode *
lab_json_new_lines (const char *text)
{
  g_autoptr (JsonArray) array = json_array_new ();
  const char *line = text;

  while (*line != '\0')
    {
      const char *stop = strchrnul (line, '\n');
      g_autofree char *copy = g_strndup (line, (gsize) (stop - line));

      json_array_add_string_element (array, copy);
      line = *stop == '\n' ? stop + 1 : stop;
    }

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
import_object (JsonObject *source, guint levels, LabFault *fault)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (json_object_get_size (source) > LAB_MAX_MEMBERS)
    {
      lab_fault_set (fault, source, LAB_ERROR_LIMIT, _ ("an object has more than %d members."),
                     LAB_MAX_MEMBERS);
      return NULL;
    }
  json_object_iter_init_ordered (&iter, source);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      JsonNode *copy;

      if (!g_utf8_validate (key, -1, NULL))
        {
          lab_fault_set (fault, source, LAB_ERROR_INVALID,
                         _ ("a member's name is not valid UTF-8."));
          return NULL;
        }
      copy = lab_json_import (value, levels, fault);
      if (copy == NULL)
        return NULL;
      json_object_set_member (object, key, copy);
    }

  return lab_json_new_object (object);
}

static JsonNode *
import_array (JsonArray *source, guint levels, LabFault *fault)
{
  g_autoptr (JsonArray) array = json_array_new ();
  guint length = json_array_get_length (source);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *copy = lab_json_import (json_array_get_element (source, i), levels, fault);

      if (copy == NULL)
        return NULL;
      json_array_add_element (array, copy);
    }

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
import_value (JsonNode *json, LabFault *fault)
{
  GType type = json_node_get_value_type (json);

  if (type == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (json);

      if (g_utf8_validate (text, -1, NULL))
        return lab_json_new_string (text);
      lab_fault_set (fault, json, LAB_ERROR_INVALID, _ ("a text is not valid UTF-8."));
      return NULL;
    }
  if (type == G_TYPE_DOUBLE)
    {
      double value = json_node_get_double (json);

      if (isfinite (value))
        return lab_json_new_number (value);
      lab_fault_set (fault, json, LAB_ERROR_INVALID, _ ("a number is not finite."));
      return NULL;
    }

  return type == G_TYPE_BOOLEAN
             ? json_node_init_boolean (json_node_alloc (), json_node_get_boolean (json))
             : lab_json_new_int (json_node_get_int (json));
}

JsonNode *
lab_json_import (JsonNode *json, guint levels, LabFault *fault)
{
  if (levels == 0)
    {
      lab_fault_set (fault, json, LAB_ERROR_LIMIT,
                     _ ("the values are nested too deep; a lab is flatter than that."));
      return NULL;
    }
  switch (json_node_get_node_type (json))
    {
    case JSON_NODE_OBJECT:
      return import_object (json_node_get_object (json), levels - 1, fault);
    case JSON_NODE_ARRAY:
      return import_array (json_node_get_array (json), levels - 1, fault);
    case JSON_NODE_VALUE:
      return import_value (json, fault);
    case JSON_NODE_NULL:
    default:
      return json_node_new (JSON_NODE_NULL);
    }
}

JsonNode *
lab_json_copy (JsonObject *object)
{
  g_autoptr (JsonNode) json = lab_json_new_object (object);
  LabFault fault = { 0 };
  JsonNode *copy = lab_json_import (json, LAB_MAX_DEPTH, &fault);

  g_assert (copy != NULL);

  return copy;
}

JsonObject *
lab_json_rebuild (JsonObject *source,
                  const char *const *keys,
                  LabJsonValue value,
                  gconstpointer fields)
{
  JsonObject *object = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  for (guint i = 0; keys[i] != NULL; i++)
    {
      member = value (keys[i], json_object_get_member (source, keys[i]), fields);
      if (member != NULL)
        json_object_set_member (object, keys[i], member);
    }
  json_object_iter_init_ordered (&iter, source);
  while (json_object_iter_next_ordered (&iter, &key, &member))
    if (!g_strv_contains (keys, key))
      json_object_set_member (object, key, json_node_ref (member));

  return object;
}

JsonObject *
lab_json_with_member (JsonObject *source, const char *key, JsonNode *value)
{
  JsonObject *object = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, source);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (value != NULL || !g_str_equal (name, key))
      json_object_set_member (object, name, json_node_ref (member));
  if (value != NULL)
    json_object_set_member (object, key, json_node_ref (value));

  return object;
}

static gboolean
equal_objects (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter_a;
  JsonObjectIter iter_b;
  const char *key_a;
  const char *key_b;
  JsonNode *value_a;
  JsonNode *value_b;

  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;
  json_object_iter_init_ordered (&iter_a, a);
  json_object_iter_init_ordered (&iter_b, b);
  while (json_object_iter_next_ordered (&iter_a, &key_a, &value_a) &&
         json_object_iter_next_ordered (&iter_b, &key_b, &value_b))
    if (!g_str_equal (key_a, key_b) || !lab_json_equal (value_a, value_b))
      return FALSE;

  return TRUE;
}

static gboolean
equal_arrays (JsonArray *a, JsonArray *b)
{
  guint length = json_array_get_length (a);

  if (length != json_array_get_length (b))
    return FALSE;
  for (guint i = 0; i < length; i++)
    if (!lab_json_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;

  return TRUE;
}

gboolean
lab_json_equal (JsonNode *a, JsonNode *b)
{
  if (a == b)
    return TRUE;
  if (json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;
  switch (json_node_get_node_type (a))
    {
    case JSON_NODE_OBJECT:
      return equal_objects (json_node_get_object (a), json_node_get_object (b));
    case JSON_NODE_ARRAY:
      return equal_arrays (json_node_get_array (a), json_node_get_array (b));
    case JSON_NODE_VALUE:
      return json_node_equal (a, b);
    case JSON_NODE_NULL:
    default:
      return TRUE;
    }
}
