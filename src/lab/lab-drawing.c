/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text, shape or picture on the canvas. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-drawing-fields-private.h"
#include "lab-json-private.h"
#include "lab-notify-private.h"

struct _LabDrawing
{
  GObject parent_instance;

  JsonObject *json;
  LabDrawingFields *fields;
  gboolean placed;
};

enum
{
  PROP_KIND = 1,
  PROP_ID,
  PROP_X,
  PROP_Y,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_ROTATION,
  PROP_LAYER,
  PROP_TEXT,
  PROP_FILL,
  PROP_STROKE,
  PROP_STROKE_WIDTH,
  PROP_DASH,
  PROP_FONT,
  PROP_PICTURE_TYPE,
  PROP_PICTURE,
  N_PROPERTIES
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabDrawing, lab_drawing, G_TYPE_OBJECT)

static void
lab_drawing_finalize (GObject *object)
{
  LabDrawing *self = LAB_DRAWING (object);

  g_clear_pointer (&self->json, json_object_unref);
  g_clear_pointer (&self->fields, lab_drawing_fields_free);

  G_OBJECT_CLASS (lab_drawing_parent_class)->finalize (object);
}

static void
lab_drawing_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const LabDrawingFields *fields = LAB_DRAWING (object)->fields;

  switch (id)
    {
    case PROP_KIND:
      g_value_set_uint (value, fields->kind);
      break;
    case PROP_ID:
      g_value_set_uint (value, fields->id);
      break;
    case PROP_X:
      g_value_set_double (value, fields->x);
      break;
    case PROP_Y:
      g_value_set_double (value, fields->y);
      break;
    case PROP_WIDTH:
      g_value_set_double (value, fields->width);
      break;
    case PROP_HEIGHT:
      g_value_set_double (value, fields->height);
      break;
    case PROP_ROTATION:
      g_value_set_double (value, fields->rotation);
      break;
    case PROP_LAYER:
      g_value_set_int (value, fields->layer);
      break;
    case PROP_TEXT:
      g_value_set_string (value, fields->text);
      break;
    case PROP_FILL:
      g_value_set_string (value, fields->fill);
      break;
    case PROP_STROKE:
      g_value_set_string (value, fields->stroke);
      break;
    case PROP_STROKE_WIDTH:
      g_value_set_double (value, fields->stroke_width);
      break;
    case PROP_DASH:
      g_value_set_string (value, fields->dash);
      break;
    case PROP_FONT:
      g_value_set_string (value, fields->font);
      break;
    case PROP_PICTURE_TYPE:
      g_value_set_string (value, fields->picture_type);
      break;
    case PROP_PICTURE:
      g_value_set_boxed (value, fields->picture);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

#define FLAGS (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

static GParamSpec *
double_property (const char *name)
{
  return g_param_spec_double (name, NULL, NULL, -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE, 0, FLAGS);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, FLAGS);
}

static void
lab_drawing_class_init (LabDrawingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lab_drawing_finalize;
  object_class->get_property = lab_drawing_get_property;

  properties[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, LAB_DRAWING_PICTURE, 0, FLAGS);
  properties[PROP_ID] = g_param_spec_uint ("id", NULL, NULL, 0, LAB_MAX_DRAWING_ID, 0, FLAGS);
  properties[PROP_X] = double_property ("x");
  properties[PROP_Y] = double_property ("y");
  properties[PROP_WIDTH] = double_property ("width");
  properties[PROP_HEIGHT] = double_property ("height");
  properties[PROP_ROTATION] = double_property ("rotation");
  properties[PROP_LAYER] = g_param_spec_int ("layer", NULL, NULL, G_MININT, G_MAXINT, 0, FLAGS);
  properties[PROP_TEXT] = string_property ("text");
  properties[PROP_FILL] = string_property ("fill");
  properties[PROP_STROKE] = string_property ("stroke");
  properties[PROP_STROKE_WIDTH] = double_property ("stroke-width");
  properties[PROP_DASH] = string_property ("dash");
  properties[PROP_FONT] = string_property ("font");
  properties[PROP_PICTURE_TYPE] = string_property ("picture-type");
  properties[PROP_PICTURE] = g_param_spec_boxed ("picture", NULL, NULL, G_TYPE_BYTES, FLAGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * LabDrawing::changed:
   *
   * Something of the drawing changed, be it a property or not (an unknown member).
   */
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_DRAWING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lab_drawing_init (LabDrawing *self)
{
}

LabDrawing *
lab_drawing_new_from_object (JsonObject *json, LabFault *fault)
{
  g_autoptr (LabDrawingFields) fields = lab_drawing_fields_parse (json, NULL, NULL, fault);
  LabDrawing *self;

  if (fields == NULL)
    return NULL;
  self = g_object_new (LAB_TYPE_DRAWING, NULL);
  self->json = lab_drawing_fields_rebuild (fields, json);
  self->fields = g_steal_pointer (&fields);

  return self;
}

LabDrawing *
lab_drawing_new_from_json (JsonNode *json, GError **error)
{
  g_autoptr (JsonNode) copy = NULL;
  LabFault fault = { 0 };
  LabDrawing *self = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (json))
    lab_fault_set (&fault, json, LAB_ERROR_INVALID, _ ("a drawing must be an object in braces."));
  else if ((copy = lab_json_import (json, LAB_MAX_DEPTH - 2, &fault)) != NULL)
    self = lab_drawing_new_from_object (json_node_get_object (copy), &fault);
  if (self == NULL)
    lab_fault_raise (&fault, error);

  return self;
}

JsonNode *
lab_drawing_to_json (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), NULL);

  return lab_json_copy (self->json);
}

JsonObject *
lab_drawing_rebuild (LabDrawing *self, JsonObject *json, LabFault *fault)
{
  g_autoptr (LabDrawingFields) fields =
      lab_drawing_fields_parse (json, self->fields, self->json, fault);

  return fields != NULL ? lab_drawing_fields_rebuild (fields, json) : NULL;
}

JsonObject *
lab_drawing_peek_json (LabDrawing *self)
{
  return self->json;
}

void
lab_drawing_set_json (LabDrawing *self, JsonObject *json)
{
  LabFault fault = { 0 };
  LabDrawingFields *fields = lab_drawing_fields_parse (json, self->fields, self->json, &fault);
  GArray *before;

  g_return_if_fail (fields != NULL);

  /* The same picture stays the same object, so that nobody decodes it again for a move. */
  if (fields->picture != NULL && self->fields->picture != NULL &&
      g_bytes_equal (fields->picture, self->fields->picture))
    {
      g_bytes_unref (fields->picture);
      fields->picture = g_bytes_ref (self->fields->picture);
    }
  before = lab_notify_begin (G_OBJECT (self), properties, N_PROPERTIES);
  json_object_ref (json);
  json_object_unref (self->json);
  self->json = json;
  lab_drawing_fields_free (self->fields);
  self->fields = fields;
  lab_notify_end (G_OBJECT (self), properties, N_PROPERTIES, before);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lab_drawing_set_id (LabDrawing *self, guint id)
{
  JsonObject *json;

  if (self->fields->id == id)
    return;
  self->fields->id = id;
  json = lab_drawing_fields_rebuild (self->fields, self->json);
  json_object_unref (self->json);
  self->json = json;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
}

gboolean
lab_drawing_get_placed (LabDrawing *self)
{
  return self->placed;
}

void
lab_drawing_set_placed (LabDrawing *self, gboolean placed)
{
  self->placed = placed;
}

LabDrawingKind
lab_drawing_get_kind (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), LAB_DRAWING_TEXT);

  return self->fields->kind;
}

guint
lab_drawing_get_id (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), 0);

  return self->fields->id;
}

double
lab_drawing_get_x (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), 0);

  return self->fields->x;
}

double
lab_drawing_get_y (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), 0);

  return self->fields->y;
}

double
lab_drawing_get_width (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), 0);

  return self->fields->width;
}

double
lab_drawing_get_height (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), 0);

  return self->fields->height;
}

double
lab_drawing_get_rotation (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), 0);

  return self->fields->rotation;
}

int
lab_drawing_get_layer (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), 0);

  return self->fields->layer;
}

const char *
lab_drawing_get_text (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), NULL);

  return self->fields->text;
}

const char *
lab_drawing_get_fill (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), NULL);

  return self->fields->fill;
}

const char *
lab_drawing_get_stroke (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), NULL);

  return self->fields->stroke;
}

double
lab_drawing_get_stroke_width (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), 0);

  return self->fields->stroke_width;
}

const char *
lab_drawing_get_dash (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), NULL);

  return self->fields->dash;
}

const char *
lab_drawing_get_font (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), NULL);

  return self->fields->font;
}

const char *
lab_drawing_get_picture_type (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), NULL);

  return self->fields->picture_type;
}

GBytes *
lab_drawing_get_picture (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), NULL);

  return self->fields->picture;
}
