/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is under a point, in a box, in a direction. Everything is looked through from the top: some
 * microseconds for thousands of items, so there is no index to keep. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-scene-private.h"

/* In pixels. */
#define LINK_REACH   6.0
#define END_REACH    7.0
#define HANDLE_REACH 9.0
#define HANDLE_OUT   6.0
#define TURN_OUT     22.0
#define LEAST_SYMBOL 8.0
/* Below these zooms there are no handles, no labels. */
#define HANDLE_ZOOM     0.4
#define PORT_LABEL_ZOOM 0.65

LabPoint
lab_scene_handle_point (const LabSceneNode *node, guint handle, double zoom)
{
  double x = node->half_width + HANDLE_OUT / zoom;
  double y = node->half_height + HANDLE_OUT / zoom;

  return (LabPoint){ node->x + (handle == 0 || handle == 3 ? -x : x),
                     node->y + (handle < 2 ? -y : y) };
}

LabPoint
lab_scene_drawing_handle_point (const LabSceneDrawing *drawing, guint handle)
{
  static const double across[] = { 0, 0.5, 1, 1, 1, 0.5, 0, 0 };
  static const double down[] = { 0, 0, 0, 0.5, 1, 1, 1, 0.5 };
  double angle = drawing->rotation * G_PI / 180;
  double dx;
  double dy;

  g_return_val_if_fail (handle < 8, ((LabPoint){ drawing->x, drawing->y }));

  dx = (across[handle] - 0.5) * drawing->width;
  dy = (down[handle] - 0.5) * drawing->height;

  return (LabPoint){
    drawing->x + drawing->width / 2 + dx * cos (angle) - dy * sin (angle),
    drawing->y + drawing->height / 2 + dx * sin (angle) + dy * cos (angle),
  };
}

LabBox
lab_scene_drawing_box (const LabSceneDrawing *drawing)
{
  LabBox box = LAB_BOX_EMPTY;

  for (guint corner = 0; corner < 8; corner += 2)
    {
      LabPoint point = lab_scene_drawing_handle_point (drawing, corner);

      box = lab_box_add_point (box, point.x, point.y);
    }

  return box;
}

/* The point as the drawing sees it: unrotated, from its middle. */
static LabPoint
into_drawing (const LabSceneDrawing *drawing, double x, double y)
{
  double angle = -drawing->rotation * G_PI / 180;
  double dx = x - (drawing->x + drawing->width / 2);
  double dy = y - (drawing->y + drawing->height / 2);

  return (LabPoint){ dx * cos (angle) - dy * sin (angle), dx * sin (angle) + dy * cos (angle) };
}

static gboolean
hits_line (const LabSceneDrawing *drawing, LabPoint at, double reach)
{
  double square = drawing->width * drawing->width + drawing->height * drawing->height;
  double along = square > 0 ? (at.x * drawing->width + at.y * drawing->height) / square : 0;

  along = CLAMP (along, -0.5, 0.5);

  return hypot (at.x - along * drawing->width, at.y - along * drawing->height) <= reach;
}

static gboolean
hits_drawing (const LabSceneDrawing *drawing, double x, double y, double slack)
{
  LabDrawing *object = drawing->item.object;
  LabPoint at = into_drawing (drawing, x, y);
  double reach = slack + lab_drawing_get_stroke_width (object) / 2;
  double half_width = drawing->width / 2;
  double half_height = drawing->height / 2;
  gboolean filled = lab_drawing_get_fill (object) != NULL;
  double ring;

  switch (lab_drawing_get_kind (object))
    {
    case LAB_DRAWING_LINE:
      return hits_line (drawing, at, reach);
    case LAB_DRAWING_ELLIPSE:
      ring = hypot (at.x / MAX (half_width, 1), at.y / MAX (half_height, 1));
      return filled ? ring <= 1 : fabs (ring - 1) * MIN (half_width, half_height) <= reach;
    case LAB_DRAWING_RECTANGLE:
      if (fabs (at.x) > half_width + reach || fabs (at.y) > half_height + reach)
        return FALSE;
      return filled || fabs (at.x) >= half_width - reach || fabs (at.y) >= half_height - reach;
    case LAB_DRAWING_TEXT:
    case LAB_DRAWING_PICTURE:
    default:
      return fabs (at.x) <= half_width && fabs (at.y) <= half_height;
    }
}

static gboolean
hits_symbol (const LabSceneNode *node, double x, double y, double zoom, double slack)
{
  double least = LEAST_SYMBOL / zoom;

  return fabs (x - node->x) <= MAX (node->half_width, least) + slack &&
         fabs (y - node->y) <= MAX (node->half_height, least) + slack;
}

static gboolean
near (LabPoint point, double x, double y, double reach)
{
  return hypot (point.x - x, point.y - y) <= reach;
}

static gboolean
hit_front (LabScene *self, double x, double y, double zoom, LabHit *hit)
{
  for (guint i = self->front->len; i-- > 0;)
    {
      LabSceneItem *item = g_ptr_array_index (self->front, i);
      LabSceneNode *node = lab_scene_item_node (item);

      if (!lab_box_holds (&item->bounds, x, y) && node == NULL)
        continue;
      hit->item = item;
      if (node == NULL && hits_drawing ((LabSceneDrawing *) item, x, y, LINK_REACH / zoom))
        hit->kind = LAB_HIT_DRAWING;
      else if (node != NULL && hits_symbol (node, x, y, zoom, 0))
        hit->kind = LAB_HIT_NODE;
      else if (node != NULL && zoom >= HANDLE_ZOOM && lab_box_holds (&node->label, x, y))
        hit->kind = LAB_HIT_NODE_LABEL;
      else
        continue;
      return TRUE;
    }

  return FALSE;
}

static gboolean
hit_handle (LabScene *self, double x, double y, double zoom, LabHit *hit)
{
  if (zoom < HANDLE_ZOOM)
    return FALSE;
  for (guint i = self->nodes->len; i-- > 0;)
    {
      LabSceneNode *node = g_ptr_array_index (self->nodes, i);

      for (guint handle = 0; handle < 4; handle++)
        if (near (lab_scene_handle_point (node, handle, zoom), x, y, HANDLE_REACH / zoom))
          {
            *hit = (LabHit){ LAB_HIT_HANDLE, &node->item, handle };
            return TRUE;
          }
    }

  return FALSE;
}

static gboolean
hit_link (LabSceneLink *link, double x, double y, double zoom, LabHit *hit)
{
  double width = lab_link_get_width (link->item.object);

  hit->item = &link->item;
  for (hit->part = 0; hit->part < 2; hit->part++)
    {
      if (link->geometry.n_points > 0 && zoom >= HANDLE_ZOOM &&
          near (link->geometry.dot[hit->part], x, y, END_REACH / zoom))
        hit->kind = LAB_HIT_LINK_END;
      else if (zoom >= PORT_LABEL_ZOOM && lab_box_holds (&link->port_label[hit->part], x, y))
        hit->kind = LAB_HIT_PORT_LABEL;
      else
        continue;
      return TRUE;
    }
  hit->part = 0;
  if (zoom >= PORT_LABEL_ZOOM && lab_box_holds (&link->label, x, y))
    hit->kind = LAB_HIT_LINK_LABEL;
  else if (lab_link_geometry_distance (&link->geometry, x, y) <= LINK_REACH / zoom + width / 2)
    hit->kind = LAB_HIT_LINK;
  else
    return FALSE;

  return TRUE;
}

static gboolean
hit_links (LabScene *self, double x, double y, double zoom, LabHit *hit)
{
  for (guint i = self->links->len; i-- > 0;)
    {
      LabSceneLink *link = g_ptr_array_index (self->links, i);
      LabBox reach = lab_box_grow (link->item.bounds, LINK_REACH / zoom);

      if (lab_box_holds (&reach, x, y) && hit_link (link, x, y, zoom, hit))
        return TRUE;
    }

  return FALSE;
}

LabPoint
lab_scene_drawing_turn_point (const LabSceneDrawing *drawing, double zoom)
{
  LabSceneDrawing taller = *drawing;

  taller.y -= TURN_OUT / zoom;
  taller.height += 2 * TURN_OUT / zoom;

  return lab_scene_drawing_handle_point (&taller, 1);
}

gboolean
lab_scene_drawing_can_turn (const LabSceneDrawing *drawing)
{
  return lab_drawing_get_kind (drawing->item.object) != LAB_DRAWING_LINE;
}

/* A text has the size it needs; a line has two ends. */
gboolean
lab_scene_drawing_has_handle (const LabSceneDrawing *drawing, guint handle)
{
  LabDrawingKind kind = lab_drawing_get_kind (drawing->item.object);

  return kind != LAB_DRAWING_TEXT && (kind != LAB_DRAWING_LINE || handle % 4 == 0);
}

LabSceneDrawing *
lab_scene_only_drawing (LabScene *self)
{
  LabSceneDrawing *only = NULL;

  for (guint i = 0; i < self->drawings->len; i++)
    {
      LabSceneDrawing *drawing = g_ptr_array_index (self->drawings, i);

      if ((drawing->item.flags & LAB_SCENE_SELECTED) == 0)
        continue;
      if (only != NULL)
        return NULL;
      only = drawing;
    }

  return only;
}

static gboolean
hit_drawing_handle (LabScene *self, double x, double y, double zoom, LabHit *hit)
{
  LabSceneDrawing *only = lab_scene_only_drawing (self);

  if (only == NULL || lab_drawing_get_locked (only->item.object))
    return FALSE;
  *hit = (LabHit){ LAB_HIT_DRAWING_HANDLE, &only->item, LAB_DRAWING_HANDLE_TURN };
  if (lab_scene_drawing_can_turn (only) &&
      near (lab_scene_drawing_turn_point (only, zoom), x, y, HANDLE_REACH / zoom))
    return TRUE;
  for (hit->part = 0; hit->part < 8; hit->part++)
    if (lab_scene_drawing_has_handle (only, hit->part) &&
        near (lab_scene_drawing_handle_point (only, hit->part), x, y, HANDLE_REACH / zoom))
      return TRUE;
  *hit = (LabHit){ LAB_HIT_NOTHING, NULL, 0 };

  return FALSE;
}

LabHit
lab_scene_hit (LabScene *self, double x, double y, double zoom)
{
  LabHit hit = { LAB_HIT_NOTHING, NULL, 0 };

  g_return_val_if_fail (LAB_IS_SCENE (self) && zoom > 0, hit);

  lab_scene_update (self);
  if (hit_drawing_handle (self, x, y, zoom, &hit) || hit_front (self, x, y, zoom, &hit) ||
      hit_links (self, x, y, zoom, &hit) || hit_handle (self, x, y, zoom, &hit))
    return hit;
  for (guint i = self->back->len; i-- > 0;)
    {
      LabSceneDrawing *drawing = g_ptr_array_index (self->back, i);

      if (hits_drawing (drawing, x, y, LINK_REACH / zoom))
        return (LabHit){ LAB_HIT_DRAWING, &drawing->item, 0 };
    }

  return (LabHit){ LAB_HIT_NOTHING, NULL, 0 };
}

LabSceneNode *
lab_scene_hit_node (LabScene *self, double x, double y, double slack)
{
  g_return_val_if_fail (LAB_IS_SCENE (self), NULL);

  lab_scene_update (self);
  for (guint i = self->front->len; i-- > 0;)
    {
      LabSceneNode *node = lab_scene_item_node (g_ptr_array_index (self->front, i));

      if (node != NULL && hits_symbol (node, x, y, G_MAXDOUBLE, slack))
        return node;
    }

  return NULL;
}

GPtrArray *
lab_scene_get_in_box (LabScene *self, const LabBox *box)
{
  GPtrArray *found = g_ptr_array_new ();

  g_return_val_if_fail (LAB_IS_SCENE (self), found);

  lab_scene_update (self);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabSceneNode *node = g_ptr_array_index (self->nodes, i);
      LabBox symbol = lab_box_around (node->x, node->y, node->half_width, node->half_height);

      if (lab_box_meets (box, &symbol))
        g_ptr_array_add (found, node);
    }
  for (guint i = 0; i < self->links->len; i++)
    {
      LabSceneLink *link = g_ptr_array_index (self->links, i);

      if (link->geometry.n_points > 0 && lab_box_holds_box (box, &link->geometry.bounds))
        g_ptr_array_add (found, link);
    }
  for (guint i = 0; i < self->drawings->len; i++)
    {
      LabSceneDrawing *drawing = g_ptr_array_index (self->drawings, i);
      LabBox body = lab_scene_drawing_box (drawing);

      if (lab_box_holds_box (box, &body))
        g_ptr_array_add (found, drawing);
    }

  return found;
}

/* Straight ahead counts once, aside twice; more than 45 degrees aside is another direction. */
static double
effort (double dx, double dy, LabDirection direction)
{
  gboolean sideways = direction == LAB_DIRECTION_LEFT || direction == LAB_DIRECTION_RIGHT;
  gboolean back = direction == LAB_DIRECTION_LEFT || direction == LAB_DIRECTION_UP;
  double ahead = (sideways ? dx : dy) * (back ? -1 : 1);
  double aside = fabs (sideways ? dy : dx);

  if (ahead <= 0 || aside > ahead)
    return G_MAXDOUBLE;

  return ahead + 2 * aside;
}

LabSceneNode *
lab_scene_neighbour (LabScene *self, const LabSceneNode *from, LabDirection direction)
{
  LabSceneNode *nearest = NULL;
  double least = G_MAXDOUBLE;

  g_return_val_if_fail (LAB_IS_SCENE (self) && from != NULL, NULL);

  lab_scene_update (self);
  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabSceneNode *node = g_ptr_array_index (self->nodes, i);
      double cost = effort (node->x - from->x, node->y - from->y, direction);

      if (node != from && cost < least)
        {
          least = cost;
          nearest = node;
        }
    }

  return nearest;
}
