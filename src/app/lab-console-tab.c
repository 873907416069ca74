/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The console of one node, as the node is renamed, runs, is removed and comes back. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-app-settings.h"
#include "lab-console-tab.h"
#include "lab-labels.h"

struct _LabConsoleTab
{
  GtkWidget parent_instance;

  LabSession *session;
  LabNode *node; /* (nullable): removed */
  guint id;      /* of the node, to know it again */
  char *name;
  LabTerminal *terminal;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_INPUT,
  SIGNAL_OUTPUT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabConsoleTab, lab_console_tab, GTK_TYPE_WIDGET)

/* --- state --- */

static LabClientState
to_client_state (LabRunState state)
{
  switch (state)
    {
    case LAB_RUN_STARTING:
      return LAB_CLIENT_STATE_STARTING;
    case LAB_RUN_BOOTING:
      return LAB_CLIENT_STATE_BOOTING;
    case LAB_RUN_READY:
      return LAB_CLIENT_STATE_READY;
    case LAB_RUN_FROZEN:
      return LAB_CLIENT_STATE_FROZEN;
    case LAB_RUN_STOPPING:
      return LAB_CLIENT_STATE_STOPPING;
    case LAB_RUN_CRASHED:
      return LAB_CLIENT_STATE_CRASHED;
    case LAB_RUN_BUILTIN:
      return LAB_CLIENT_STATE_BUILTIN;
    case LAB_RUN_UNSUPPORTED:
      return LAB_CLIENT_STATE_UNSUPPORTED;
    case LAB_RUN_OFF:
    case LAB_RUN_STOPPED:
    default:
      return LAB_CLIENT_STATE_STOPPED;
    }
}

static void
update_state (LabConsoleTab *self)
{
  g_autofree char *text = NULL;

  if (self->node == NULL)
    {
      text = g_strdup_printf (_ ("%s was removed from the lab."), self->name);
      lab_terminal_set_state (self->terminal, LAB_CLIENT_STATE_UNKNOWN, text);
    }
  else if (lab_session_get_engine (self->session) == LAB_SESSION_ENGINE_LOST)
    {
      lab_terminal_set_state (self->terminal, LAB_CLIENT_STATE_UNKNOWN,
                              _ ("The engine of this lab has ended."));
    }
  else
    {
      lab_terminal_set_state (self->terminal, to_client_state (lab_node_get_run_state (self->node)),
                              lab_node_get_run_message (self->node));
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
engine_changed_cb (LabConsoleTab *self)
{
  if (self->node != NULL)
    lab_terminal_set_client (self->terminal, lab_session_get_client (self->session));
  update_state (self);
}

static void
start_requested_cb (LabConsoleTab *self)
{
  const char *const names[] = { self->name, NULL };
  gboolean frozen;

  if (self->node == NULL)
    return;
  frozen = lab_node_get_run_state (self->node) == LAB_RUN_FROZEN;
  lab_session_control (self->session, frozen ? LAB_CLIENT_THAW : LAB_CLIENT_START, names);
}

/* --- the node --- */

static void
update_name (LabConsoleTab *self)
{
  if (g_strcmp0 (self->name, lab_node_get_name (self->node)) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (lab_node_get_name (self->node));
  lab_terminal_set_node_name (self->terminal, self->name);
  update_state (self);
}

static void
drop_node (LabConsoleTab *self)
{
  if (self->node == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->node, self);
  g_clear_object (&self->node);
  /* Its name may be given to another. */
  lab_terminal_set_client (self->terminal, NULL);
}

static void
take_node (LabConsoleTab *self, LabNode *node)
{
  drop_node (self);
  self->node = g_object_ref (node);
  self->id = lab_node_get_id (node);
  g_signal_connect_swapped (node, "changed", G_CALLBACK (update_name), self);
  g_signal_connect_swapped (node, "run-changed", G_CALLBACK (update_state), self);
  update_name (self);
  lab_terminal_set_client (self->terminal, lab_session_get_client (self->session));
  update_state (self);
}

/* Nodes came or went. One with our id and name is ours; an id alone may have been given anew. */
static void
nodes_changed_cb (LabConsoleTab *self)
{
  LabTopology *topology = lab_session_get_topology (self->session);
  LabNode *found = lab_topology_find_node_by_id (topology, self->id);

  if (found != NULL && found == self->node)
    return;
  if (found != NULL && g_strcmp0 (lab_node_get_name (found), self->name) == 0)
    {
      take_node (self, found);
    }
  else if (self->node != NULL)
    {
      drop_node (self);
      update_state (self);
    }
}

/* --- settings --- */

static void
update_looks (LabConsoleTab *self)
{
  GSettings *settings = lab_app_settings ();
  g_autofree char *font = g_settings_get_string (settings, "console-font");
  g_autofree char *palette = g_settings_get_string (settings, "console-palette");

  lab_terminal_set_font (self->terminal, font);
  lab_terminal_set_scheme (self->terminal, palette);
  lab_terminal_set_scrollback (self->terminal, g_settings_get_int (settings, "console-scrollback"));
}

static void
settings_changed_cb (LabConsoleTab *self, const char *key)
{
  if (g_str_has_prefix (key, "console-"))
    update_looks (self);
}

/* --- the widget --- */

static void
forward_input (LabConsoleTab *self, GBytes *bytes)
{
  g_signal_emit (self, signals[SIGNAL_INPUT], 0, bytes);
}

static void
forward_output (LabConsoleTab *self)
{
  g_signal_emit (self, signals[SIGNAL_OUTPUT], 0);
}

static gboolean
lab_console_tab_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LAB_CONSOLE_TAB (widget)->terminal));
}

static void
lab_console_tab_dispose (GObject *object)
{
  LabConsoleTab *self = LAB_CONSOLE_TAB (object);

  drop_node (self);
  if (self->terminal != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->terminal, self);
      gtk_widget_unparent (GTK_WIDGET (self->terminal));
      self->terminal = NULL;
    }
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_console_tab_parent_class)->dispose (object);
}

static void
lab_console_tab_finalize (GObject *object)
{
  g_free (LAB_CONSOLE_TAB (object)->name);

  G_OBJECT_CLASS (lab_console_tab_parent_class)->finalize (object);
}

static void
lab_console_tab_class_init (LabConsoleTabClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lab_console_tab_dispose;
  object_class->finalize = lab_console_tab_finalize;
  widget_class->grab_focus = lab_console_tab_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LAB_TYPE_CONSOLE_TAB, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_INPUT] = g_signal_new ("input", LAB_TYPE_CONSOLE_TAB, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_OUTPUT] = g_signal_new ("output", LAB_TYPE_CONSOLE_TAB, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "labconsole");
}

static void
lab_console_tab_init (LabConsoleTab *self)
{
}

GtkWidget *
lab_console_tab_new (LabSession *session, LabNode *node)
{
  LabConsoleTab *self = g_object_new (LAB_TYPE_CONSOLE_TAB, NULL);
  GListModel *nodes = lab_topology_get_nodes (lab_session_get_topology (session));

  self->session = g_object_ref (session);
  self->terminal = LAB_TERMINAL (lab_terminal_new (lab_node_get_name (node)));
  gtk_widget_set_parent (GTK_WIDGET (self->terminal), GTK_WIDGET (self));
  g_signal_connect_swapped (self->terminal, "start-requested", G_CALLBACK (start_requested_cb),
                            self);
  g_signal_connect_swapped (self->terminal, "input", G_CALLBACK (forward_input), self);
  g_signal_connect_swapped (self->terminal, "output", G_CALLBACK (forward_output), self);
  g_signal_connect_object (session, "notify::engine", G_CALLBACK (engine_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (nodes, "items-changed", G_CALLBACK (nodes_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab_app_settings (), "changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  take_node (self, node);
  update_looks (self);
  return GTK_WIDGET (self);
}

LabNode *
lab_console_tab_get_node (LabConsoleTab *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_TAB (self), NULL);

  return self->node;
}

const char *
lab_console_tab_get_name (LabConsoleTab *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_TAB (self), NULL);

  return self->name;
}

const char *
lab_console_tab_get_icon (LabConsoleTab *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_TAB (self), NULL);

  if (self->node == NULL)
    return "lab-state-removed-symbolic";
  switch (lab_node_get_run_state (self->node))
    {
    case LAB_RUN_READY:
      return "lab-state-ready-symbolic";
    case LAB_RUN_STARTING:
    case LAB_RUN_BOOTING:
    case LAB_RUN_STOPPING:
      return "lab-state-booting-symbolic";
    case LAB_RUN_FROZEN:
      return "lab-state-frozen-symbolic";
    case LAB_RUN_CRASHED:
    case LAB_RUN_UNSUPPORTED:
      return "lab-state-crashed-symbolic";
    default:
      return "lab-state-stopped-symbolic";
    }
}

char *
lab_console_tab_dup_tooltip (LabConsoleTab *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_TAB (self), NULL);

  /* Translators: a device and its state, as “R1: Running”. */
  return g_markup_printf_escaped (_ ("%s: %s"), self->name,
                                  self->node ? lab_label_node_state (self->node) : _ ("Removed"));
}

LabTerminal *
lab_console_tab_get_terminal (LabConsoleTab *self)
{
  g_return_val_if_fail (LAB_IS_CONSOLE_TAB (self), NULL);

  return self->terminal;
}

void
lab_console_tab_send (LabConsoleTab *self, GBytes *bytes)
{
  gsize length;
  const char *data;

  g_return_if_fail (LAB_IS_CONSOLE_TAB (self));

  if (self->node == NULL || !lab_run_state_is_running (lab_node_get_run_state (self->node)))
    return;
  data = g_bytes_get_data (bytes, &length);
  lab_terminal_send (self->terminal, data, length);
}

void
lab_console_tab_set_typed_at_all (LabConsoleTab *self, gboolean typed_at_all)
{
  g_return_if_fail (LAB_IS_CONSOLE_TAB (self));

  if (typed_at_all)
    gtk_widget_add_css_class (GTK_WIDGET (self), "typed-at-all");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "typed-at-all");
}
