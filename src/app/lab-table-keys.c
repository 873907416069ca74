/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tab in a table of controls: from one to the next, as GTK 4.8 does it. GTK 4.18 goes from the last
 * cell of a row to the one below it, and out of the table where nothing is to be done in that. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-table-keys.h"

/* Those of a drop-down's list are not mapped while it is closed. */
static gboolean
is_stop (GtkWidget *widget)
{
  return (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget)) &&
         gtk_widget_get_mapped (widget) && gtk_widget_get_focusable (widget) &&
         gtk_widget_is_sensitive (widget);
}

/* In the order of rows and cells; @focus is among them, whatever it is. */
static void
collect_stops (GtkWidget *widget, GtkWidget *focus, GPtrArray *stops)
{
  if (widget == focus || is_stop (widget))
    g_ptr_array_add (stops, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_stops (child, focus, stops);
}

static gboolean
go_to_next (GtkWidget *view, gboolean back)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));
  g_autoptr (GPtrArray) stops = g_ptr_array_new ();
  guint at;

  if (focus == NULL || gtk_widget_get_native (focus) != gtk_widget_get_native (view))
    return FALSE;
  collect_stops (view, focus, stops);
  if (!g_ptr_array_find (stops, focus, &at) || (back ? at == 0 : at + 1 == stops->len))
    return FALSE;
  return gtk_widget_grab_focus (stops->pdata[back ? at - 1 : at + 1]);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint keycode,
        GdkModifierType state,
        gpointer user_data)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if ((key != GDK_KEY_Tab && key != GDK_KEY_ISO_Left_Tab) || (state & GDK_CONTROL_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  return go_to_next (view, (state & GDK_SHIFT_MASK) != 0) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

void
lab_table_keys_listen (GtkWidget *view)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_cb), NULL);
  gtk_widget_add_controller (view, controller);
}
