/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where each record lies: read from the document, measured, and which links share their way. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <string.h>

#include "lab-label-placement.h"
#include "lab-rate-text.h"
#include "lab-scene-private.h"

#define SYMBOL_HALF 24.0
#define LABEL_GAP   4.0
/* Marks, handles and dots reach this far beyond a symbol. */
#define MARK_REACH 14.0
/* Seen from afar, names are drawn larger than life: at most this much (lab_lod_label_scale()). */
#define LABEL_GROWTH 1.8
/* The rate of a link is written in its middle. */
#define RATE_REACH_X 160.0
#define RATE_REACH_Y 60.0

static void
measure (LabScene *self,
         LabTextStyle style,
         const char *font,
         const char *text,
         double *width,
         double *height)
{
  if (self->measure_text != NULL)
    {
      self->measure_text (style, font, text, width, height, self->measure_data);
      return;
    }
  *width = 7.0 * (double) g_utf8_strlen (text, -1);
  *height = 16;
}

void
lab_scene_measure (
    LabScene *self, LabTextStyle style, const char *text, double *width, double *height)
{
  measure (self, style, NULL, text, width, height);
}

static LabBox
text_box (LabScene *self, LabTextStyle style, const char *text, double x, double y)
{
  double width;
  double height;

  measure (self, style, NULL, text, &width, &height);

  return lab_box_around (x, y, width / 2, height / 2);
}

static LabBox
grow_label (LabBox box)
{
  double by_width = (box.x1 - box.x0) * (LABEL_GROWTH - 1) / 2;
  double by_height = (box.y1 - box.y0) * (LABEL_GROWTH - 1);

  return (LabBox){ box.x0 - by_width, box.y0 - by_height, box.x1 + by_width, box.y1 + by_height };
}

void
lab_scene_place_node (LabScene *self, LabSceneNode *node)
{
  LabNode *object = node->item.object;
  double dx;
  double dy;

  if (g_strcmp0 (node->name, lab_node_get_name (object)) != 0)
    {
      g_free (node->name);
      node->name = g_strdup (lab_node_get_name (object));
    }
  node->x = lab_node_get_x (object);
  node->y = lab_node_get_y (object);
  node->half_width = SYMBOL_HALF;
  node->half_height = SYMBOL_HALF;
  if (self->measure_symbol != NULL)
    self->measure_symbol (object, &node->half_width, &node->half_height, self->measure_data);
  node->label = text_box (self, LAB_TEXT_NODE, node->name, node->x, node->y);
  if (!lab_node_get_label_offset (object, &dx, &dy))
    {
      dx = 0;
      dy = node->half_height + LABEL_GAP + (node->label.y1 - node->label.y0) / 2;
    }
  node->label.x0 += dx;
  node->label.x1 += dx;
  node->label.y0 += dy;
  node->label.y1 += dy;
  lab_scene_bound_node (node);
}

void
lab_scene_bound_node (LabSceneNode *node)
{
  LabBox symbol = lab_box_around (node->x, node->y, node->half_width + MARK_REACH,
                                  node->half_height + MARK_REACH);

  node->item.bounds = lab_box_union (symbol, grow_label (node->label));
}

static LabBox
place_port_label (LabScene *self, LabSceneLink *link, guint end)
{
  LabLink *object = link->item.object;
  LabPoint at;
  LabBox box;
  double width;
  double height;

  if (link->ends[end] == NULL || !lab_topology_get_port_labels (self->topology) ||
      lab_link_get_port_label_hidden (object, end))
    return LAB_BOX_EMPTY;
  box = text_box (self, LAB_TEXT_PORT, lab_link_get_port_name (object, end), 0, 0);
  width = box.x1 - box.x0;
  height = box.y1 - box.y0;
  if (lab_link_get_port_label_offset (object, end, &at.x, &at.y))
    {
      at.x += link->ends[end]->x;
      at.y += link->ends[end]->y;
    }
  else if (link->geometry.n_points > 0)
    at = lab_link_geometry_place_label (&link->geometry, end, width, height);
  else
    return LAB_BOX_EMPTY;

  return lab_box_around (at.x, at.y, width / 2, height / 2);
}

static LabBox
place_middle_label (LabScene *self, LabSceneLink *link, const char *text)
{
  LabBox box = text_box (self, LAB_TEXT_LINK, text, 0, 0);
  double width = box.x1 - box.x0;
  double height = box.y1 - box.y0;
  gboolean aside = link->place.serial || !lab_link_get_plugged (link->item.object);
  LabPoint at = lab_link_geometry_place_text (&link->geometry, width, height, aside);

  return lab_box_around (at.x, at.y, width / 2, height / 2);
}

void
lab_scene_place_link (LabScene *self, LabSceneLink *link)
{
  LabLink *object = link->item.object;
  LabLinkPlace *place = &link->place;
  const char *text = lab_link_get_label (object);

  link->port_label[0] = link->port_label[1] = link->label = link->rate = LAB_BOX_EMPTY;
  link->geometry.n_points = 0;
  link->item.bounds = LAB_BOX_EMPTY;
  if (link->ends[0] == NULL || link->ends[1] == NULL)
    return;
  for (guint end = 0; end < 2; end++)
    {
      place->centre[end] = (LabPoint){ link->ends[end]->x, link->ends[end]->y };
      place->half_width[end] = link->ends[end]->half_width;
      place->half_height[end] = link->ends[end]->half_height;
    }
  if (!lab_link_get_shape (object, &place->shape))
    place->shape = lab_topology_get_link_shape (self->topology);
  place->bend = lab_link_get_bend (object);
  lab_link_geometry_compute (&link->geometry, place);
  link->item.bounds = lab_box_grow (link->geometry.bounds, MARK_REACH);
  for (guint end = 0; end < 2; end++)
    {
      link->port_label[end] = place_port_label (self, link, end);
      link->item.bounds = lab_box_union (link->item.bounds, link->port_label[end]);
    }
  if (text != NULL && *text != '\0' && link->geometry.n_points > 0)
    {
      link->label = place_middle_label (self, link, text);
      link->item.bounds = lab_box_union (link->item.bounds, link->label);
    }
  if (link->geometry.n_points > 0 && lab_topology_get_rates (self->topology))
    link->rate = text_box (self, LAB_TEXT_PORT, LAB_RATE_WIDEST, link->geometry.middle.x,
                           link->geometry.middle.y);
  if (link->geometry.n_points > 0)
    link->item.bounds = lab_box_union (
        link->item.bounds, lab_box_around (link->geometry.middle.x, link->geometry.middle.y,
                                           RATE_REACH_X, RATE_REACH_Y));
}

void
lab_scene_place_drawing (LabScene *self, LabSceneDrawing *drawing)
{
  LabDrawing *object = drawing->item.object;

  if (!drawing->preview)
    {
      drawing->x = lab_drawing_get_x (object);
      drawing->y = lab_drawing_get_y (object);
      drawing->width = lab_drawing_get_width (object);
      drawing->height = lab_drawing_get_height (object);
      drawing->rotation = lab_drawing_get_rotation (object);
    }
  if (lab_drawing_get_kind (object) == LAB_DRAWING_TEXT)
    {
      const char *text = lab_drawing_get_text (object);

      measure (self, LAB_TEXT_DRAWING, lab_drawing_get_font (object), text != NULL ? text : "",
               &drawing->width, &drawing->height);
    }
  drawing->item.bounds = lab_box_grow (lab_scene_drawing_box (drawing),
                                       lab_drawing_get_stroke_width (object) / 2 + MARK_REACH);
}

static LabSceneNode *
find_end (LabScene *self, LabLink *link, guint end)
{
  LabNode *node = lab_topology_find_node (self->topology, lab_link_get_node_name (link, end));

  return node != NULL ? g_hash_table_lookup (self->items, node) : NULL;
}

static void
connect_ends (LabScene *self, LabSceneLink *link)
{
  LabLink *object = link->item.object;
  LabPort port;

  for (guint end = 0; end < 2; end++)
    {
      LabSceneNode *node = find_end (self, object, end);

      if (node != link->ends[end])
        lab_scene_make_stale (self, &link->item);
      link->ends[end] = node;
      if (node != NULL && (end == 0 || node != link->ends[0]))
        g_ptr_array_add (node->links, link);
    }
  if (link->item.stale && link->ends[0] != NULL)
    link->place.serial = lab_node_find_port (link->ends[0]->item.object,
                                             lab_link_get_port_name (object, 0), &port) &&
                         port.kind == LAB_PORT_SERIAL;
}

/* Counts the lanes between @link's nodes; the list of the node with fewer links is looked through.
 */
static void
find_lane (LabScene *self, LabSceneLink *link)
{
  LabSceneNode *a = link->ends[0];
  LabSceneNode *b = link->ends[1];
  GPtrArray *candidates;
  guint lane = 0;
  guint n_lanes = 0;

  if (a == NULL || b == NULL)
    return;
  candidates = a->links->len <= b->links->len ? a->links : b->links;
  for (guint i = 0; i < candidates->len; i++)
    {
      LabSceneLink *other = g_ptr_array_index (candidates, i);

      if (!((other->ends[0] == a && other->ends[1] == b) ||
            (other->ends[0] == b && other->ends[1] == a)))
        continue;
      if (other == link)
        lane = n_lanes;
      n_lanes++;
    }
  link->place.turned = a->item.position > b->item.position;
  if (link->place.lane == lane && link->place.n_lanes == n_lanes)
    return;
  link->place.lane = lane;
  link->place.n_lanes = n_lanes;
  lab_scene_make_stale (self, &link->item);
}

void
lab_scene_connect_links (LabScene *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    g_ptr_array_set_size (((LabSceneNode *) g_ptr_array_index (self->nodes, i))->links, 0);
  for (guint i = 0; i < self->links->len; i++)
    connect_ends (self, g_ptr_array_index (self->links, i));
  for (guint i = 0; i < self->links->len; i++)
    find_lane (self, g_ptr_array_index (self->links, i));
}
