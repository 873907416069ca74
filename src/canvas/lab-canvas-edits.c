/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Actions on what is selected, as edits. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-canvas-edits.h"
#include "lab-link-edits.h"
#include "lab-look.h"
#include "lab-stage.h"

#define MAX_LAYER 1000

/* Those of @type, in the order of @items. */
static GPtrArray *
pick (GPtrArray *items, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    if (G_TYPE_CHECK_INSTANCE_TYPE (g_ptr_array_index (items, i), type))
      g_ptr_array_add (found, g_ptr_array_index (items, i));

  return found;
}

/* One edit of many; @label: (transfer full). */
static LabEdit *
group (GPtrArray *edits, char *label)
{
  g_autofree char *owned = label;

  if (edits->len == 0)
    return NULL;

  return lab_edit_new_group (owned, edits);
}

/* A link goes with its device: it must not be removed twice. */
static gboolean
goes_with_node (LabLink *link, GPtrArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    if (lab_link_touches (link, lab_node_get_name (g_ptr_array_index (nodes, i)), NULL))
      return TRUE;

  return FALSE;
}

static char *
delete_label (GPtrArray *items)
{
  gpointer only = items->len == 1 ? g_ptr_array_index (items, 0) : NULL;

  if (LAB_IS_NODE (only))
    return g_strdup_printf (_ ("Delete %s"), lab_node_get_name (only));
  if (LAB_IS_LINK (only))
    return g_strdup (_ ("Delete link"));
  if (LAB_IS_DRAWING (only))
    return g_strdup (_ ("Delete drawing"));

  return g_strdup_printf (ngettext ("Delete %u item", "Delete %u items", items->len), items->len);
}

LabEdit *
lab_canvas_edit_delete (LabTopology *topology, GPtrArray *items)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) nodes = pick (items, LAB_TYPE_NODE);
  g_autoptr (GPtrArray) links = pick (items, LAB_TYPE_LINK);
  g_autoptr (GPtrArray) drawings = pick (items, LAB_TYPE_DRAWING);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < links->len; i++)
    {
      LabLink *link = g_ptr_array_index (links, i);

      if (!goes_with_node (link, nodes))
        g_ptr_array_add (edits, lab_edit_new_remove_link (lab_link_get_node_name (link, 0),
                                                          lab_link_get_port_name (link, 0)));
    }
  for (guint i = 0; i < drawings->len; i++)
    g_ptr_array_add (
        edits, lab_edit_new_remove_drawing (lab_drawing_get_id (g_ptr_array_index (drawings, i))));
  for (guint i = 0; i < nodes->len; i++)
    g_strv_builder_add (names, lab_node_get_name (g_ptr_array_index (nodes, i)));
  list = g_strv_builder_end (names);
  if (nodes->len > 0)
    g_ptr_array_add (edits, lab_edit_new_remove_nodes ((const char *const *) list));

  return group (edits, delete_label (items));
}

static LabBox
body_of (LabSceneItem *item)
{
  LabSceneNode *node = lab_scene_item_node (item);
  LabSceneDrawing *drawing = lab_scene_item_drawing (item);

  if (node != NULL)
    return lab_box_around (node->x, node->y, node->half_width, node->half_height);

  return lab_box_from_corners (drawing->x, drawing->y, drawing->x + drawing->width,
                               drawing->y + drawing->height);
}

/* Devices are lined up by their middles, whatever the size of their symbols; so their boxes count
 * as points while only devices are arranged. */
static LabBox
arranged_box (LabSceneItem *item, gboolean only_nodes)
{
  LabSceneNode *node = lab_scene_item_node (item);

  if (only_nodes && node != NULL)
    return lab_box_around (node->x, node->y, 0, 0);

  return body_of (item);
}

LabEdit *
lab_canvas_edit_arrange (LabScene *scene, GPtrArray *items, LabArrange how)
{
  g_autoptr (GPtrArray) movable = lab_stage_get_movable (items);
  g_autoptr (GPtrArray) nodes = pick (movable, LAB_TYPE_NODE);
  g_autofree LabBox *boxes = g_new (LabBox, movable->len + 1);
  g_autofree LabPoint *steps = g_new (LabPoint, movable->len + 1);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  LabEdit *move;

  if (movable->len < lab_arrange_get_least (how))
    return NULL;
  for (guint i = 0; i < movable->len; i++)
    boxes[i] = arranged_box (lab_scene_find (scene, g_ptr_array_index (movable, i)),
                             nodes->len == movable->len);
  lab_arrange (how, boxes, movable->len, steps);
  for (guint i = 0; i < movable->len; i++)
    {
      gpointer item = g_ptr_array_index (movable, i);
      gboolean is_node = LAB_IS_NODE (item);

      steps[i].x += is_node ? lab_node_get_x (item) : lab_drawing_get_x (item);
      steps[i].y += is_node ? lab_node_get_y (item) : lab_drawing_get_y (item);
    }
  move = lab_stage_move_edit (movable, steps);
  g_ptr_array_add (edits, move);

  return group (edits,
                g_strdup (how >= LAB_ARRANGE_SPREAD_ACROSS ? _ ("Distribute") : _ ("Align")));
}

static LabEdit *
set_member (gpointer item, const char *key, JsonNode *value)
{
  if (LAB_IS_NODE (item))
    return lab_edit_new_set_node (lab_node_get_name (item), key, value);

  return lab_edit_new_set_drawing (lab_drawing_get_id (item), key, value);
}

LabEdit *
lab_canvas_edit_lock (GPtrArray *items, gboolean locked)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) yes = json_node_init_boolean (json_node_alloc (), TRUE);

  for (guint i = 0; i < items->len; i++)
    {
      gpointer item = g_ptr_array_index (items, i);

      if ((LAB_IS_NODE (item) && lab_node_get_locked (item) != locked) ||
          (LAB_IS_DRAWING (item) && lab_drawing_get_locked (item) != locked))
        g_ptr_array_add (edits, set_member (item, "locked", locked ? yes : NULL));
    }

  return group (edits, g_strdup (locked ? _ ("Lock") : _ ("Unlock")));
}

static int
layer_of (gpointer item)
{
  return LAB_IS_NODE (item) ? lab_node_get_layer (item) : lab_drawing_get_layer (item);
}

/* The layer that puts @item where it is wanted among all others. */
static int
wanted_layer (LabScene *scene, gpointer item, LabRaise how)
{
  GPtrArray *lists[] = { lab_scene_get_nodes (scene), lab_scene_get_drawings (scene) };
  int highest = -MAX_LAYER;
  int lowest = MAX_LAYER;

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        gpointer other = ((LabSceneItem *) g_ptr_array_index (lists[i], j))->object;

        if (other == item)
          continue;
        highest = MAX (highest, layer_of (other));
        lowest = MIN (lowest, layer_of (other));
      }
  switch (how)
    {
    case LAB_RAISE_TO_TOP:
      return MAX (layer_of (item), MIN (highest + 1, MAX_LAYER));
    case LAB_LOWER_TO_BOTTOM:
      return MIN (layer_of (item), MAX (lowest - 1, -MAX_LAYER));
    case LAB_RAISE:
      return MIN (layer_of (item) + 1, MAX_LAYER);
    case LAB_LOWER:
    default:
      return MAX (layer_of (item) - 1, -MAX_LAYER);
    }
}

LabEdit *
lab_canvas_edit_raise (LabScene *scene, GPtrArray *items, LabRaise how)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean up = how == LAB_RAISE || how == LAB_RAISE_TO_TOP;

  for (guint i = 0; i < items->len; i++)
    {
      gpointer item = g_ptr_array_index (items, i);
      g_autoptr (JsonNode) value = NULL;
      int layer;

      if (!LAB_IS_NODE (item) && !LAB_IS_DRAWING (item))
        continue;
      layer = wanted_layer (scene, item, how);
      if (layer == layer_of (item))
        continue;
      value = json_node_init_int (json_node_alloc (), layer);
      g_ptr_array_add (edits, set_member (item, "layer", layer != 0 ? value : NULL));
    }

  return group (edits, g_strdup (up ? _ ("Raise") : _ ("Lower")));
}
