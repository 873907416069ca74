/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of devices, out of the way of their own cables.
 *
 * A name stands below its device. If a cable leaves there, it stands above, else to the right, else
 * to the left: the first side that is clear, but the side it has if that is clear, so that it does
 * not jump. With cables on all sides it is below again. Where the user has put it, it stays. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-scene-private.h"

#define GAP        4.0
#define GAP_BESIDE 9.0 /* a line of text has room above and below it, but none at its ends */
#define AROUND     3.0 /* how near a cable may pass */

typedef enum
{
  BELOW,
  ABOVE,
  RIGHT,
  LEFT,
  N_SIDES,
} Side;

static LabBox
box_at (const LabSceneNode *node, guint side)
{
  double half_width = (node->label.x1 - node->label.x0) / 2;
  double half_height = (node->label.y1 - node->label.y0) / 2;
  double x = node->half_width + GAP_BESIDE + half_width;
  double y = node->half_height + GAP + half_height;

  switch (side)
    {
    case ABOVE:
      return lab_box_around (node->x, node->y - y, half_width, half_height);
    case RIGHT:
      return lab_box_around (node->x + x, node->y, half_width, half_height);
    case LEFT:
      return lab_box_around (node->x - x, node->y, half_width, half_height);
    case BELOW:
    default:
      return lab_box_around (node->x, node->y + y, half_width, half_height);
    }
}

static gboolean
is_clear (const LabSceneNode *node, guint side)
{
  LabBox box = lab_box_grow (box_at (node, side), AROUND);

  for (guint i = 0; i < node->links->len; i++)
    {
      LabSceneLink *link = g_ptr_array_index (node->links, i);

      if (link->geometry.n_points > 0 && lab_link_geometry_meets (&link->geometry, &box))
        return FALSE;
    }

  return TRUE;
}

static guint
choose_side (const LabSceneNode *node)
{
  if (is_clear (node, node->label_side))
    return node->label_side;
  for (guint side = 0; side < N_SIDES; side++)
    if (is_clear (node, side))
      return side;

  return BELOW;
}

static void
place_name (LabSceneNode *node)
{
  LabBox before = node->label;
  double x;
  double y;

  if (node->placing || lab_node_get_label_offset (node->item.object, &x, &y))
    return;
  node->placing = TRUE;
  node->label_side = choose_side (node);
  node->label = box_at (node, node->label_side);
  if (before.x0 == node->label.x0 && before.y0 == node->label.y0)
    return;
  lab_scene_bound_node (node);
  lab_scene_touch (&node->item);
}

void
lab_scene_place_names (LabScene *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    ((LabSceneNode *) g_ptr_array_index (self->nodes, i))->placing = FALSE;
  for (guint i = 0; i < self->stale->len; i++)
    {
      LabSceneItem *item = g_ptr_array_index (self->stale, i);
      LabSceneLink *link = lab_scene_item_link (item);
      LabSceneNode *node = lab_scene_item_node (item);

      if (node != NULL)
        place_name (node);
      for (guint end = 0; link != NULL && end < 2; end++)
        if (link->ends[end] != NULL)
          place_name (link->ends[end]);
    }
}
