/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What devices have saved, of all of them or those selected: telling them to save, going back to
 * what they had saved by a time, and to where they start. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-moment-window.h"
#include "lab-reset.h"
#include "lab-save-window.h"
#include "lab-window-private.h"

static void
console_cb (LabWindow *self, LabNode *node)
{
  lab_console_pane_open (self->consoles, node);
}

static void
tell_to_save (LabWindow *self, GPtrArray *nodes)
{
  LabSaveWindow *window;

  lab_inspector_commit (self->inspector);
  window = lab_save_window_present (GTK_WINDOW (self), self->session, nodes);
  g_signal_handlers_disconnect_by_func (window, console_cb, self);
  g_signal_connect_object (window, "console", G_CALLBACK (console_cb), self, G_CONNECT_SWAPPED);
}

static void
save_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) nodes = lab_save_window_list_running (self->session);

  tell_to_save (self, nodes);
}

static void
restore_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_inspector_commit (self->inspector);
  lab_moment_window_present (GTK_WINDOW (self), self->session);
}

static void
reset_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_inspector_commit (self->inspector);
  lab_reset_all (GTK_WINDOW (self), self->session);
}

/* --- those selected --- */

static gboolean
is_running (LabNode *node)
{
  return lab_run_state_is_running (lab_node_get_run_state (node));
}

static gboolean
saves (LabNode *node)
{
  return lab_node_get_kind (node) == LAB_NODE_IOU;
}

static GPtrArray *
list_selected (LabWindow *self, gboolean (*is_meant) (LabNode *))
{
  g_autoptr (GPtrArray) selected = lab_selection_get_items (self->selection, LAB_TYPE_NODE);
  GPtrArray *nodes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < selected->len; i++)
    {
      if (is_meant (selected->pdata[i]))
        g_ptr_array_add (nodes, g_object_ref (selected->pdata[i]));
    }
  return nodes;
}

static void
save_selected_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) nodes = list_selected (self, is_running);

  tell_to_save (self, nodes);
}

static void
reset_selected_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) nodes = list_selected (self, saves);

  lab_inspector_commit (self->inspector);
  lab_reset_nodes (GTK_WINDOW (self), self->session, nodes);
}

/* --- what can be done --- */

static void
update_selected (LabWindow *self)
{
  g_autoptr (GPtrArray) running = list_selected (self, is_running);
  g_autoptr (GPtrArray) devices = list_selected (self, saves);

  lab_window_enable (self, "save-configs", running->len > 0);
  lab_window_enable (self, "reset-configs", devices->len > 0);
}

static void
update_all (LabWindow *self)
{
  guint devices = lab_session_get_n_devices (self->session);

  lab_window_enable (self, "save-all-configs", lab_session_get_n_running (self->session) > 0);
  lab_window_enable (self, "restore-configs", devices > 0);
  lab_window_enable (self, "reset-all-configs", devices > 0);
}

static void
node_state_cb (LabWindow *self, LabNode *node)
{
  if (lab_selection_contains (self->selection, node))
    update_selected (self);
}

void
lab_window_saved_attach (LabWindow *self)
{
  static const GActionEntry entries[] = {
    { "save-all-configs", save_all_cb },    { "restore-configs", restore_cb },
    { "reset-all-configs", reset_all_cb },  { "save-configs", save_selected_cb },
    { "reset-configs", reset_selected_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->session, "notify::n-running", G_CALLBACK (update_all), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::n-devices", G_CALLBACK (update_all), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "node-state", G_CALLBACK (node_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (update_selected), self,
                           G_CONNECT_SWAPPED);
  update_all (self);
  update_selected (self);
}
