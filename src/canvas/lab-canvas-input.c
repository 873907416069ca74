/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strokes of the pointer: which tool has them, what lies under the pointer, scrolling at the edge.
 * The gestures that feed this are in lab-canvas-gestures.c. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-canvas-input-private.h"
#include "lab-canvas-private.h"

/* Within this many pixels of the edge a drag scrolls; the nearer the faster, in pixels a second. */
#define EDGE_PIXELS 28.0
#define EDGE_SPEED  900.0

LabHit
lab_canvas_hit (LabCanvas *self, double x, double y)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabPoint at = lab_viewport_to_world (viewport, x, y);

  return lab_scene_hit (lab_stage_get_scene (self->stage), at.x, at.y, viewport->zoom);
}

static LabToolEvent
make_event (LabCanvas *self, double x, double y)
{
  LabPoint at = lab_viewport_to_world (lab_stage_get_viewport (self->stage), x, y);

  return (LabToolEvent){
    .x = at.x,
    .y = at.y,
    .view_x = x,
    .view_y = y,
    .state = self->state,
    .button = self->button,
    .n_press = 1,
    .moved = self->moved,
  };
}

LabTool *
lab_canvas_get_chosen_tool (LabCanvas *self)
{
  switch (self->tool)
    {
    case LAB_CANVAS_TOOL_LINK:
      return self->link;
    case LAB_CANVAS_TOOL_TEXT:
    case LAB_CANVAS_TOOL_RECTANGLE:
    case LAB_CANVAS_TOOL_ELLIPSE:
    case LAB_CANVAS_TOOL_LINE:
      return self->draw;
    case LAB_CANVAS_TOOL_SELECT:
    default:
      return NULL;
    }
}

static LabTool *
tool_for_hit (LabCanvas *self, const LabHit *hit)
{
  switch (hit->kind)
    {
    case LAB_HIT_NODE_LABEL:
    case LAB_HIT_PORT_LABEL:
      return self->label;
    case LAB_HIT_HANDLE:
    case LAB_HIT_LINK_END:
      return self->link;
    case LAB_HIT_DRAWING_HANDLE:
      return self->resize;
    case LAB_HIT_LINK:
      return self->bend;
    case LAB_HIT_NODE:
    case LAB_HIT_LINK_LABEL:
    case LAB_HIT_DRAWING:
      return self->select;
    case LAB_HIT_NOTHING:
    default:
      return self->rubber;
    }
}

/* The keyboard goes where the pointer went. */
static void
focus_hit (LabCanvas *self, const LabHit *hit)
{
  LabSceneNode *node = lab_scene_item_node (hit->item);

  if (node != NULL)
    lab_canvas_focus_node (self, node->item.object);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
begin_pan (LabCanvas *self)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);

  self->stroke = LAB_STROKE_PAN;
  self->pan_from = (LabPoint){ viewport->x, viewport->y };
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

/* A cable's end is picked up by a drag; a click on it selects the cable. */
static void
select_link_of_end (LabCanvas *self, const LabHit *hit)
{
  LabSelection *selection = lab_stage_get_selection (self->stage);

  if (hit->kind != LAB_HIT_LINK_END)
    return;
  if ((self->state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    lab_selection_toggle (selection, hit->item->object);
  else
    lab_selection_set_single (selection, hit->item->object);
}

void
lab_canvas_begin_stroke (LabCanvas *self, guint button, double x, double y, guint n_press)
{
  LabHit hit = lab_canvas_hit (self, x, y);
  LabToolEvent event;

  lab_canvas_cancel_stroke (self);
  self->button = button;
  self->moved = FALSE;
  self->pressed = self->pointer = (LabPoint){ x, y };
  if (button == GDK_BUTTON_MIDDLE || (button == GDK_BUTTON_PRIMARY && self->space_held))
    {
      self->space_used = TRUE;
      begin_pan (self);
      return;
    }
  if (button != GDK_BUTTON_PRIMARY)
    return;
  lab_canvas_close_editor (self);
  focus_hit (self, &hit);
  event = make_event (self, x, y);
  event.n_press = n_press;
  event.hit = hit;
  self->current = lab_canvas_get_chosen_tool (self);
  if (self->current == NULL)
    {
      select_link_of_end (self, &hit);
      self->current = tool_for_hit (self, &hit);
    }
  if (lab_tool_begin (self->current, &event))
    self->stroke = LAB_STROKE_TOOL;
  else
    self->current = NULL;
}

static double
edge_push (double at, double length)
{
  if (at < EDGE_PIXELS)
    return (at - EDGE_PIXELS) / EDGE_PIXELS;
  if (at > length - EDGE_PIXELS)
    return (at - (length - EDGE_PIXELS)) / EDGE_PIXELS;

  return 0;
}

static gboolean
autoscroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LabCanvas *self = LAB_CANVAS (widget);
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  double dx = CLAMP (edge_push (self->pointer.x, viewport->width), -1, 1);
  double dy = CLAMP (edge_push (self->pointer.y, viewport->height), -1, 1);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double pixels = EDGE_SPEED * MIN (now - self->autoscroll_time, 100000) / G_USEC_PER_SEC;

  self->autoscroll_time = now;
  if ((dx == 0 && dy == 0) || self->stroke != LAB_STROKE_TOOL)
    {
      self->autoscroll = 0;
      return G_SOURCE_REMOVE;
    }
  lab_canvas_pan_to (self, viewport->x + dx * pixels / viewport->zoom,
                     viewport->y + dy * pixels / viewport->zoom);
  lab_canvas_move_stroke (self, self->pointer.x, self->pointer.y);

  return G_SOURCE_CONTINUE;
}

static void
start_autoscroll (LabCanvas *self)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->autoscroll != 0 || clock == NULL ||
      (edge_push (self->pointer.x, viewport->width) == 0 &&
       edge_push (self->pointer.y, viewport->height) == 0))
    return;
  self->autoscroll_time = gdk_frame_clock_get_frame_time (clock);
  self->autoscroll = gtk_widget_add_tick_callback (GTK_WIDGET (self), autoscroll_cb, NULL, NULL);
}

void
lab_canvas_move_stroke (LabCanvas *self, double x, double y)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabToolEvent event;

  self->pointer = (LabPoint){ x, y };
  if (!self->moved)
    self->moved = gtk_drag_check_threshold (GTK_WIDGET (self), (int) self->pressed.x,
                                            (int) self->pressed.y, (int) x, (int) y);
  if (self->stroke == LAB_STROKE_PAN)
    lab_canvas_pan_to (self, self->pan_from.x - (x - self->pressed.x) / viewport->zoom,
                       self->pan_from.y - (y - self->pressed.y) / viewport->zoom);
  if (self->stroke != LAB_STROKE_TOOL)
    return;
  event = make_event (self, x, y);
  lab_tool_motion (self->current, &event);
  if (self->moved)
    start_autoscroll (self);
}

static void
finish_stroke (LabCanvas *self)
{
  self->stroke = LAB_STROKE_NONE;
  self->current = NULL;
  self->button = 0;
  if (self->autoscroll != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->autoscroll);
  self->autoscroll = 0;
  lab_canvas_queue_update (self, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  lab_canvas_update_hover (self);
}

void
lab_canvas_end_stroke (LabCanvas *self, double x, double y)
{
  LabToolEvent event;

  if (self->stroke == LAB_STROKE_NONE)
    return;
  self->pointer = (LabPoint){ x, y };
  event = make_event (self, x, y);
  if (self->stroke == LAB_STROKE_TOOL)
    lab_tool_end (self->current, &event);
  finish_stroke (self);
}

void
lab_canvas_cancel_stroke (LabCanvas *self)
{
  if (self->stroke == LAB_STROKE_NONE)
    return;
  if (self->stroke == LAB_STROKE_TOOL)
    lab_tool_cancel (self->current);
  finish_stroke (self);
}

static void
set_hovered (LabCanvas *self, LabSceneItem *item)
{
  LabScene *scene = lab_stage_get_scene (self->stage);
  LabSceneItem *before = lab_scene_find (scene, self->hovered);

  if (before == item)
    return;
  if (before != NULL)
    lab_scene_set_flag (scene, before, LAB_SCENE_HOVERED, FALSE);
  if (item != NULL)
    lab_scene_set_flag (scene, item, LAB_SCENE_HOVERED, TRUE);
  g_set_object (&self->hovered, item != NULL ? item->object : NULL);
}

static void
update_cursor (LabCanvas *self, const LabHit *hit)
{
  LabTool *chosen = lab_canvas_get_chosen_tool (self);
  const char *name = lab_tool_get_cursor (chosen != NULL ? chosen : self->select, hit);

  if (self->space_held)
    name = "grab";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

void
lab_canvas_update_hover (LabCanvas *self)
{
  LabHit hit = lab_canvas_hit (self, self->pointer.x, self->pointer.y);
  LabTool *chosen = lab_canvas_get_chosen_tool (self);
  LabToolEvent event = make_event (self, self->pointer.x, self->pointer.y);

  if (self->stroke != LAB_STROKE_NONE)
    return;
  set_hovered (self, hit.item);
  update_cursor (self, &hit);
  event.hit = hit;
  if (chosen != NULL)
    lab_tool_hover (chosen, &event);
}

void
lab_canvas_leave (LabCanvas *self)
{
  if (self->stroke == LAB_STROKE_NONE)
    set_hovered (self, NULL);
}

static void
tool_wanted_cb (LabCanvas *self, guint tool)
{
  lab_canvas_set_tool (self, tool);
}

void
lab_canvas_init_input (LabCanvas *self)
{
  self->select = lab_tool_select_new (self->stage);
  self->rubber = lab_tool_rubber_new (self->stage);
  self->label = lab_tool_label_new (self->stage);
  self->link = lab_tool_link_new (self->stage);
  self->bend = lab_tool_bend_new (self->stage);
  self->resize = lab_tool_resize_new (self->stage);
  g_signal_connect_object (self->stage, "tool-wanted", G_CALLBACK (tool_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  lab_canvas_init_gestures (self);
}

void
lab_canvas_dispose_input (LabCanvas *self)
{
  if (self->autoscroll != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->autoscroll);
  self->autoscroll = 0;
  self->current = NULL;
  g_clear_object (&self->select);
  g_clear_object (&self->rubber);
  g_clear_object (&self->label);
  g_clear_object (&self->link);
  g_clear_object (&self->bend);
  g_clear_object (&self->resize);
  g_clear_object (&self->draw);
  g_clear_object (&self->hovered);
}

LabCanvasTool
lab_canvas_get_tool (LabCanvas *self)
{
  g_return_val_if_fail (LAB_IS_CANVAS (self), LAB_CANVAS_TOOL_SELECT);

  return self->tool;
}

/* A tool that is put away, or taken anew, begins from nothing. */
void
lab_canvas_set_tool (LabCanvas *self, LabCanvasTool tool)
{
  LabTool *before;

  g_return_if_fail (LAB_IS_CANVAS (self));
  g_return_if_fail (tool <= LAB_CANVAS_TOOL_LINE);

  if (tool == self->tool)
    return;
  before = lab_canvas_get_chosen_tool (self);
  if (self->stroke == LAB_STROKE_TOOL && self->current == before)
    lab_canvas_cancel_stroke (self);
  else if (before != NULL)
    lab_tool_cancel (before);
  self->tool = tool;
  g_clear_object (&self->draw);
  if (tool >= LAB_CANVAS_TOOL_TEXT)
    self->draw = lab_tool_draw_new (self->stage, tool);
  lab_canvas_update_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "tool");
}

void
lab_canvas_begin_link (LabCanvas *self, LabNode *node, const char *port)
{
  g_return_if_fail (LAB_IS_CANVAS (self));
  g_return_if_fail (LAB_IS_NODE (node));

  lab_canvas_set_tool (self, LAB_CANVAS_TOOL_LINK);
  lab_tool_link_start (self->link, node, port);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
