/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moving the name of a device, or an interface label: from then on it keeps its place beside the
 * device. A click without a move selects what it belongs to. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-link-edits.h"
#include "lab-tool.h"

#define LAB_TYPE_TOOL_LABEL (lab_tool_label_get_type ())
G_DECLARE_FINAL_TYPE (LabToolLabel, lab_tool_label, LAB, TOOL_LABEL, GObject)

struct _LabToolLabel
{
  GObject parent_instance;

  LabStage *stage;

  GObject *object; /* (nullable): node or link; owned */
  guint end;
  LabPoint grip; /* from the pointer to the label's centre */
  gboolean moving;
};

static void lab_tool_label_tool_init (LabToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LabToolLabel,
                               lab_tool_label,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LAB_TYPE_TOOL, lab_tool_label_tool_init))

static void
lab_tool_label_finalize (GObject *object)
{
  g_clear_object (&LAB_TOOL_LABEL (object)->object);

  G_OBJECT_CLASS (lab_tool_label_parent_class)->finalize (object);
}

static void
lab_tool_label_class_init (LabToolLabelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_tool_label_finalize;
}

static void
lab_tool_label_init (LabToolLabel *self)
{
}

static gboolean
lab_tool_label_begin (LabTool *tool, const LabToolEvent *event)
{
  LabToolLabel *self = LAB_TOOL_LABEL (tool);
  LabSelection *selection = lab_stage_get_selection (self->stage);
  const LabBox *box;

  if (event->hit.kind == LAB_HIT_NODE_LABEL)
    box = &lab_scene_item_node (event->hit.item)->label;
  else if (event->hit.kind == LAB_HIT_PORT_LABEL)
    box = &lab_scene_item_link (event->hit.item)->port_label[event->hit.part];
  else
    return FALSE;
  g_set_object (&self->object, event->hit.item->object);
  self->end = event->hit.part;
  self->moving = FALSE;
  self->grip.x = (box->x0 + box->x1) / 2 - event->x;
  self->grip.y = (box->y0 + box->y1) / 2 - event->y;
  if ((event->state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    lab_selection_toggle (selection, self->object);
  else if (!lab_selection_contains (selection, self->object))
    lab_selection_set_single (selection, self->object);

  return TRUE;
}

static JsonNode *
new_offset (double x, double y)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "x", (gint64) round (x));
  json_object_set_int_member (object, "y", (gint64) round (y));
  json_node_take_object (node, object);

  return node;
}

static void
move_to (LabToolLabel *self, LabSceneItem *item, double x, double y)
{
  LabSceneNode *node = lab_scene_item_node (item);
  LabSceneLink *link = lab_scene_item_link (item);

  if (node != NULL)
    {
      g_autoptr (JsonNode) offset = new_offset (x - node->x, y - node->y);

      lab_stage_apply (self->stage,
                       lab_edit_new_set_node (lab_node_get_name (item->object), "label", offset));
    }
  else if (link != NULL && link->ends[self->end] != NULL)
    lab_stage_apply (self->stage, lab_link_edit_port_label (item->object, self->end,
                                                            round (x - link->ends[self->end]->x),
                                                            round (y - link->ends[self->end]->y)));
}

static void
lab_tool_label_motion (LabTool *tool, const LabToolEvent *event)
{
  LabToolLabel *self = LAB_TOOL_LABEL (tool);
  LabHistory *history = lab_stage_get_history (self->stage);
  LabSceneItem *item = lab_scene_find (lab_stage_get_scene (self->stage), self->object);

  if (item == NULL || !event->moved)
    return;
  /* Begun anew each time, so that a long way is one change. */
  if (self->moving)
    lab_history_cancel_group (history);
  self->moving = TRUE;
  lab_history_begin_group (history, _ ("Move label"));
  move_to (self, item, event->x + self->grip.x, event->y + self->grip.y);
}

static void
lab_tool_label_end (LabTool *tool, const LabToolEvent *event)
{
  LabToolLabel *self = LAB_TOOL_LABEL (tool);

  if (self->moving)
    lab_history_end_group (lab_stage_get_history (self->stage));
  self->moving = FALSE;
  g_clear_object (&self->object);
}

static void
lab_tool_label_cancel (LabTool *tool)
{
  LabToolLabel *self = LAB_TOOL_LABEL (tool);

  if (self->moving)
    lab_history_cancel_group (lab_stage_get_history (self->stage));
  self->moving = FALSE;
  g_clear_object (&self->object);
}

static void
lab_tool_label_tool_init (LabToolInterface *iface)
{
  iface->begin = lab_tool_label_begin;
  iface->motion = lab_tool_label_motion;
  iface->end = lab_tool_label_end;
  iface->cancel = lab_tool_label_cancel;
}

LabTool *
lab_tool_label_new (LabStage *stage)
{
  LabToolLabel *self = g_object_new (LAB_TYPE_TOOL_LABEL, NULL);

  self->stage = stage;

  return LAB_TOOL (self);
}
