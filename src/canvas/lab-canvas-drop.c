/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Device templates, dropped on the plane. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-canvas-private.h"
#include "lab-node-template.h"

static gboolean
shift_is_held (LabCanvas *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  GdkSeat *seat = gdk_display_get_default_seat (display);
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard != NULL && (gdk_device_get_modifier_state (keyboard) & GDK_SHIFT_MASK) != 0;
}

static gboolean
drop_cb (LabCanvas *self, const GValue *value, double x, double y)
{
  LabPoint at = lab_viewport_to_world (lab_stage_get_viewport (self->stage), x, y);

  if (!G_VALUE_HOLDS (value, LAB_TYPE_NODE_TEMPLATE))
    return FALSE;
  at = lab_stage_snap (self->stage, at.x, at.y, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "drop-template", g_value_get_boxed (value), at.x, at.y,
                         shift_is_held (self));

  return TRUE;
}

void
lab_canvas_init_drop (LabCanvas *self)
{
  /* Shift asks how many; to GDK it means that a move is wanted, and nothing else then. */
  GtkDropTarget *target =
      gtk_drop_target_new (LAB_TYPE_NODE_TEMPLATE, GDK_ACTION_COPY | GDK_ACTION_MOVE);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
