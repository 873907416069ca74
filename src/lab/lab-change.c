/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The smallest steps of which edits are made, done and undone.
 *
 * Undoing runs the changes of an edit backwards; each finds the document exactly as it left it. So
 * a position noted when an item went is right when it comes back, and the file's text comes back to
 * the byte. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include "lab-change-private.h"
#include "lab-check-private.h"
#include "lab-drawing-private.h"
#include "lab-link-private.h"
#include "lab-node-private.h"
#include "lab-topology-private.h"

JsonObject *
lab_item_peek_json (gpointer item)
{
  if (LAB_IS_NODE (item))
    return lab_node_peek_json (item);
  if (LAB_IS_LINK (item))
    return lab_link_peek_json (item);
  if (LAB_IS_DRAWING (item))
    return lab_drawing_peek_json (item);
  if (LAB_IS_CHECK (item))
    return lab_check_peek_json (item);

  return lab_topology_peek_head (item);
}

static void
set_json (gpointer item, JsonObject *json)
{
  if (LAB_IS_NODE (item))
    lab_node_set_json (item, json);
  else if (LAB_IS_LINK (item))
    lab_link_set_json (item, json);
  else if (LAB_IS_DRAWING (item))
    lab_drawing_set_json (item, json);
  else
    lab_topology_set_head (item, json);
}

static LabChange *
new_change (LabChangeKind kind, gpointer item)
{
  LabChange *self = g_new0 (LabChange, 1);

  self->kind = kind;
  self->item = g_object_ref (item);

  return self;
}

LabChange *
lab_change_new_insert (gpointer item, JsonObject *before)
{
  LabChange *self = new_change (LAB_CHANGE_INSERT, item);

  self->position = G_MAXUINT;
  self->before = before != NULL ? json_object_ref (before) : NULL;

  return self;
}

LabChange *
lab_change_new_remove (gpointer item)
{
  return new_change (LAB_CHANGE_REMOVE, item);
}

LabChange *
lab_change_new_json (gpointer item, JsonObject *after)
{
  LabChange *self = new_change (LAB_CHANGE_JSON, item);

  self->before = json_object_ref (lab_item_peek_json (item));
  self->after = json_object_ref (after);

  return self;
}

LabChange *
lab_change_new_move (LabNode *node, double x, double y)
{
  LabChange *self = new_change (LAB_CHANGE_MOVE, node);

  self->from[0] = lab_node_get_x (node);
  self->from[1] = lab_node_get_y (node);
  self->to[0] = x;
  self->to[1] = y;

  return self;
}

LabChange *
lab_change_new_rename (LabNode *node, const char *name)
{
  LabChange *self = new_change (LAB_CHANGE_RENAME, node);

  self->old_name = g_strdup (lab_node_get_name (node));
  self->new_name = g_strdup (name);

  return self;
}

void
lab_change_free (LabChange *self)
{
  g_clear_object (&self->item);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->after, json_object_unref);
  g_free (self->old_name);
  g_free (self->new_name);
  g_free (self);
}

void
lab_change_do (LabChange *self, LabTopology *topology)
{
  switch (self->kind)
    {
    case LAB_CHANGE_INSERT:
      lab_topology_insert (topology, self->item, self->position);
      break;
    case LAB_CHANGE_REMOVE:
      self->position = lab_topology_remove (topology, self->item);
      break;
    case LAB_CHANGE_JSON:
      set_json (self->item, self->after);
      break;
    case LAB_CHANGE_MOVE:
      lab_node_set_position (LAB_NODE (self->item), self->to[0], self->to[1]);
      break;
    case LAB_CHANGE_RENAME:
      lab_topology_rename (topology, LAB_NODE (self->item), self->new_name);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
lab_change_undo (LabChange *self, LabTopology *topology)
{
  switch (self->kind)
    {
    case LAB_CHANGE_INSERT:
      self->position = lab_topology_remove (topology, self->item);
      break;
    case LAB_CHANGE_REMOVE:
      lab_topology_insert (topology, self->item, self->position);
      break;
    case LAB_CHANGE_JSON:
      set_json (self->item, self->before);
      break;
    case LAB_CHANGE_MOVE:
      lab_node_set_position (LAB_NODE (self->item), self->from[0], self->from[1]);
      break;
    case LAB_CHANGE_RENAME:
      lab_topology_rename (topology, LAB_NODE (self->item), self->old_name);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
lab_change_roll_back (LabChange *self, LabTopology *topology)
{
  lab_change_undo (self, topology);
  if (self->kind == LAB_CHANGE_INSERT && self->before != NULL)
    set_json (self->item, self->before);
}

gboolean
lab_change_is_empty (LabChange *self)
{
  return self->kind == LAB_CHANGE_MOVE && self->from[0] == self->to[0] &&
         self->from[1] == self->to[1];
}
