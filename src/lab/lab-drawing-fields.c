/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A drawing's JSON: reading, checking, and its canonical form. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-drawing-fields-private.h"
#include "lab-json-private.h"
#include "lab-look-private.h"
#include "lab-member-private.h"

#define MAX_ROTATION     360
#define MAX_LAYER        1000
#define MAX_STROKE_WIDTH 1000
#define MAX_FONT_BYTES   255
/* Four characters hold three bytes. */
#define MAX_BASE64_BYTES ((gsize) LAB_MAX_PICTURE_BYTES / 3 * 4 + 4)

static const char *const kind_names[] = { "text", "rectangle", "ellipse", "line", "picture", NULL };
static const char *const dash_names[] = { "solid", "dash", "dot", NULL };
static const char *const picture_types[] = { "image/png", "image/jpeg", "image/svg+xml",
                                             "image/gif", "image/webp", NULL };
static const char *const drawing_keys[] = { "id",     "kind",         "x",      "y",    "width",
                                            "height", "rotation",     "layer",  "text", "fill",
                                            "stroke", "stroke-width", "dash",   "font", "picture",
                                            "locked", "arrows",       "radius", NULL };
static const char *const picture_keys[] = { "type", "data", NULL };

void
lab_drawing_fields_free (LabDrawingFields *fields)
{
  g_free (fields->text);
  g_free (fields->fill);
  g_free (fields->stroke);
  g_free (fields->dash);
  g_free (fields->font);
  g_free (fields->picture_type);
  g_clear_pointer (&fields->picture, g_bytes_unref);
  g_free (fields);
}

static gboolean
parse_colour (JsonObject *json, const char *key, char **colour, LabFault *fault)
{
  const char *text = NULL;
  gsize length;

  if (!lab_member_string (json, key, &text, fault))
    return FALSE;
  if (text == NULL)
    return TRUE;
  length = strlen (text);
  if (text[0] != '#' || (length != 7 && length != 9) ||
      strspn (text + 1, "0123456789abcdefABCDEF") != length - 1)
    return lab_fault_set (fault, json_object_get_member (json, key), LAB_ERROR_INVALID,
                          _ ("“%s” must be a colour like #rrggbb or #rrggbbaa."), key);
  *colour = g_strdup (text);

  return TRUE;
}

/* Strict, as everywhere: g_base64_decode() skips what it does not know. */
static gboolean
is_base64 (const char *data, gsize length)
{
  gsize body = strspn (data, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  return length > 0 && length % 4 == 0 && length - body <= 2 &&
         strspn (data + body, "=") == length - body;
}

static gboolean
parse_picture_data (LabDrawingFields *fields, JsonObject *picture, LabFault *fault)
{
  JsonNode *at = json_object_get_member (picture, "data");
  const char *data = NULL;
  gsize length;
  guchar *bytes;

  if (fields->picture != NULL)
    return TRUE;
  if (!lab_member_string (picture, "data", &data, fault))
    return FALSE;
  length = strlen (data);
  if (length > MAX_BASE64_BYTES)
    return lab_fault_set (fault, at, LAB_ERROR_LIMIT,
                          _ ("the picture is larger than %d MiB; make it smaller."),
                          LAB_MAX_PICTURE_BYTES / (1024 * 1024));
  if (!is_base64 (data, length))
    return lab_fault_set (fault, at, LAB_ERROR_INVALID,
                          _ ("the picture's “data” must be base64 without line breaks."));
  bytes = g_base64_decode (data, &length);
  fields->picture = g_bytes_new_take (bytes, length);
  if (length > LAB_MAX_PICTURE_BYTES)
    return lab_fault_set (fault, at, LAB_ERROR_LIMIT,
                          _ ("the picture is larger than %d MiB; make it smaller."),
                          LAB_MAX_PICTURE_BYTES / (1024 * 1024));

  return TRUE;
}

static gboolean
parse_picture (LabDrawingFields *fields, JsonObject *json, LabFault *fault)
{
  JsonObject *picture = NULL;
  guint type = 0;

  if (fields->kind != LAB_DRAWING_PICTURE)
    {
      g_clear_pointer (&fields->picture, g_bytes_unref);
      return TRUE;
    }
  if (!lab_member_require (json, "picture", fault) ||
      !lab_member_object (json, "picture", &picture, fault))
    return FALSE;
  if (!lab_member_require (picture, "type", fault) ||
      !lab_member_choice (picture, "type", picture_types, &type, fault) ||
      !lab_member_require (picture, "data", fault) || !parse_picture_data (fields, picture, fault))
    return lab_fault_prefix (fault, _ ("“picture”: "));
  fields->picture_type = g_strdup (picture_types[type]);

  return TRUE;
}

/* A text finds its own size; everything else must say it. */
static gboolean
parse_size (LabDrawingFields *fields, JsonObject *json, LabFault *fault)
{
  double least = fields->kind == LAB_DRAWING_LINE ? -LAB_MAX_COORDINATE : 0;

  if (fields->kind != LAB_DRAWING_TEXT &&
      (!lab_member_require (json, "width", fault) || !lab_member_require (json, "height", fault)))
    return FALSE;

  return lab_member_double (json, "width", least, LAB_MAX_COORDINATE, &fields->width, fault) &&
         lab_member_double (json, "height", least, LAB_MAX_COORDINATE, &fields->height, fault);
}

static gboolean
parse_place (LabDrawingFields *fields, JsonObject *json, LabFault *fault)
{
  double layer = 0;
  guint kind = 0;

  if (!lab_member_uint (json, "id", 1, LAB_MAX_DRAWING_ID, &fields->id, fault) ||
      !lab_member_require (json, "kind", fault) ||
      !lab_member_choice (json, "kind", kind_names, &kind, fault) ||
      !lab_member_double (json, "x", -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE, &fields->x, fault) ||
      !lab_member_double (json, "y", -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE, &fields->y, fault) ||
      !lab_member_double (json, "rotation", -MAX_ROTATION, MAX_ROTATION, &fields->rotation,
                          fault) ||
      !lab_member_double (json, "layer", -MAX_LAYER, MAX_LAYER, &layer, fault))
    return FALSE;
  if (layer != (int) layer)
    return lab_fault_set (fault, json_object_get_member (json, "layer"), LAB_ERROR_INVALID,
                          _ ("“layer” must be a whole number."));
  fields->kind = (LabDrawingKind) kind;
  fields->layer = (int) layer;

  return parse_size (fields, json, fault);
}

static gboolean
parse_looks (LabDrawingFields *fields, JsonObject *json, LabFault *fault)
{
  const char *font = NULL;
  guint dash = 0;

  fields->stroke_width = 1;
  if (!lab_member_lines (json, "text", &fields->text, fault) ||
      !parse_colour (json, "fill", &fields->fill, fault) ||
      !parse_colour (json, "stroke", &fields->stroke, fault) ||
      !lab_member_double (json, "stroke-width", 0, MAX_STROKE_WIDTH, &fields->stroke_width,
                          fault) ||
      !lab_member_choice (json, "dash", dash_names, &dash, fault) ||
      !lab_member_line (json, "font", MAX_FONT_BYTES, &font, fault) ||
      !lab_look_check (LAB_LOOK_DRAWING, json, fault))
    return FALSE;
  fields->dash = g_strdup (dash_names[dash]);
  fields->font = g_strdup (font);

  return TRUE;
}

/* The same JSON value, not an equal one: values never change, so this is enough, and a move of a
 * large picture costs nothing. */
static JsonNode *
peek_picture_data (JsonObject *json)
{
  JsonNode *picture = json != NULL ? json_object_get_member (json, "picture") : NULL;

  if (picture == NULL || !JSON_NODE_HOLDS_OBJECT (picture))
    return NULL;

  return json_object_get_member (json_node_get_object (picture), "data");
}

LabDrawingFields *
lab_drawing_fields_parse (JsonObject *json,
                          const LabDrawingFields *known,
                          JsonObject *known_json,
                          LabFault *fault)
{
  g_autoptr (LabDrawingFields) fields = g_new0 (LabDrawingFields, 1);

  if (known != NULL && known->picture != NULL &&
      peek_picture_data (json) == peek_picture_data (known_json))
    fields->picture = g_bytes_ref (known->picture);

  if (!parse_place (fields, json, fault) || !parse_looks (fields, json, fault) ||
      !parse_picture (fields, json, fault))
    {
      if (fields->id != 0)
        lab_fault_prefix (fault, _ ("drawing %u: "), fields->id);
      else
        lab_fault_prefix (fault, _ ("a drawing: "));
      return NULL;
    }

  return g_steal_pointer (&fields);
}

static JsonNode *
picture_value (const char *key, JsonNode *source, gconstpointer unused)
{
  return json_node_ref (source);
}

static JsonNode *
picture_to_json (const LabDrawingFields *fields, JsonNode *source)
{
  g_autoptr (JsonObject) picture = NULL;

  if (source == NULL || fields->kind != LAB_DRAWING_PICTURE)
    return source != NULL ? json_node_ref (source) : NULL;
  picture = lab_json_rebuild (json_node_get_object (source), picture_keys, picture_value, NULL);

  return lab_json_new_object (picture);
}

static JsonNode *
text_to_json (const LabDrawingFields *fields, JsonNode *source)
{
  if (fields->text == NULL)
    return NULL;

  return JSON_NODE_HOLDS_ARRAY (source) ? json_node_ref (source)
                                        : lab_json_new_lines (fields->text);
}

static JsonNode *
number_unless (double value, double default_value)
{
  return value == default_value ? NULL : lab_json_new_number (value);
}

static JsonNode *
drawing_value (const char *key, JsonNode *source, gconstpointer data)
{
  const LabDrawingFields *fields = data;
  gboolean is_text = fields->kind == LAB_DRAWING_TEXT;

  if (g_str_equal (key, "id"))
    return fields->id != 0 ? lab_json_new_int (fields->id) : NULL;
  if (g_str_equal (key, "x"))
    return lab_json_new_number (fields->x);
  if (g_str_equal (key, "y"))
    return lab_json_new_number (fields->y);
  if (g_str_equal (key, "width"))
    return is_text ? number_unless (fields->width, 0) : lab_json_new_number (fields->width);
  if (g_str_equal (key, "height"))
    return is_text ? number_unless (fields->height, 0) : lab_json_new_number (fields->height);
  if (g_str_equal (key, "rotation"))
    return number_unless (fields->rotation, 0);
  if (g_str_equal (key, "layer"))
    return number_unless (fields->layer, 0);
  if (g_str_equal (key, "text"))
    return text_to_json (fields, source);
  if (g_str_equal (key, "stroke-width"))
    return number_unless (fields->stroke_width, 1);
  if (g_str_equal (key, "dash"))
    return g_str_equal (fields->dash, "solid") ? NULL : json_node_ref (source);
  if (g_str_equal (key, "picture"))
    return picture_to_json (fields, source);

  return lab_look_value (LAB_LOOK_DRAWING, key, source);
}

JsonObject *
lab_drawing_fields_rebuild (const LabDrawingFields *fields, JsonObject *json)
{
  return lab_json_rebuild (json, drawing_keys, drawing_value, fields);
}
