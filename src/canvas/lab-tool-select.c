/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Selecting and moving.
 *
 * Pressing on something that is not selected selects it at once, so that one stroke takes and moves
 * it. What is selected already stays so while it is pressed, since the stroke may be a move of all
 * of it; only the release of a stroke that did not move makes it the only one.
 *
 * A move is a group of the history: nodes are moved by edits all along, so that links follow and
 * whoever looks at the document sees it; drawings are shown elsewhere and changed at the end, since
 * a change of a large picture is not cheap. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-tool.h"

#define LAB_TYPE_TOOL_SELECT (lab_tool_select_get_type ())
G_DECLARE_FINAL_TYPE (LabToolSelect, lab_tool_select, LAB, TOOL_SELECT, GObject)

struct _LabToolSelect
{
  GObject parent_instance;

  LabStage *stage;

  GObject *grabbed; /* (nullable): what was pressed; owned */
  gboolean was_selected;
  GdkModifierType state;
  LabPoint pressed;

  gboolean moving;
  GPtrArray *items;    /* (nullable): what moves; owned references */
  LabPoint *starts;    /* where each began */
  LabPoint *places;    /* where each is shown */
  LabPoint grabbed_at; /* where what was pressed began */
  LabPoint offset;
};

static void lab_tool_select_tool_init (LabToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LabToolSelect,
                               lab_tool_select,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LAB_TYPE_TOOL, lab_tool_select_tool_init))

static void
forget (LabToolSelect *self)
{
  self->moving = FALSE;
  g_clear_object (&self->grabbed);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->starts, g_free);
  g_clear_pointer (&self->places, g_free);
}

static void
lab_tool_select_finalize (GObject *object)
{
  forget (LAB_TOOL_SELECT (object));

  G_OBJECT_CLASS (lab_tool_select_parent_class)->finalize (object);
}

static void
lab_tool_select_class_init (LabToolSelectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_tool_select_finalize;
}

static void
lab_tool_select_init (LabToolSelect *self)
{
}

static gboolean
adds (GdkModifierType state)
{
  return (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
}

static LabPoint
place_of (gpointer item)
{
  if (LAB_IS_NODE (item))
    return (LabPoint){ lab_node_get_x (item), lab_node_get_y (item) };

  return (LabPoint){ lab_drawing_get_x (item), lab_drawing_get_y (item) };
}

static gboolean
lab_tool_select_begin (LabTool *tool, const LabToolEvent *event)
{
  LabToolSelect *self = LAB_TOOL_SELECT (tool);
  LabSelection *selection = lab_stage_get_selection (self->stage);
  gpointer object;

  if (event->hit.item == NULL)
    return FALSE;
  forget (self);
  object = event->hit.item->object;
  self->grabbed = g_object_ref (object);
  self->was_selected = lab_selection_contains (selection, object);
  self->state = event->state;
  self->pressed = (LabPoint){ event->x, event->y };
  if (self->was_selected)
    return TRUE;
  if (adds (event->state))
    lab_selection_add (selection, object);
  else
    lab_selection_set_single (selection, object);

  return TRUE;
}

static gboolean
is_on_plane (LabToolSelect *self, gpointer item)
{
  return lab_scene_find (lab_stage_get_scene (self->stage), item) != NULL;
}

/* Only if something that was pressed, and may be moved, is moved. */
static gboolean
begin_move (LabToolSelect *self)
{
  LabSelection *selection = lab_stage_get_selection (self->stage);
  g_autoptr (GPtrArray) selected = lab_selection_get_items (selection, G_TYPE_OBJECT);
  g_autoptr (GPtrArray) movable = lab_stage_get_movable (selected);

  if (movable->len == 0 || !g_ptr_array_find (movable, self->grabbed, NULL))
    return FALSE;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->starts = g_new (LabPoint, movable->len);
  self->places = g_new (LabPoint, movable->len);
  for (guint i = 0; i < movable->len; i++)
    {
      gpointer item = g_ptr_array_index (movable, i);

      self->starts[i] = self->places[i] = place_of (item);
      g_ptr_array_add (self->items, g_object_ref (item));
    }
  self->grabbed_at = place_of (self->grabbed);
  self->offset = (LabPoint){ 0, 0 };
  self->moving = TRUE;
  lab_history_begin_group (lab_stage_get_history (self->stage), NULL);

  return TRUE;
}

/* Nodes by an edit, drawings for the eye. */
static void
show (LabToolSelect *self)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autofree LabPoint *places = g_new (LabPoint, self->items->len);

  for (guint i = 0; i < self->items->len; i++)
    {
      gpointer item = g_ptr_array_index (self->items, i);
      LabSceneDrawing *drawing = lab_scene_item_drawing (lab_scene_find (scene, item));

      self->places[i].x = self->starts[i].x + self->offset.x;
      self->places[i].y = self->starts[i].y + self->offset.y;
      if (drawing != NULL)
        lab_scene_preview_drawing (scene, drawing, self->places[i].x, self->places[i].y,
                                   drawing->width, drawing->height);
      if (!LAB_IS_NODE (item) || !is_on_plane (self, item))
        continue;
      places[nodes->len] = self->places[i];
      g_ptr_array_add (nodes, item);
    }
  if (nodes->len > 0)
    lab_stage_apply (self->stage, lab_stage_move_edit (nodes, places));
}

static void
lab_tool_select_motion (LabTool *tool, const LabToolEvent *event)
{
  LabToolSelect *self = LAB_TOOL_SELECT (tool);
  LabPoint at;

  if (self->grabbed == NULL || !event->moved)
    return;
  if (!self->moving && !begin_move (self))
    {
      g_clear_object (&self->grabbed);
      return;
    }
  at = lab_stage_snap (self->stage, self->grabbed_at.x + event->x - self->pressed.x,
                       self->grabbed_at.y + event->y - self->pressed.y, event->state);
  at.x -= self->grabbed_at.x;
  at.y -= self->grabbed_at.y;
  if (at.x == self->offset.x && at.y == self->offset.y)
    return;
  self->offset = at;
  show (self);
}

static void
end_move (LabToolSelect *self)
{
  g_autoptr (GPtrArray) drawings = g_ptr_array_new ();
  g_autofree LabPoint *places = g_new (LabPoint, self->items->len);

  for (guint i = 0; i < self->items->len; i++)
    {
      gpointer item = g_ptr_array_index (self->items, i);

      if (!LAB_IS_DRAWING (item) || !is_on_plane (self, item))
        continue;
      places[drawings->len] = self->places[i];
      g_ptr_array_add (drawings, item);
    }
  if (drawings->len > 0 && (self->offset.x != 0 || self->offset.y != 0))
    lab_stage_apply (self->stage, lab_stage_move_edit (drawings, places));
  lab_history_end_group (lab_stage_get_history (self->stage));
  lab_scene_end_preview (lab_stage_get_scene (self->stage));
}

static void
lab_tool_select_end (LabTool *tool, const LabToolEvent *event)
{
  LabToolSelect *self = LAB_TOOL_SELECT (tool);
  LabSelection *selection = lab_stage_get_selection (self->stage);

  if (self->moving)
    end_move (self);
  else if (self->grabbed != NULL && self->was_selected && !event->moved)
    {
      if (adds (self->state))
        lab_selection_remove (selection, self->grabbed);
      else
        lab_selection_set_single (selection, self->grabbed);
    }
  forget (self);
}

static void
lab_tool_select_cancel (LabTool *tool)
{
  LabToolSelect *self = LAB_TOOL_SELECT (tool);

  if (self->moving)
    {
      lab_history_cancel_group (lab_stage_get_history (self->stage));
      lab_scene_end_preview (lab_stage_get_scene (self->stage));
    }
  forget (self);
}

static const char *
lab_tool_select_get_cursor (LabTool *tool, const LabHit *hit)
{
  switch (hit->kind)
    {
    case LAB_HIT_HANDLE:
    case LAB_HIT_LINK_END:
      return "crosshair";
    case LAB_HIT_NODE_LABEL:
    case LAB_HIT_PORT_LABEL:
      return "grab";
    case LAB_HIT_NODE:
    case LAB_HIT_LINK:
    case LAB_HIT_LINK_LABEL:
    case LAB_HIT_DRAWING:
      return "pointer";
    case LAB_HIT_DRAWING_HANDLE:
    case LAB_HIT_NOTHING:
    default:
      return NULL;
    }
}

static void
lab_tool_select_tool_init (LabToolInterface *iface)
{
  iface->begin = lab_tool_select_begin;
  iface->motion = lab_tool_select_motion;
  iface->end = lab_tool_select_end;
  iface->cancel = lab_tool_select_cancel;
  iface->get_cursor = lab_tool_select_get_cursor;
}

LabTool *
lab_tool_select_new (LabStage *stage)
{
  LabToolSelect *self = g_object_new (LAB_TYPE_TOOL_SELECT, NULL);

  /* The stage's owner holds the tools: a reference would be a circle. */
  self->stage = stage;

  return LAB_TOOL (self);
}
