/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rubber band: what it touches is selected, as it grows. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-tool.h"

#define LAB_TYPE_TOOL_RUBBER (lab_tool_rubber_get_type ())
G_DECLARE_FINAL_TYPE (LabToolRubber, lab_tool_rubber, LAB, TOOL_RUBBER, GObject)

struct _LabToolRubber
{
  GObject parent_instance;

  LabStage *stage;

  GPtrArray *before; /* (nullable): what was selected and stays so; owned references */
  LabPoint pressed;
  LabBox box;
  gboolean shown;
};

static void lab_tool_rubber_tool_init (LabToolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LabToolRubber,
                               lab_tool_rubber,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LAB_TYPE_TOOL, lab_tool_rubber_tool_init))

static void
lab_tool_rubber_finalize (GObject *object)
{
  g_clear_pointer (&LAB_TOOL_RUBBER (object)->before, g_ptr_array_unref);

  G_OBJECT_CLASS (lab_tool_rubber_parent_class)->finalize (object);
}

static void
lab_tool_rubber_class_init (LabToolRubberClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lab_tool_rubber_finalize;
}

static void
lab_tool_rubber_init (LabToolRubber *self)
{
}

static gboolean
lab_tool_rubber_begin (LabTool *tool, const LabToolEvent *event)
{
  LabToolRubber *self = LAB_TOOL_RUBBER (tool);
  LabSelection *selection = lab_stage_get_selection (self->stage);

  g_clear_pointer (&self->before, g_ptr_array_unref);
  self->before = g_ptr_array_new_with_free_func (g_object_unref);
  self->pressed = (LabPoint){ event->x, event->y };
  self->shown = FALSE;
  if ((event->state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    for (guint i = 0; i < lab_selection_get_size (selection); i++)
      g_ptr_array_add (self->before, g_object_ref (lab_selection_get_item (selection, i)));

  return TRUE;
}

static void
lab_tool_rubber_motion (LabTool *tool, const LabToolEvent *event)
{
  LabToolRubber *self = LAB_TOOL_RUBBER (tool);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) selected = g_ptr_array_new ();

  if (self->before == NULL || !event->moved)
    return;
  self->shown = TRUE;
  self->box = lab_box_from_corners (self->pressed.x, self->pressed.y, event->x, event->y);
  found = lab_scene_get_in_box (lab_stage_get_scene (self->stage), &self->box);
  for (guint i = 0; i < self->before->len; i++)
    g_ptr_array_add (selected, g_ptr_array_index (self->before, i));
  for (guint i = 0; i < found->len; i++)
    {
      gpointer object = ((LabSceneItem *) g_ptr_array_index (found, i))->object;

      if (!g_ptr_array_find (self->before, object, NULL))
        g_ptr_array_add (selected, object);
    }
  lab_selection_set (lab_stage_get_selection (self->stage), selected->pdata, selected->len);
  lab_stage_redraw (self->stage);
}

static void
stop (LabToolRubber *self)
{
  g_clear_pointer (&self->before, g_ptr_array_unref);
  self->shown = FALSE;
  lab_stage_redraw (self->stage);
}

/* A click on the empty plane selects nothing, or leaves all as it is with Shift or Ctrl. */
static void
lab_tool_rubber_end (LabTool *tool, const LabToolEvent *event)
{
  LabToolRubber *self = LAB_TOOL_RUBBER (tool);

  if (self->before != NULL && !self->shown && self->before->len == 0)
    lab_selection_clear (lab_stage_get_selection (self->stage));
  stop (self);
}

static void
lab_tool_rubber_cancel (LabTool *tool)
{
  LabToolRubber *self = LAB_TOOL_RUBBER (tool);

  if (self->before != NULL)
    lab_selection_set (lab_stage_get_selection (self->stage), self->before->pdata,
                       self->before->len);
  stop (self);
}

static GskRenderNode *
lab_tool_rubber_paint (LabTool *tool, const LabPaintContext *context)
{
  LabToolRubber *self = LAB_TOOL_RUBBER (tool);
  GdkRGBA line = *lab_palette_get (context->palette, LAB_COLOUR_ACCENT);
  const float widths[] = { 1, 1, 1, 1 };
  const GdkRGBA colours[] = { line, line, line, line };
  LabNodeList list = { .n = 0 };
  graphene_rect_t rect;
  GskRoundedRect outline;

  if (!self->shown)
    return NULL;
  graphene_rect_init (&rect, (float) lab_paint_snap (context, lab_paint_x (context, self->box.x0)),
                      (float) lab_paint_snap (context, lab_paint_y (context, self->box.y0)),
                      (float) ((self->box.x1 - self->box.x0) * context->zoom),
                      (float) ((self->box.y1 - self->box.y0) * context->zoom));
  gsk_rounded_rect_init_from_rect (&outline, &rect, 0);
  lab_node_list_take (
      &list, gsk_color_node_new (lab_palette_get (context->palette, LAB_COLOUR_HOVER), &rect));
  lab_node_list_take (&list, gsk_border_node_new (&outline, widths, colours));

  return lab_node_list_finish (&list);
}

static void
lab_tool_rubber_tool_init (LabToolInterface *iface)
{
  iface->begin = lab_tool_rubber_begin;
  iface->motion = lab_tool_rubber_motion;
  iface->end = lab_tool_rubber_end;
  iface->cancel = lab_tool_rubber_cancel;
  iface->paint = lab_tool_rubber_paint;
}

LabTool *
lab_tool_rubber_new (LabStage *stage)
{
  LabToolRubber *self = g_object_new (LAB_TYPE_TOOL_RUBBER, NULL);

  self->stage = stage;

  return LAB_TOOL (self);
}
