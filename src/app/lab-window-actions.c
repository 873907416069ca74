/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo, panes, how the lab is shown: what concerns no single device. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-app-settings.h"
#include "lab-look.h"
#include "lab-window-private.h"

void
lab_window_enable (LabWindow *self, const char *action, gboolean enabled)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self), action);

  g_return_if_fail (found != NULL);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (found), enabled);
}

void
lab_window_set_state (LabWindow *self, const char *action, GVariant *state)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self), action);

  g_return_if_fail (found != NULL);

  g_simple_action_set_state (G_SIMPLE_ACTION (found), state);
}

/* --- undo --- */

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_history_undo (lab_session_get_history (self->session));
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_history_redo (lab_session_get_history (self->session));
}

static void
describe (GtkWidget *button, const char *text)
{
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
history_cb (LabWindow *self)
{
  LabHistory *history = lab_session_get_history (self->session);
  const char *undo = lab_history_get_undo_label (history);
  const char *redo = lab_history_get_redo_label (history);
  g_autofree char *undo_text = NULL;
  g_autofree char *redo_text = NULL;

  lab_window_enable (self, "undo", lab_history_can_undo (history));
  lab_window_enable (self, "redo", lab_history_can_redo (history));
  /* Translators: the name of a step, as in “Undo: Move 10 nodes”. */
  undo_text =
      undo != NULL ? g_strdup_printf (_ ("Undo: %s (Ctrl+Z)"), undo) : g_strdup (_ ("Undo"));
  redo_text =
      redo != NULL ? g_strdup_printf (_ ("Redo: %s (Ctrl+Shift+Z)"), redo) : g_strdup (_ ("Redo"));
  describe (self->undo_button, undo_text);
  describe (self->redo_button, redo_text);
}

/* --- panes --- */

static LabPane
pane_of_action (GSimpleAction *action)
{
  const char *name = g_action_get_name (G_ACTION (action));

  return g_str_equal (name, "dock")        ? LAB_PANE_DOCK
         : g_str_equal (name, "inspector") ? LAB_PANE_INSPECTOR
                                           : LAB_PANE_CONSOLES;
}

/* Consoles that come get the keyboard; a pane that goes leaves it to the canvas. */
static void
pane_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LabWindow *self = user_data;
  LabPane pane = pane_of_action (action);
  gboolean shown = g_variant_get_boolean (state);
  gboolean had_focus = lab_panes_has_focus (self->panes, pane);

  lab_panes_set_shown (self->panes, pane, shown);
  if (shown && pane == LAB_PANE_CONSOLES)
    gtk_widget_grab_focus (GTK_WIDGET (self->consoles));
  else if (!shown && had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
fill_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_panes_set_filled (self->panes, g_variant_get_boolean (state));
  if (lab_panes_get_filled (self->panes))
    gtk_widget_grab_focus (GTK_WIDGET (self->consoles));
}

static void
panes_changed_cb (LabWindow *self)
{
  lab_window_set_state (self, "dock",
                        g_variant_new_boolean (lab_panes_get_shown (self->panes, LAB_PANE_DOCK)));
  lab_window_set_state (
      self, "inspector",
      g_variant_new_boolean (lab_panes_get_shown (self->panes, LAB_PANE_INSPECTOR)));
  lab_window_set_state (
      self, "consoles",
      g_variant_new_boolean (lab_panes_get_shown (self->panes, LAB_PANE_CONSOLES)));
  lab_window_set_state (self, "fill-consoles",
                        g_variant_new_boolean (lab_panes_get_filled (self->panes)));
}

static void
focus_canvas_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_panes_set_filled (self->panes, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* --- full screen --- */

static void
fullscreen_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  if (g_variant_get_boolean (state))
    gtk_window_fullscreen (user_data);
  else
    gtk_window_unfullscreen (user_data);
}

static void
fullscreened_cb (LabWindow *self)
{
  lab_window_set_state (self, "fullscreen",
                        g_variant_new_boolean (gtk_window_is_fullscreen (GTK_WINDOW (self))));
}

/* --- how the lab is shown: part of the document --- */

static void
look_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LabWindow *self = user_data;
  JsonNode *value = json_node_new (JSON_NODE_VALUE);

  json_node_set_boolean (value, g_variant_get_boolean (state));
  lab_session_apply (self->session,
                     lab_edit_new_set_view (lab_session_get_topology (self->session),
                                            g_action_get_name (G_ACTION (action)), value));
  json_node_unref (value);
}

static void
looks_changed_cb (LabWindow *self)
{
  LabTopology *topology = lab_session_get_topology (self->session);

  lab_window_set_state (self, "show-grid",
                        g_variant_new_boolean (lab_topology_get_show_grid (topology)));
  lab_window_set_state (self, "snap", g_variant_new_boolean (lab_topology_get_snap (topology)));
  lab_window_set_state (self, "port-labels",
                        g_variant_new_boolean (lab_topology_get_port_labels (topology)));
  lab_window_set_state (self, "rates", g_variant_new_boolean (lab_topology_get_rates (topology)));
}

/* --- set-up --- */

static const GActionEntry entries[] = {
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "dock", NULL, NULL, "true", pane_cb },
  { "inspector", NULL, NULL, "true", pane_cb },
  { "consoles", NULL, NULL, "false", pane_cb },
  { "fill-consoles", NULL, NULL, "false", fill_cb },
  { "focus-canvas", focus_canvas_cb },
  { "show-grid", NULL, NULL, "true", look_cb },
  { "snap", NULL, NULL, "true", look_cb },
  { "port-labels", NULL, NULL, "true", look_cb },
  { "rates", NULL, NULL, "false", look_cb },
  { "fullscreen", NULL, NULL, "false", fullscreen_cb },
};

void
lab_window_actions_init (LabWindow *self)
{
  g_autoptr (GAction) minimap = g_settings_create_action (lab_app_settings (), "minimap");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), minimap);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    lab_window_enable (self, entries[i].name, g_str_equal (entries[i].name, "fullscreen"));
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (fullscreened_cb), NULL);
}

void
lab_window_actions_attach (LabWindow *self)
{
  LabHistory *history = lab_session_get_history (self->session);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    lab_window_enable (self, entries[i].name, TRUE);

  g_signal_connect_object (history, "changed", G_CALLBACK (history_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "changed", G_CALLBACK (looks_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panes, "changed", G_CALLBACK (panes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  history_cb (self);
  looks_changed_cb (self);
  panes_changed_cb (self);
}
