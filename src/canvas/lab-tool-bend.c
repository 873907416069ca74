/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A link, pressed: a click selects it, a drag bends it.
 *
 * The bend is set anew with every motion, within one step of the history, so that what is seen is
 * what will stand there. Near its straight way a link falls back into it. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-tool.h"

/* Within so many pixels a link is straight. */
#define STRAIGHT 7.0

#define LAB_TYPE_TOOL_BEND (lab_tool_bend_get_type ())
G_DECLARE_FINAL_TYPE (LabToolBend, lab_tool_bend, LAB, TOOL_BEND, GObject)

struct _LabToolBend
{
  GObject parent_instance;

  LabStage *stage;

  LabLink *link; /* (nullable), owned */
  gboolean was_selected;
  GdkModifierType state;
  gboolean bending;
};

static void lab_tool_bend_tool_init (LabToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LabToolBend,
                               lab_tool_bend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LAB_TYPE_TOOL, lab_tool_bend_tool_init))

static void
lab_tool_bend_dispose (GObject *object)
{
  g_clear_object (&LAB_TOOL_BEND (object)->link);

  G_OBJECT_CLASS (lab_tool_bend_parent_class)->dispose (object);
}

static void
lab_tool_bend_class_init (LabToolBendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_tool_bend_dispose;
}

static void
lab_tool_bend_init (LabToolBend *self)
{
}

static gboolean
adds (GdkModifierType state)
{
  return (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
}

static gboolean
lab_tool_bend_begin (LabTool *tool, const LabToolEvent *event)
{
  LabToolBend *self = LAB_TOOL_BEND (tool);
  LabSelection *selection = lab_stage_get_selection (self->stage);
  LabSceneLink *link = lab_scene_item_link (event->hit.item);

  if (link == NULL)
    return FALSE;
  g_set_object (&self->link, link->item.object);
  self->state = event->state;
  self->bending = FALSE;
  self->was_selected = lab_selection_contains (selection, self->link);
  if (self->was_selected)
    return TRUE;
  if (adds (event->state))
    lab_selection_add (selection, self->link);
  else
    lab_selection_set_single (selection, self->link);

  return TRUE;
}

static LabSceneLink *
record_of (LabToolBend *self)
{
  if (self->link == NULL)
    return NULL;

  return lab_scene_item_link (lab_scene_find (lab_stage_get_scene (self->stage), self->link));
}

static void
bend_to (LabToolBend *self, LabSceneLink *link, double x, double y)
{
  double bend = round (lab_link_geometry_find_bend (&link->place, x, y));
  double zoom = lab_stage_get_viewport (self->stage)->zoom;
  g_autoptr (JsonNode) value = NULL;

  if (fabs (bend) * zoom > STRAIGHT)
    value = json_node_init_int (json_node_alloc (), (gint64) bend);
  lab_stage_apply (self->stage,
                   lab_edit_new_set_link (lab_link_get_node_name (self->link, 0),
                                          lab_link_get_port_name (self->link, 0), "bend", value));
}

static void
lab_tool_bend_motion (LabTool *tool, const LabToolEvent *event)
{
  LabToolBend *self = LAB_TOOL_BEND (tool);
  LabHistory *history = lab_stage_get_history (self->stage);
  LabSceneLink *link = record_of (self);

  if (link == NULL || !event->moved)
    return;
  /* Begun anew each time, so that a long way is one change. */
  if (self->bending)
    lab_history_cancel_group (history);
  self->bending = TRUE;
  lab_history_begin_group (history, _ ("Bend link"));
  bend_to (self, link, event->x, event->y);
}

static void
lab_tool_bend_end (LabTool *tool, const LabToolEvent *event)
{
  LabToolBend *self = LAB_TOOL_BEND (tool);
  LabSelection *selection = lab_stage_get_selection (self->stage);

  if (self->bending)
    lab_history_end_group (lab_stage_get_history (self->stage));
  else if (self->was_selected && record_of (self) != NULL)
    {
      if (adds (self->state))
        lab_selection_remove (selection, self->link);
      else
        lab_selection_set_single (selection, self->link);
    }
  self->bending = FALSE;
  g_clear_object (&self->link);
}

static void
lab_tool_bend_cancel (LabTool *tool)
{
  LabToolBend *self = LAB_TOOL_BEND (tool);

  if (self->bending)
    lab_history_cancel_group (lab_stage_get_history (self->stage));
  self->bending = FALSE;
  g_clear_object (&self->link);
}

static void
lab_tool_bend_tool_init (LabToolInterface *iface)
{
  iface->begin = lab_tool_bend_begin;
  iface->motion = lab_tool_bend_motion;
  iface->end = lab_tool_bend_end;
  iface->cancel = lab_tool_bend_cancel;
}

LabTool *
lab_tool_bend_new (LabStage *stage)
{
  LabToolBend *self = g_object_new (LAB_TYPE_TOOL_BEND, NULL);

  /* The stage is the canvas's, and so is the tool. */
  self->stage = stage;

  return LAB_TOOL (self);
}
