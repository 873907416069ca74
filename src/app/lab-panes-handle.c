/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A handle between two panes. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-panes-handle.h"

#define KEY_STEP 16

struct _LabPanesHandle
{
  GtkWidget parent_instance;

  GtkWidget *line;
  double start_x; /* where it was grabbed */
  double start_y;
};

enum
{
  RESIZE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabPanesHandle, lab_panes_handle, GTK_TYPE_WIDGET)

static void
begin_cb (LabPanesHandle *self, double x, double y)
{
  self->start_x = x;
  self->start_y = y;
}

/* The handle moves with the pointer: how far the pointer is from where it grabbed it is the step.
 */
static void
update_cb (LabPanesHandle *self, double offset_x, double offset_y, GtkGestureDrag *gesture)
{
  double x;
  double y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[RESIZE], 0, (int) (x + offset_x - self->start_x),
                 (int) (y + offset_y - self->start_y));
}

static gboolean
key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  int x;
  int y;

  g_variant_get (args, "(ii)", &x, &y);
  g_signal_emit (widget, signals[RESIZE], 0, x * KEY_STEP, y * KEY_STEP);

  return GDK_EVENT_STOP;
}

static void
lab_panes_handle_dispose (GObject *object)
{
  g_clear_pointer (&LAB_PANES_HANDLE (object)->line, gtk_widget_unparent);

  G_OBJECT_CLASS (lab_panes_handle_parent_class)->dispose (object);
}

static void
lab_panes_handle_class_init (LabPanesHandleClass *klass)
{
  static const struct
  {
    guint keyval;
    int x;
    int y;
  } keys[] = {
    { GDK_KEY_Left, -1, 0 },
    { GDK_KEY_Right, 1, 0 },
    { GDK_KEY_Up, 0, -1 },
    { GDK_KEY_Down, 0, 1 },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_panes_handle_dispose;

  signals[RESIZE] = g_signal_new ("resize", LAB_TYPE_PANES_HANDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "labhandle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEPARATOR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].keyval, 0, key_cb, "(ii)", keys[i].x,
                                  keys[i].y);
}

static void
lab_panes_handle_init (LabPanesHandle *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
lab_panes_handle_new (GtkOrientation orientation, const char *label)
{
  LabPanesHandle *self = g_object_new (LAB_TYPE_PANES_HANDLE, NULL);
  gboolean vertical = orientation == GTK_ORIENTATION_VERTICAL;

  self->line = gtk_separator_new (orientation);
  gtk_widget_set_halign (self->line, vertical ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  gtk_widget_set_valign (self->line, vertical ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), vertical ? "col-resize" : "row-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (self);
}
