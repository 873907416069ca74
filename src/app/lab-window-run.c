/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starting and stopping: all devices from the header bar, the selected ones by menu and key. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-panel-edit.h"
#include "lab-window-private.h"

typedef struct
{
  const char *action;
  LabClientVerb verb;
} Order;

static const Order all[] = {
  { "start-all", LAB_CLIENT_START },
  { "freeze-all", LAB_CLIENT_FREEZE },
  { "thaw-all", LAB_CLIENT_THAW },
};

static const Order selected[] = {
  { "start", LAB_CLIENT_START },   { "stop", LAB_CLIENT_STOP }, { "reload", LAB_CLIENT_RELOAD },
  { "freeze", LAB_CLIENT_FREEZE }, { "thaw", LAB_CLIENT_THAW },
};

static void
all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (all[i].action, g_action_get_name (G_ACTION (action))))
      lab_session_control (self->session, all[i].verb, NULL);
}

static void
stop_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lab_window_stop_all (user_data);
}

static void
selected_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);

  for (guint i = 0; i < G_N_ELEMENTS (selected); i++)
    if (g_str_equal (selected[i].action, g_action_get_name (G_ACTION (action))))
      lab_panel_control (self->session, selected[i].verb, nodes);
}

/* --- what can be ordered --- */

static gboolean
can_start (LabRunState state)
{
  return state == LAB_RUN_OFF || state == LAB_RUN_STOPPED || state == LAB_RUN_CRASHED ||
         state == LAB_RUN_UNSUPPORTED;
}

static gboolean
has_process (LabNode *node)
{
  return lab_node_get_kind (node) == LAB_NODE_IOU;
}

static void
update_selected (LabWindow *self)
{
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);
  gboolean start = FALSE;
  gboolean stop = FALSE;
  gboolean freeze = FALSE;
  gboolean thaw = FALSE;
  gboolean device = FALSE;

  for (guint i = 0; i < nodes->len; i++)
    {
      LabNode *node = g_ptr_array_index (nodes, i);
      LabRunState state = lab_node_get_run_state (node);

      if (!has_process (node))
        continue;
      device = TRUE;
      start |= can_start (state);
      stop |= lab_run_state_is_running (state);
      freeze |= state == LAB_RUN_BOOTING || state == LAB_RUN_READY;
      thaw |= state == LAB_RUN_FROZEN;
    }
  lab_window_enable (self, "start", start);
  lab_window_enable (self, "stop", stop);
  lab_window_enable (self, "reload", stop);
  lab_window_enable (self, "freeze", freeze);
  lab_window_enable (self, "thaw", thaw);
  lab_window_enable (self, "console", device);
}

static void
update_all (LabWindow *self)
{
  guint running = lab_session_get_n_running (self->session);
  guint devices = lab_session_get_n_devices (self->session);
  g_autofree char *text = NULL;

  /* Translators: how many of all devices run, as in “12 of 20 running”. */
  text = g_strdup_printf (_ ("%u of %u running"), running, devices);
  if (lab_session_get_progress (self->session) != NULL)
    gtk_label_set_text (self->running, lab_session_get_progress (self->session));
  else
    gtk_label_set_text (self->running, devices > 0 ? text : "");
  lab_window_enable (self, "start-all", running < devices);
  lab_window_enable (self, "stop-all", running > 0);
  lab_window_enable (self, "freeze-all", running > 0);
  lab_window_enable (self, "thaw-all", running > 0);
  lab_window_enable (self, "all-consoles", running > 0);
  update_selected (self);
}

static void
node_state_cb (LabWindow *self, LabNode *node)
{
  if (lab_selection_contains (self->selection, node))
    update_selected (self);
}

/* --- failures and doubts --- */

static void
failures_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autofree char *text = lab_session_dup_failures (self->session);

  lab_ask_show (GTK_WINDOW (self), _ ("Devices That Did Not Start"),
                text != NULL ? text : _ ("There are none now."));
}

typedef struct
{
  LabSession *session;
  guint number;
} Doubt;

static void
decided_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Doubt *doubt = user_data;
  g_autofree char *answer = lab_ask_finish (result);

  lab_session_decide (doubt->session, doubt->number, g_strcmp0 (answer, "start") == 0);
  g_object_unref (doubt->session);
}

static void
doubt_cb (LabWindow *self, guint number, const char *text)
{
  const LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "start", _ ("_Start Anyway"), ADW_RESPONSE_DESTRUCTIVE },
  };
  g_autofree char *body = g_strconcat (
      text, "\n\n", _ ("A machine without memory gets slow, and may end programs."), NULL);
  Doubt *doubt = g_new0 (Doubt, 1);

  doubt->session = g_object_ref (self->session);
  doubt->number = number;
  lab_ask_async (GTK_WINDOW (self), _ ("Start More Than Fits Into Memory?"), body, NULL, answers,
                 G_N_ELEMENTS (answers), "cancel", decided_cb, doubt);
}

/* --- set-up --- */

void
lab_window_run_init (LabWindow *self)
{
  static const GActionEntry others[] = { { "stop-all", stop_all_cb }, { "failures", failures_cb } };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      GActionEntry entry = { all[i].action, all_cb };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
      lab_window_enable (self, all[i].action, FALSE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (selected); i++)
    {
      GActionEntry entry = { selected[i].action, selected_cb };

      g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
      lab_window_enable (self, selected[i].action, FALSE);
    }
  g_action_map_add_action_entries (G_ACTION_MAP (self), others, G_N_ELEMENTS (others), self);
  lab_window_enable (self, "stop-all", FALSE);
  lab_window_enable (self, "failures", FALSE);
}

void
lab_window_run_attach (LabWindow *self)
{
  g_signal_connect_object (self->session, "notify::n-running", G_CALLBACK (update_all), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::n-devices", G_CALLBACK (update_all), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::progress", G_CALLBACK (update_all), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "doubt", G_CALLBACK (doubt_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "node-state", G_CALLBACK (node_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (update_selected), self,
                           G_CONNECT_SWAPPED);
  update_all (self);
}
