/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The writer of lab files: the same tree always gives the same bytes, and a change of one thing
 * changes few lines.
 *
 * Rules: two spaces of indent. An object or array stands on one line if it holds only scalars (in a
 * link also objects of scalars) and the line, with indent, key and a comma, is at most 100
 * characters. A text member (notes, start, text) has one line an element, always. A whole number
 * has no fraction; any other has the fewest digits that read back as the same double. Texts are
 * UTF-8 as they are; escaped are the quote, the backslash and control characters.
 *
 * json-glib's generator is not used: it has one style for all levels, and writes 1.0 for 1. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <math.h>
#include <string.h>

#include "lab-json-private.h"

#define MAX_COLUMNS 100

static void write_value (
    GString *out, JsonNode *value, guint indent, gsize column, gboolean wide, gboolean lines);

void
lab_json_write_indent (GString *out, guint indent)
{
  for (guint i = 0; i < indent; i++)
    g_string_append_c (out, ' ');
}

static void
write_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      static const char from[] = "\"\\\b\f\n\r\t";
      static const char to[] = "\"\\bfnrt";
      const char *at = strchr (from, *p);

      if (at != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, to[at - from]);
        }
      else if ((guchar) *p < 0x20 || *p == 0x7f)
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
write_double (GString *out, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  if (value == 0)
    {
      g_string_append (out, signbit (value) ? "-0" : "0");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (out, buffer);
}

static void
write_scalar (GString *out, JsonNode *value)
{
  GType type = json_node_get_value_type (value);

  if (JSON_NODE_HOLDS_NULL (value))
    g_string_append (out, "null");
  else if (type == G_TYPE_STRING)
    write_string (out, json_node_get_string (value));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (value) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    write_double (out, json_node_get_double (value));
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (value));
}

static gboolean
is_scalar (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) || JSON_NODE_HOLDS_NULL (value);
}

/* @levels: how many levels of containers one line may hold. */
static gboolean
may_be_flat (JsonNode *value, guint levels)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  if (is_scalar (value))
    return TRUE;
  if (levels == 0)
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonArray *array = json_node_get_array (value);

      /* More elements than columns: no need to look at them all. */
      if (json_array_get_length (array) > MAX_COLUMNS)
        return FALSE;
      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!may_be_flat (json_array_get_element (array, i), levels - 1))
          return FALSE;
      return TRUE;
    }
  if (json_object_get_size (json_node_get_object (value)) > MAX_COLUMNS)
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &key, &member))
    if (!may_be_flat (member, levels - 1))
      return FALSE;

  return TRUE;
}

static void
write_flat (GString *out, JsonNode *value)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;
  const char *separator = "";

  if (is_scalar (value))
    {
      write_scalar (out, value);
    }
  else if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonArray *array = json_node_get_array (value);

      g_string_append (out, "[ ");
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_string_append (out, separator);
          write_flat (out, json_array_get_element (array, i));
          separator = ", ";
        }
      g_string_append (out, " ]");
    }
  else
    {
      g_string_append (out, "{ ");
      json_object_iter_init_ordered (&iter, json_node_get_object (value));
      while (json_object_iter_next_ordered (&iter, &key, &member))
        {
          g_string_append (out, separator);
          write_string (out, key);
          g_string_append (out, ": ");
          write_flat (out, member);
          separator = ", ";
        }
      g_string_append (out, " }");
    }
}

/* Writes @value on the rest of the line if the rules allow it. */
static gboolean
try_flat (GString *out, JsonNode *value, gsize column, gboolean wide)
{
  gsize before = out->len;

  if (!may_be_flat (value, wide ? 2 : 1))
    return FALSE;
  write_flat (out, value);
  if (column + (gsize) g_utf8_strlen (out->str + before, (gssize) (out->len - before)) + 1 <=
      MAX_COLUMNS)
    return TRUE;
  g_string_truncate (out, before);

  return FALSE;
}

void
lab_json_write_key (GString *out, const char *key, guint indent)
{
  lab_json_write_indent (out, indent);
  write_string (out, key);
  g_string_append (out, ": ");
}

void
lab_json_write_member (GString *out, const char *key, JsonNode *value, guint indent, gboolean lines)
{
  gsize before = out->len;

  lab_json_write_key (out, key, indent);
  write_value (out, value, indent, (gsize) g_utf8_strlen (out->str + before, -1), FALSE, lines);
}

static void
write_members (GString *out, JsonObject *object, guint indent, const char *text_key)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;
  const char *separator = "\n";

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &member))
    {
      g_string_append (out, separator);
      lab_json_write_member (out, key, member, indent + 2, g_strcmp0 (key, text_key) == 0);
      separator = ",\n";
    }
  g_string_append_c (out, '\n');
  lab_json_write_indent (out, indent);
  g_string_append_c (out, '}');
}

static void
write_elements (GString *out, JsonArray *array, guint indent)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_string_append (out, i == 0 ? "[\n" : ",\n");
      lab_json_write_indent (out, indent + 2);
      write_value (out, json_array_get_element (array, i), indent + 2, indent + 2, FALSE, FALSE);
    }
  g_string_append_c (out, '\n');
  lab_json_write_indent (out, indent);
  g_string_append_c (out, ']');
}

static void
write_value (
    GString *out, JsonNode *value, guint indent, gsize column, gboolean wide, gboolean lines)
{
  if (is_scalar (value))
    write_scalar (out, value);
  else if (JSON_NODE_HOLDS_ARRAY (value) &&
           json_array_get_length (json_node_get_array (value)) == 0)
    g_string_append (out, "[]");
  else if (JSON_NODE_HOLDS_OBJECT (value) &&
           json_object_get_size (json_node_get_object (value)) == 0)
    g_string_append (out, "{}");
  else if (!lines && try_flat (out, value, column, wide))
    return;
  else if (JSON_NODE_HOLDS_ARRAY (value))
    write_elements (out, json_node_get_array (value), indent);
  else
    write_members (out, json_node_get_object (value), indent, NULL);
}

void
lab_json_write_object (GString *out,
                       JsonObject *object,
                       guint indent,
                       gsize column,
                       const char *text_key,
                       gboolean wide)
{
  g_autoptr (JsonNode) node = lab_json_new_object (object);

  if (json_object_get_size (object) == 0)
    g_string_append (out, "{}");
  else if ((text_key != NULL && json_object_has_member (object, text_key)) ||
           !try_flat (out, node, column, wide))
    write_members (out, object, indent, text_key);
}
