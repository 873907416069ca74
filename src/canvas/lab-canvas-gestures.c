/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The event controllers of the canvas. They only translate.
 *
 * A click and a drag gesture share the pointer's buttons: the click counts presses (a double click
 * opens, the secondary button asks for a menu), the drag makes strokes. A pinch takes the stroke
 * back and zooms. Scrolling without Ctrl is left to the scrolled window. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-canvas-input-private.h"
#include "lab-canvas-private.h"

static void
note_state (LabCanvas *self, gpointer controller)
{
  self->state = gtk_event_controller_get_current_event_state (controller);
}

static void
drag_begin_cb (LabCanvas *self, double x, double y, GtkGesture *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  note_state (self, gesture);
  lab_canvas_begin_stroke (self, button, x, y, 1);
  if (self->stroke == LAB_STROKE_NONE)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
}

static void
drag_update_cb (LabCanvas *self, double dx, double dy, GtkGesture *gesture)
{
  note_state (self, gesture);
  lab_canvas_move_stroke (self, self->pressed.x + dx, self->pressed.y + dy);
  /* From here on nobody else may take it for theirs. */
  if (self->moved)
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
drag_end_cb (LabCanvas *self, double dx, double dy, GtkGesture *gesture)
{
  note_state (self, gesture);
  lab_canvas_end_stroke (self, self->pressed.x + dx, self->pressed.y + dy);
}

static void
drag_cancel_cb (LabCanvas *self)
{
  lab_canvas_cancel_stroke (self);
}

static void
open_menu_at (LabCanvas *self, double x, double y)
{
  LabHit hit = lab_canvas_hit (self, x, y);
  LabSelection *selection = lab_stage_get_selection (self->stage);
  GObject *object = hit.item != NULL ? hit.item->object : NULL;

  lab_canvas_cancel_stroke (self);
  if (object == NULL)
    lab_selection_clear (selection);
  else if (!lab_selection_contains (selection, object))
    lab_selection_set_single (selection, object);
  if (LAB_IS_NODE (object))
    lab_canvas_focus_node (self, LAB_NODE (object));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
  lab_canvas_open_menu (self, object, x, y);
}

/* How often in a row, by the times of the events. GTK's own count is by a timer of the main loop:
 * on a busy machine it runs out while the second press waits to be read. */
static void
count_click (LabCanvas *self, guint32 time, guint button, double x, double y)
{
  int most_ms;
  int most_distance;
  gboolean again;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &most_ms,
                "gtk-double-click-distance", &most_distance, NULL);
  again = self->n_clicks > 0 && button == self->clicked_button &&
          time - self->clicked_time <= (guint32) most_ms &&
          fabs (x - self->clicked.x) <= most_distance &&
          fabs (y - self->clicked.y) <= most_distance;
  self->n_clicks = again ? self->n_clicks + 1 : 1;
  self->clicked = (LabPoint){ x, y };
  self->clicked_time = time;
  self->clicked_button = button;
}

static void
click_pressed_cb (LabCanvas *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  note_state (self, gesture);
  if (event != NULL)
    count_click (self, gdk_event_get_time (event),
                 gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)), x, y);
  if (event == NULL || !gdk_event_triggers_context_menu (event))
    return;
  open_menu_at (self, x, y);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* On the release, so that the stroke of the second press is over. */
static void
click_released_cb (LabCanvas *self, int n_press, double x, double y, GtkGesture *gesture)
{
  LabHit hit;

  if (self->n_clicks != 2 || self->tool != LAB_CANVAS_TOOL_SELECT || self->moved ||
      gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) != GDK_BUTTON_PRIMARY)
    return;
  hit = lab_canvas_hit (self, x, y);
  if (hit.item == NULL)
    return;
  lab_canvas_cancel_stroke (self);
  if (hit.kind == LAB_HIT_NODE_LABEL)
    lab_canvas_edit_name (self, hit.item->object);
  else
    lab_canvas_activate_item (self, hit.item->object);
}

static void
long_press_cb (LabCanvas *self, double x, double y, GtkGesture *gesture)
{
  if (self->moved)
    return;
  open_menu_at (self, x, y);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
pinch_begin_cb (LabCanvas *self)
{
  lab_canvas_cancel_stroke (self);
  self->pinch_zoom = lab_canvas_get_zoom (self);
}

static void
pinch_scale_cb (LabCanvas *self, double scale, GtkGesture *gesture)
{
  double x;
  double y;

  if (gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    lab_canvas_zoom_at (self, self->pinch_zoom * scale, x, y);
}

/* Ctrl: a step a click of the wheel, less on a touchpad. Else it is not ours. */
static gboolean
scroll_cb (LabCanvas *self, double dx, double dy, GtkEventController *controller)
{
  int steps;

  note_state (self, controller);
  if ((self->state & GDK_CONTROL_MASK) == 0)
    {
      self->wheel = 0;
      return GDK_EVENT_PROPAGATE;
    }
  if (gtk_event_controller_scroll_get_unit (GTK_EVENT_CONTROLLER_SCROLL (controller)) ==
      GDK_SCROLL_UNIT_SURFACE)
    dy /= 40;
  self->wheel -= dy;
  steps = (int) trunc (self->wheel);
  self->wheel -= steps;
  if (steps != 0)
    lab_canvas_zoom_at (self, lab_zoom_step (lab_canvas_get_zoom (self), steps), self->pointer.x,
                        self->pointer.y);

  return GDK_EVENT_STOP;
}

static void
motion_cb (LabCanvas *self, double x, double y, GtkEventController *controller)
{
  if (self->stroke != LAB_STROKE_NONE)
    return;
  note_state (self, controller);
  /* GTK repeats the last motion when what is below changes. */
  if (self->pointer.x == x && self->pointer.y == y)
    return;
  self->pointer = (LabPoint){ x, y };
  lab_canvas_update_hover (self);
}

static void
leave_cb (LabCanvas *self)
{
  lab_canvas_leave (self);
}

static gboolean
key_pressed_cb (LabCanvas *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventController *controller)
{
  LabTool *chosen = lab_canvas_get_chosen_tool (self);
  LabTool *tool = self->stroke == LAB_STROKE_TOOL ? self->current : chosen;

  if (self->editor != NULL)
    return GDK_EVENT_PROPAGATE;
  self->state = state;
  if (tool != NULL && lab_tool_key (tool, keyval, state))
    return GDK_EVENT_STOP;
  if (keyval == GDK_KEY_Escape)
    {
      if (self->stroke != LAB_STROKE_NONE)
        {
          lab_canvas_cancel_stroke (self);
          gtk_gesture_set_state (self->drag, GTK_EVENT_SEQUENCE_DENIED);
          return GDK_EVENT_STOP;
        }
      if (self->tool != LAB_CANVAS_TOOL_SELECT)
        {
          lab_canvas_set_tool (self, LAB_CANVAS_TOOL_SELECT);
          return GDK_EVENT_STOP;
        }
    }
  if (keyval == GDK_KEY_space && (state & gtk_accelerator_get_default_mod_mask ()) == 0)
    {
      if (!self->space_held && self->stroke == LAB_STROKE_NONE)
        {
          self->space_held = TRUE;
          self->space_used = FALSE;
          lab_canvas_update_hover (self);
        }
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
key_released_cb (LabCanvas *self, guint keyval)
{
  if (keyval != GDK_KEY_space || !self->space_held)
    return;
  self->space_held = FALSE;
  lab_canvas_update_hover (self);
}

static void
focus_leave_cb (LabCanvas *self)
{
  self->space_held = FALSE;
}

static void
add (LabCanvas *self, gpointer controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
init_pointer (LabCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->drag), 0);
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (self->drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  add (self, self->drag);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (click_pressed_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (click_released_cb), self);
  add (self, click);
  gtk_gesture_group (click, self->drag);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  add (self, motion);
}

static void
init_touch (LabCanvas *self)
{
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_scale_cb), self);
  add (self, pinch);

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (long_press_cb), self);
  add (self, press);

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  add (self, scroll);
}

void
lab_canvas_init_gestures (LabCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  init_pointer (self);
  init_touch (self);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (key_released_cb), self);
  add (self, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  add (self, focus);
}
