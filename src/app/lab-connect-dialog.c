/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialog that makes a link by keyboard. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-connect-dialog.h"

struct _LabConnectDialog
{
  AdwWindow parent_instance;

  GtkWidget *connect;
  GtkWidget *near_group;
  GtkWidget *near_port;
  GtkWidget *far_node;
  GtkWidget *far_port;
  GtkWidget *problem;

  LabSession *session;
  LabNode *node;
  GListStore *nodes; /* those that could be the other end */
  gboolean applying;
};

G_DEFINE_FINAL_TYPE (LabConnectDialog, lab_connect_dialog, ADW_TYPE_WINDOW)

static const char *
chosen_string (GtkWidget *drop_down)
{
  GObject *item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (drop_down));

  return item != NULL ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : NULL;
}

/* Free ports of @node; @kind is -1 for both kinds. */
static GtkStringList *
free_ports (LabConnectDialog *self, LabNode *node, int kind)
{
  LabTopology *topology = lab_session_get_topology (self->session);
  GtkStringList *ports = gtk_string_list_new (NULL);
  guint n_ports = lab_node_get_n_ports (node);

  for (guint i = 0; i < n_ports; i++)
    {
      LabPort port;

      if (lab_node_get_port (node, i, &port) && (kind < 0 || (int) port.kind == kind) &&
          lab_topology_find_link (topology, lab_node_get_name (node), port.name) == NULL)
        gtk_string_list_append (ports, port.name);
    }

  return ports;
}

static LabNode *
far_node (LabConnectDialog *self)
{
  return gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->far_node));
}

static int
near_kind (LabConnectDialog *self)
{
  const char *name = chosen_string (self->near_port);
  LabPort port;

  return name != NULL && lab_node_find_port (self->node, name, &port) ? (int) port.kind : -1;
}

static void
update_problem (LabConnectDialog *self)
{
  const char *problem = NULL;

  if (chosen_string (self->near_port) == NULL)
    problem = _ ("This device has no free port.");
  else if (far_node (self) == NULL)
    problem = _ ("There is no other device.");
  else if (chosen_string (self->far_port) == NULL)
    problem = _ ("The other device has no free port of this kind.");
  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.apply", problem == NULL);
}

static void
update_far_ports (LabConnectDialog *self)
{
  g_autoptr (GtkStringList) ports = NULL;
  LabNode *node = far_node (self);

  if (node != NULL)
    ports = free_ports (self, node, near_kind (self));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->far_port), G_LIST_MODEL (ports));
  update_problem (self);
}

static void
apply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LabConnectDialog *self = LAB_CONNECT_DIALOG (widget);
  g_autoptr (LabLink) link =
      lab_link_new (lab_node_get_name (self->node), chosen_string (self->near_port),
                    lab_node_get_name (far_node (self)), chosen_string (self->far_port));
  gboolean done;

  self->applying = TRUE;
  done = lab_session_apply (self->session, lab_edit_new_add_link (link));
  self->applying = FALSE;
  if (done)
    gtk_window_close (GTK_WINDOW (self));
}

static int
compare_nodes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  g_autofree char *first = g_utf8_collate_key_for_filename (lab_node_get_name ((LabNode *) a), -1);
  g_autofree char *second = g_utf8_collate_key_for_filename (lab_node_get_name ((LabNode *) b), -1);

  return g_strcmp0 (first, second);
}

static void
fill_nodes (LabConnectDialog *self)
{
  GListModel *nodes = lab_topology_get_nodes (lab_session_get_topology (self->session));
  guint n_nodes = g_list_model_get_n_items (nodes);

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      if (node != self->node)
        g_list_store_append (self->nodes, node);
    }
  g_list_store_sort (self->nodes, compare_nodes, NULL);
}

static void
choose_port (GtkWidget *drop_down, const char *name)
{
  GListModel *ports = gtk_drop_down_get_model (GTK_DROP_DOWN (drop_down));

  for (guint i = 0; i < g_list_model_get_n_items (ports); i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (ports), i), name) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), i);
}

/* The document changed under the dialog: it may be about things that are gone. */
static void
history_changed_cb (LabConnectDialog *self)
{
  if (!self->applying)
    gtk_window_close (GTK_WINDOW (self));
}

static void
lab_connect_dialog_dispose (GObject *object)
{
  LabConnectDialog *self = LAB_CONNECT_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->node);
  g_clear_object (&self->nodes);

  G_OBJECT_CLASS (lab_connect_dialog_parent_class)->dispose (object);
}

static void
lab_connect_dialog_class_init (LabConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_connect_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "connect.apply", NULL, apply);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LabConnectDialog, connect);
  gtk_widget_class_bind_template_child (widget_class, LabConnectDialog, near_group);
  gtk_widget_class_bind_template_child (widget_class, LabConnectDialog, near_port);
  gtk_widget_class_bind_template_child (widget_class, LabConnectDialog, far_node);
  gtk_widget_class_bind_template_child (widget_class, LabConnectDialog, far_port);
  gtk_widget_class_bind_template_child (widget_class, LabConnectDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, update_far_ports);
  gtk_widget_class_bind_template_callback (widget_class, update_problem);
}

static void
lab_connect_dialog_init (LabConnectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->connect);
  self->nodes = g_list_store_new (LAB_TYPE_NODE);
}

void
lab_connect_dialog_present (GtkWidget *parent, LabSession *session, LabNode *node, const char *port)
{
  LabConnectDialog *self = g_object_new (LAB_TYPE_CONNECT_DIALOG, NULL);
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autoptr (GtkExpression) name = gtk_property_expression_new (LAB_TYPE_NODE, NULL, "name");
  g_autoptr (GtkStringList) ports = NULL;

  self->session = g_object_ref (session);
  self->node = g_object_ref (node);
  ports = free_ports (self, node, -1);
  fill_nodes (self);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->near_group),
                                   lab_node_get_name (node));
  gtk_drop_down_set_expression (GTK_DROP_DOWN (self->far_node), name);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->near_port), G_LIST_MODEL (ports));
  choose_port (self->near_port, port);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->far_node), G_LIST_MODEL (self->nodes));
  update_far_ports (self);
  g_signal_connect_object (lab_session_get_history (session), "changed",
                           G_CALLBACK (history_changed_cb), self, G_CONNECT_SWAPPED);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  /* What is proposed is mostly right: Enter takes it, Tab goes on to the ports. The first in the
   * header bar is Cancel. */
  gtk_widget_grab_focus (self->connect);
  gtk_window_present (GTK_WINDOW (self));
}
