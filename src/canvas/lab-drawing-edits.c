/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawings and edits of them. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lab-drawing-edits.h"
#include "lab-look.h"

/* What a new shape looks like: it marks an area behind the devices, in light and dark style. Notes
 * and lines have no colour of their own, so that they follow the style. */
#define SHAPE_STROKE "#3584e4"
#define SHAPE_FILL   "#3584e426"
#define SHAPE_LAYER  -1
#define LINE_WIDTH   2

static const char *const kind_names[] = { "text", "rectangle", "ellipse", "line", "picture" };

/* Tenths are fine enough to place anything, and short to read in a file. */
static double
tidy (double value)
{
  return round (value * 10) / 10 + 0.0;
}

static void
set_number (JsonObject *object, const char *key, double value)
{
  value = tidy (value);
  if (value == floor (value))
    json_object_set_int_member (object, key, (gint64) value);
  else
    json_object_set_double_member (object, key, value);
}

static JsonNode *
number_node (double value)
{
  JsonNode *node = json_node_alloc ();

  value = tidy (value);

  return value == floor (value) ? json_node_init_int (node, (gint64) value)
                                : json_node_init_double (node, value);
}

static JsonObject *
new_object (LabDrawingKind kind, double x, double y, double width, double height)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kind_names[kind]);
  set_number (object, "x", x);
  set_number (object, "y", y);
  if (kind != LAB_DRAWING_TEXT)
    {
      set_number (object, "width", width);
      set_number (object, "height", height);
    }

  return object;
}

LabDrawing *
lab_drawing_new_plain (
    LabDrawingKind kind, double x, double y, double width, double height, const char *text)
{
  JsonObject *object = new_object (kind, x, y, width, height);
  g_autoptr (JsonNode) node = NULL;

  if (text != NULL)
    json_object_set_string_member (object, "text", text);
  if (kind == LAB_DRAWING_LINE)
    json_object_set_int_member (object, "stroke-width", LINE_WIDTH);
  if (kind == LAB_DRAWING_RECTANGLE || kind == LAB_DRAWING_ELLIPSE)
    {
      json_object_set_string_member (object, "stroke", SHAPE_STROKE);
      json_object_set_string_member (object, "fill", SHAPE_FILL);
      json_object_set_int_member (object, "layer", SHAPE_LAYER);
    }

  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);

  return lab_drawing_new_from_json (node, NULL);
}

static LabEdit *
group (GPtrArray *edits, const char *label)
{
  if (edits->len == 0)
    return NULL;
  if (edits->len == 1)
    return g_object_ref (g_ptr_array_index (edits, 0));

  return lab_edit_new_group (label, edits);
}

static void
add_number (GPtrArray *edits, LabDrawing *drawing, const char *key, double before, double after)
{
  g_autoptr (JsonNode) value = number_node (after);

  if (tidy (before) != tidy (after))
    g_ptr_array_add (edits, lab_edit_new_set_drawing (lab_drawing_get_id (drawing), key, value));
}

LabEdit *
lab_drawing_edit_box (
    LabDrawing *drawing, double x, double y, double width, double height, double rotation)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);

  add_number (edits, drawing, "width", lab_drawing_get_width (drawing), width);
  add_number (edits, drawing, "height", lab_drawing_get_height (drawing), height);
  add_number (edits, drawing, "rotation", lab_drawing_get_rotation (drawing), rotation);
  add_number (edits, drawing, "x", lab_drawing_get_x (drawing), x);
  add_number (edits, drawing, "y", lab_drawing_get_y (drawing), y);

  /* The first one names it: resizing, turning, then moving. */
  return group (edits, NULL);
}

LabEdit *
lab_drawing_edit_text (LabDrawing *drawing, const char *text)
{
  g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), text);
  const char *before = lab_drawing_get_text (drawing);
  g_autofree char *whole = g_strconcat (text, "\n", NULL);

  if (*text == '\0')
    return lab_edit_new_remove_drawing (lab_drawing_get_id (drawing));
  if (g_strcmp0 (before, text) == 0 || g_strcmp0 (before, whole) == 0)
    return NULL;

  return lab_edit_new_set_drawing (lab_drawing_get_id (drawing), "text", value);
}

/* Whether the member changes what is seen. */
static gboolean
has_look (LabDrawing *drawing, const char *key)
{
  LabDrawingKind kind = lab_drawing_get_kind (drawing);

  if (g_str_equal (key, "font"))
    return kind == LAB_DRAWING_TEXT;
  if (g_str_equal (key, "arrows"))
    return kind == LAB_DRAWING_LINE;
  if (g_str_equal (key, "radius"))
    return kind == LAB_DRAWING_RECTANGLE;
  if (g_str_equal (key, "fill"))
    return kind != LAB_DRAWING_LINE && kind != LAB_DRAWING_PICTURE;

  return kind != LAB_DRAWING_PICTURE && (kind != LAB_DRAWING_TEXT || g_str_equal (key, "stroke"));
}

LabEdit *
lab_drawings_edit_look (GPtrArray *drawings, const char *key, JsonNode *value)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *label = NULL;

  for (guint i = 0; i < drawings->len; i++)
    {
      LabDrawing *drawing = g_ptr_array_index (drawings, i);

      if (has_look (drawing, key))
        g_ptr_array_add (edits,
                         lab_edit_new_set_drawing (lab_drawing_get_id (drawing), key, value));
    }
  label = g_strdup_printf (
      ngettext ("Change look of %u drawing", "Change look of %u drawings", edits->len), edits->len);

  return group (edits, label);
}
