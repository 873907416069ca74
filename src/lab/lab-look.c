/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Appearance: read out of the JSON when asked; what is absent counts as its default.
 * What stands there was checked before: see lab-look-check.c. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include "lab-drawing-private.h"
#include "lab-edit.h"
#include "lab-json-private.h"
#include "lab-link-private.h"
#include "lab-look-private.h"
#include "lab-look.h"
#include "lab-node-private.h"
#include "lab-topology-private.h"

static JsonObject *
object_member (JsonObject *json, const char *key)
{
  JsonNode *node = json_object_get_member (json, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
string_member (JsonObject *json, const char *key)
{
  JsonNode *node = json_object_get_member (json, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
number_member (JsonObject *json, const char *key, double *value)
{
  JsonNode *node = json_object_get_member (json, key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 &&
       json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;
  *value = json_node_get_double (node);

  return TRUE;
}

static double
clamped_member (JsonObject *json, const char *key, double min, double max, double fallback)
{
  double value = fallback;

  return number_member (json, key, &value) ? CLAMP (value, min, max) : fallback;
}

static gboolean
boolean_member (JsonObject *json, const char *key, gboolean fallback)
{
  JsonNode *node = json_object_get_member (json, key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;

  return json_node_get_boolean (node);
}

static gboolean
offset_member (JsonObject *json, const char *key, double *x, double *y)
{
  JsonObject *offset = object_member (json, key);

  return offset != NULL && number_member (offset, "x", x) && number_member (offset, "y", y);
}

static gboolean
shape_member (JsonObject *json, LabLinkShape *shape)
{
  static const char *const names[] = { "straight", "curved", "stepped" };
  const char *name = string_member (json, "shape");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i]) == 0)
      {
        *shape = (LabLinkShape) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
lab_node_get_label_offset (LabNode *self, double *x, double *y)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);

  return offset_member (lab_node_peek_json (self), "label", x, y);
}

int
lab_node_get_layer (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return (int) clamped_member (lab_node_peek_json (self), "layer", -LAB_LOOK_MAX_LAYER,
                               LAB_LOOK_MAX_LAYER, 0);
}

gboolean
lab_link_get_shape (LabLink *self, LabLinkShape *shape)
{
  g_return_val_if_fail (LAB_IS_LINK (self), FALSE);

  return shape_member (lab_link_peek_json (self), shape);
}

const char *
lab_link_get_colour (LabLink *self)
{
  g_return_val_if_fail (LAB_IS_LINK (self), NULL);

  return string_member (lab_link_peek_json (self), "colour");
}

double
lab_link_get_width (LabLink *self)
{
  g_return_val_if_fail (LAB_IS_LINK (self), LAB_LOOK_DEFAULT_WIDTH);

  return clamped_member (lab_link_peek_json (self), "width", LAB_LOOK_MIN_WIDTH, LAB_LOOK_MAX_WIDTH,
                         LAB_LOOK_DEFAULT_WIDTH);
}

const char *
lab_link_get_dash (LabLink *self)
{
  const char *dash;

  g_return_val_if_fail (LAB_IS_LINK (self), NULL);

  dash = string_member (lab_link_peek_json (self), "dash");

  return dash != NULL ? dash : "solid";
}

const char *
lab_link_get_label (LabLink *self)
{
  g_return_val_if_fail (LAB_IS_LINK (self), NULL);

  return string_member (lab_link_peek_json (self), "label");
}

double
lab_link_get_bend (LabLink *self)
{
  g_return_val_if_fail (LAB_IS_LINK (self), 0);

  return clamped_member (lab_link_peek_json (self), "bend", -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE,
                         0);
}

gboolean
lab_link_get_port_label_offset (LabLink *self, guint end, double *x, double *y)
{
  g_return_val_if_fail (LAB_IS_LINK (self) && end < 2, FALSE);

  return offset_member (object_member (lab_link_peek_json (self), end == 0 ? "a" : "b"), "label", x,
                        y);
}

gboolean
lab_link_get_port_label_hidden (LabLink *self, guint end)
{
  g_return_val_if_fail (LAB_IS_LINK (self) && end < 2, FALSE);

  return boolean_member (object_member (lab_link_peek_json (self), end == 0 ? "a" : "b"), "hidden",
                         FALSE);
}

gboolean
lab_drawing_get_locked (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), FALSE);

  return boolean_member (lab_drawing_peek_json (self), "locked", FALSE);
}

gboolean
lab_drawing_get_arrow (LabDrawing *self, guint end)
{
  const char *arrows;

  g_return_val_if_fail (LAB_IS_DRAWING (self) && end < 2, FALSE);

  arrows = string_member (lab_drawing_peek_json (self), "arrows");

  return g_strcmp0 (arrows, "both") == 0 || g_strcmp0 (arrows, end == 0 ? "start" : "end") == 0;
}

double
lab_drawing_get_radius (LabDrawing *self)
{
  g_return_val_if_fail (LAB_IS_DRAWING (self), 0);

  return clamped_member (lab_drawing_peek_json (self), "radius", 0, LAB_LOOK_MAX_RADIUS,
                         LAB_LOOK_DEFAULT_RADIUS);
}

static JsonObject *
view_of (LabTopology *self)
{
  return object_member (lab_topology_peek_head (self), "view");
}

static gboolean
view_boolean (LabTopology *self, const char *key, gboolean fallback)
{
  JsonObject *view;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), fallback);

  view = view_of (self);

  return view != NULL ? boolean_member (view, key, fallback) : fallback;
}

double
lab_topology_get_grid (LabTopology *self)
{
  JsonObject *view;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), LAB_LOOK_DEFAULT_GRID);

  view = view_of (self);

  return view != NULL ? clamped_member (view, "grid", LAB_LOOK_MIN_GRID, LAB_LOOK_MAX_GRID,
                                        LAB_LOOK_DEFAULT_GRID)
                      : LAB_LOOK_DEFAULT_GRID;
}

gboolean
lab_topology_get_show_grid (LabTopology *self)
{
  return view_boolean (self, "show-grid", TRUE);
}

gboolean
lab_topology_get_snap (LabTopology *self)
{
  return view_boolean (self, "snap", TRUE);
}

gboolean
lab_topology_get_port_labels (LabTopology *self)
{
  return view_boolean (self, "port-labels", TRUE);
}

gboolean
lab_topology_get_rates (LabTopology *self)
{
  return view_boolean (self, "rates", FALSE);
}

LabLinkShape
lab_topology_get_link_shape (LabTopology *self)
{
  LabLinkShape shape = LAB_LINK_STRAIGHT;
  JsonObject *view;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), shape);

  view = view_of (self);
  if (view != NULL)
    shape_member (view, &shape);

  return shape;
}

/**
 * lab_edit_new_set_view:
 * @key: a member of the lab's "view"
 * @value: (nullable): its value to be; %NULL takes it away, which is its default
 *
 * Changes how the lab is shown.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_set_view (LabTopology *self, const char *key, JsonNode *value)
{
  g_autoptr (JsonObject) empty = json_object_new ();
  g_autoptr (JsonObject) view = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *before;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (self) && key != NULL, NULL);

  before = view_of (self);
  view = lab_json_with_member (before != NULL ? before : empty, key, value);
  node = lab_json_new_object (view);

  return lab_edit_new_set_lab ("view", json_object_get_size (view) > 0 ? node : NULL);
}
