/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of a console, before its window has them.
 *
 * A window's accelerators see a key before the widget with the focus does. In a console that would
 * be wrong: Ctrl+Z, Ctrl+W or Delete are the device's. So while it is in a window the terminal has
 * a controller on that window; controllers added later are asked first. It looks only when the
 * focus is in this terminal. */

#define G_LOG_DOMAIN "console"

#include "config.h"

#include "lab-terminal-keys.h"
#include "lab-terminal-private.h"

#define BREAK "\036"

static gboolean
has_six (GtkWidget *widget, guint keycode)
{
  g_autofree guint *keyvals = NULL;
  int n = 0;

  if (!gdk_display_map_keycode (gtk_widget_get_display (widget), keycode, NULL, &keyvals, &n))
    return FALSE;
  for (int i = 0; i < n; i++)
    if (keyvals[i] == GDK_KEY_6)
      return TRUE;
  return FALSE;
}

/* VTE has the key, and all that it commits meanwhile is the user's. */
static void
give_to_terminal (LabTerminal *self, GtkEventController *controller)
{
  self->user_acts = TRUE;
  gtk_event_controller_key_forward (GTK_EVENT_CONTROLLER_KEY (controller), GTK_WIDGET (self->vte));
  self->user_acts = FALSE;
}

static gboolean
key_pressed_cb (LabTerminal *self,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkEventController *controller)
{
  GtkWidget *root = gtk_event_controller_get_widget (controller);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (root));
  gboolean in_vte = focus == GTK_WIDGET (self->vte);
  const char *action;
  LabTerminalKey key;

  if (focus == NULL || (!in_vte && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    return GDK_EVENT_PROPAGATE;
  key = lab_terminal_keys_classify (keyval, state, has_six (root, keycode), &action);
  if (key == LAB_TERMINAL_KEY_ACTION && (in_vte || (state & GDK_SHIFT_MASK) != 0))
    return gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
  if (!in_vte || key == LAB_TERMINAL_KEY_OTHER)
    return GDK_EVENT_PROPAGATE;
  if (key == LAB_TERMINAL_KEY_BREAK)
    {
      lab_terminal_take_input (self, BREAK, 1);
      return GDK_EVENT_STOP;
    }
  /* Nobody else has it, even if the terminal makes nothing of it. */
  give_to_terminal (self, controller);
  return GDK_EVENT_STOP;
}

void
lab_terminal_watch_window (LabTerminal *self, GtkWidget *window)
{
  self->window_keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->window_keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->window_keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (window, self->window_keys);
}

void
lab_terminal_leave_window (LabTerminal *self, GtkWidget *window)
{
  if (self->window_keys == NULL)
    return;

  gtk_widget_remove_controller (window, self->window_keys);
  self->window_keys = NULL;
}
