/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector's page for one node. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-config-editor.h"
#include "lab-config-window.h"
#include "lab-inspector-pages.h"
#include "lab-labels.h"
#include "lab-mac-table.h"
#include "lab-node-run.h"
#include "lab-node-settings.h"
#include "lab-panel-edit.h"
#include "lab-ports-list.h"
#include "lab-saved-group.h"
#include "lab-switch-ports.h"
#include "lab-symbol-button.h"

struct _LabInspectorNode
{
  AdwBin parent_instance;

  GtkWidget *symbol;
  GtkWidget *name;
  GtkWidget *name_error;
  GtkWidget *kind;
  GtkWidget *run;
  GtkWidget *settings;
  GtkWidget *switch_ports;
  GtkWidget *macs;
  GtkWidget *config_group;
  GtkWidget *config;
  GtkWidget *saved;
  GtkWidget *ports;

  LabSession *session;
  LabNode *node; /* (nullable) */
  GSignalGroup *signals;
  char *shown_name;
};

enum
{
  ACTIVATE_NODE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabInspectorNode, lab_inspector_node, ADW_TYPE_BIN)

static void
show_name_error (LabInspectorNode *self, const char *message)
{
  gtk_label_set_label (GTK_LABEL (self->name_error), message != NULL ? message : "");
  gtk_widget_set_visible (self->name_error, message != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (self->name, "error");
  else
    gtk_widget_remove_css_class (self->name, "error");
}

static void
update (LabInspectorNode *self)
{
  const char *name = lab_node_get_name (self->node);

  lab_symbol_button_set_node (LAB_SYMBOL_BUTTON (self->symbol), self->node);
  gtk_label_set_label (GTK_LABEL (self->kind), lab_label_node_kind (self->node));
  gtk_widget_set_visible (self->config_group, lab_node_get_kind (self->node) == LAB_NODE_IOU);
  lab_config_editor_set_text (LAB_CONFIG_EDITOR (self->config),
                              lab_node_get_start_config (self->node));
  if (g_strcmp0 (self->shown_name, name) == 0)
    return;
  g_free (self->shown_name);
  self->shown_name = g_strdup (name);
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  show_name_error (self, NULL);
}

static void
name_applied_cb (LabInspectorNode *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autoptr (GError) error = NULL;

  if (self->node == NULL)
    return;
  lab_panel_try (self->session, lab_edit_new_rename_node (lab_node_get_name (self->node), name),
                 &error);
  show_name_error (self, error != NULL ? error->message : NULL);
}

static void
name_changed_cb (LabInspectorNode *self)
{
  show_name_error (self, NULL);
}

static void
symbol_chosen_cb (LabInspectorNode *self, const char *symbol)
{
  if (self->node != NULL)
    lab_panel_set_node (self->session, self->node, "symbol", lab_panel_string (symbol));
}

static void
config_edited_cb (LabInspectorNode *self, const char *text)
{
  if (self->node != NULL)
    lab_panel_set_node (self->session, self->node, "start",
                        lab_panel_string (*text != '\0' ? text : NULL));
}

static void
expand_config (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabInspectorNode *self = LAB_INSPECTOR_NODE (widget);

  if (self->node == NULL)
    return;
  lab_inspector_node_commit (self);
  lab_config_window_present (widget, self->session, self->node);
}

static void
console_cb (LabInspectorNode *self)
{
  if (self->node != NULL)
    g_signal_emit (self, signals[ACTIVATE_NODE], 0, self->node);
}

static void
lab_inspector_node_dispose (GObject *object)
{
  LabInspectorNode *self = LAB_INSPECTOR_NODE (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->node);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown_name, g_free);

  G_OBJECT_CLASS (lab_inspector_node_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (LAB_TYPE_CONFIG_EDITOR);
  g_type_ensure (LAB_TYPE_MAC_TABLE);
  g_type_ensure (LAB_TYPE_NODE_RUN);
  g_type_ensure (LAB_TYPE_NODE_SETTINGS);
  g_type_ensure (LAB_TYPE_PORTS_LIST);
  g_type_ensure (LAB_TYPE_SAVED_GROUP);
  g_type_ensure (LAB_TYPE_SWITCH_PORTS);
  g_type_ensure (LAB_TYPE_SYMBOL_BUTTON);
}

static void
lab_inspector_node_class_init (LabInspectorNodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_inspector_node_dispose;
  signals[ACTIVATE_NODE] =
      g_signal_new ("activate-node", LAB_TYPE_INSPECTOR_NODE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, LAB_TYPE_NODE);
  ensure_types ();
  gtk_widget_class_install_action (widget_class, "node.expand-config", NULL, expand_config);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-inspector-node.ui");
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, symbol);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, name);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, name_error);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, kind);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, run);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, settings);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, switch_ports);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, macs);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, config_group);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, config);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, saved);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNode, ports);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, symbol_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, config_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, console_cb);
}

static void
lab_inspector_node_init (LabInspectorNode *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (LAB_TYPE_NODE);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
}

GtkWidget *
lab_inspector_node_new (LabSession *session, LabSelection *selection)
{
  LabInspectorNode *self = g_object_new (LAB_TYPE_INSPECTOR_NODE, NULL);

  self->session = g_object_ref (session);
  lab_node_run_set_session (LAB_NODE_RUN (self->run), session);
  lab_node_settings_set_session (LAB_NODE_SETTINGS (self->settings), session);
  lab_saved_group_set_session (LAB_SAVED_GROUP (self->saved), session);
  lab_switch_ports_set_session (LAB_SWITCH_PORTS (self->switch_ports), session);
  lab_mac_table_set_session (LAB_MAC_TABLE (self->macs), session);
  lab_ports_list_set_session (LAB_PORTS_LIST (self->ports), session, selection);

  return GTK_WIDGET (self);
}

void
lab_inspector_node_commit (LabInspectorNode *self)
{
  g_return_if_fail (LAB_IS_INSPECTOR_NODE (self));

  if (self->node != NULL)
    lab_config_editor_commit (LAB_CONFIG_EDITOR (self->config));
}

/* What was typed for a node that is deleted now has no place any more. */
static void
commit_if_there (LabInspectorNode *self)
{
  LabTopology *topology = lab_session_get_topology (self->session);

  if (self->node != NULL &&
      lab_topology_find_node (topology, lab_node_get_name (self->node)) == self->node)
    lab_inspector_node_commit (self);
}

void
lab_inspector_node_set_node (LabInspectorNode *self, LabNode *node)
{
  g_autoptr (GPtrArray) nodes = NULL;

  g_return_if_fail (LAB_IS_INSPECTOR_NODE (self));

  if (self->node == node)
    return;
  commit_if_there (self);
  g_clear_pointer (&self->shown_name, g_free);
  g_set_object (&self->node, node);
  g_signal_group_set_target (self->signals, node);
  lab_node_run_set_node (LAB_NODE_RUN (self->run), node);
  lab_saved_group_set_node (LAB_SAVED_GROUP (self->saved), node);
  lab_switch_ports_set_node (LAB_SWITCH_PORTS (self->switch_ports), node);
  lab_mac_table_set_node (LAB_MAC_TABLE (self->macs), node);
  lab_ports_list_set_node (LAB_PORTS_LIST (self->ports), node);
  if (node != NULL)
    {
      nodes = g_ptr_array_new ();
      g_ptr_array_add (nodes, node);
      update (self);
    }
  lab_node_settings_set_nodes (LAB_NODE_SETTINGS (self->settings), nodes);
}
