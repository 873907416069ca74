/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector's page for several things: how many, and what nodes have in common. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-inspector-pages.h"
#include "lab-link-edits.h"
#include "lab-node-settings.h"
#include "lab-panel-edit.h"
#include "lab-runtime.h"

struct _LabInspectorNodes
{
  AdwBin parent_instance;

  GtkWidget *title;
  GtkWidget *run_group;
  GtkWidget *running;
  GtkWidget *arrange_group;
  GtkWidget *settings;
  GtkWidget *plug_group;
  GtkWidget *plugged;

  LabSession *session;
  GPtrArray *items; /* (nullable) */
  GPtrArray *nodes; /* (nullable) */
  GPtrArray *links; /* (nullable) */
  guint update_id;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (LabInspectorNodes, lab_inspector_nodes, ADW_TYPE_BIN)

static GPtrArray *
items_of (LabInspectorNodes *self, GType type)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->items->len; i++)
    if (g_type_is_a (G_OBJECT_TYPE (g_ptr_array_index (self->items, i)), type))
      g_ptr_array_add (found, g_object_ref (g_ptr_array_index (self->items, i)));

  return found;
}

/* Phrases, not pieces: "3 devices", "2 links", one below the other. */
static void
append_count (GString *text, const char *phrase, guint n)
{
  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append (text, "\n");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, phrase, n);
#pragma GCC diagnostic pop
}

static void
show_title (LabInspectorNodes *self)
{
  guint n_nodes = self->nodes->len;
  guint n_links = self->links->len;
  guint n_drawings = self->items->len - n_nodes - n_links;
  g_autoptr (GString) text = g_string_new (NULL);

  append_count (text, ngettext ("%u device", "%u devices", n_nodes), n_nodes);
  append_count (text, ngettext ("%u link", "%u links", n_links), n_links);
  append_count (text, ngettext ("%u drawing", "%u drawings", n_drawings), n_drawings);
  gtk_label_set_label (GTK_LABEL (self->title), text->str);
  gtk_widget_set_visible (self->arrange_group, n_nodes + n_drawings > 1);
}

static void
show_run (LabInspectorNodes *self)
{
  guint n_devices = 0;
  guint n_running = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      LabNode *node = g_ptr_array_index (self->nodes, i);

      n_devices += lab_node_get_kind (node) == LAB_NODE_IOU;
      n_running += lab_run_state_is_running (lab_node_get_run_state (node));
    }
  /* Translators: how many devices run, of how many */
  text = g_strdup_printf (_ ("%u of %u running"), n_running, n_devices);
  gtk_widget_set_visible (self->run_group, n_devices > 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->running), text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "nodes.start", n_running < n_devices);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "nodes.stop", n_running > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "nodes.reload", n_running > 0);
}

static void
show_plugged (LabInspectorNodes *self)
{
  guint n_plugged = 0;

  for (guint i = 0; i < self->links->len; i++)
    n_plugged += lab_link_get_plugged (g_ptr_array_index (self->links, i));
  gtk_widget_set_visible (self->plug_group, self->links->len > 0);
  self->updating = TRUE;
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (self->plugged),
                                     n_plugged > 0 && n_plugged < self->links->len);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->plugged), n_plugged == self->links->len);
  self->updating = FALSE;
}

static void
update (LabInspectorNodes *self)
{
  show_title (self);
  show_run (self);
  show_plugged (self);
}

static gboolean
update_cb (gpointer user_data)
{
  LabInspectorNodes *self = user_data;

  self->update_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* States of hundreds of devices change at once. */
static void
queue_update (LabInspectorNodes *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

static void
start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_panel_control (LAB_INSPECTOR_NODES (widget)->session, LAB_CLIENT_START,
                     LAB_INSPECTOR_NODES (widget)->nodes);
}

static void
stop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_panel_control (LAB_INSPECTOR_NODES (widget)->session, LAB_CLIENT_STOP,
                     LAB_INSPECTOR_NODES (widget)->nodes);
}

static void
reload (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_panel_control (LAB_INSPECTOR_NODES (widget)->session, LAB_CLIENT_RELOAD,
                     LAB_INSPECTOR_NODES (widget)->nodes);
}

static void
delete_items (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabInspectorNodes *self = LAB_INSPECTOR_NODES (widget);
  g_autoptr (GPtrArray) items = NULL;

  if (self->items == NULL)
    return;
  items = g_ptr_array_ref (self->items);
  lab_session_delete (self->session, items);
}

static void
plugged_cb (LabInspectorNodes *self)
{
  gboolean plugged = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->plugged));
  LabEdit *edit;

  if (self->updating || self->links == NULL)
    return;
  edit = lab_links_edit_plug (self->links, plugged);
  if (edit != NULL)
    lab_session_apply (self->session, edit);
}

static void
follow (LabInspectorNodes *self, gboolean connect)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      GObject *item = g_ptr_array_index (self->items, i);

      if (!connect)
        {
          g_signal_handlers_disconnect_by_data (item, self);
          continue;
        }
      g_signal_connect_swapped (item, "changed", G_CALLBACK (queue_update), self);
      if (!LAB_IS_DRAWING (item))
        g_signal_connect_swapped (item, "run-changed", G_CALLBACK (queue_update), self);
    }
}

static void
lab_inspector_nodes_dispose (GObject *object)
{
  LabInspectorNodes *self = LAB_INSPECTOR_NODES (object);

  lab_inspector_nodes_set_items (self, NULL);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_inspector_nodes_parent_class)->dispose (object);
}

static void
lab_inspector_nodes_class_init (LabInspectorNodesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_inspector_nodes_dispose;
  g_type_ensure (LAB_TYPE_NODE_SETTINGS);
  gtk_widget_class_install_action (widget_class, "nodes.start", NULL, start);
  gtk_widget_class_install_action (widget_class, "nodes.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "nodes.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "nodes.delete", NULL, delete_items);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-inspector-nodes.ui");
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNodes, title);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNodes, run_group);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNodes, running);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNodes, arrange_group);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNodes, settings);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNodes, plug_group);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorNodes, plugged);
  gtk_widget_class_bind_template_callback (widget_class, plugged_cb);
}

static void
lab_inspector_nodes_init (LabInspectorNodes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lab_inspector_nodes_new (LabSession *session)
{
  LabInspectorNodes *self = g_object_new (LAB_TYPE_INSPECTOR_NODES, NULL);

  self->session = g_object_ref (session);
  lab_node_settings_set_session (LAB_NODE_SETTINGS (self->settings), session);

  return GTK_WIDGET (self);
}

void
lab_inspector_nodes_set_items (LabInspectorNodes *self, GPtrArray *items)
{
  g_return_if_fail (LAB_IS_INSPECTOR_NODES (self));

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->items != NULL)
    follow (self, FALSE);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  if (items != NULL)
    {
      self->items = lab_panel_copy_items (items);
      self->nodes = items_of (self, LAB_TYPE_NODE);
      self->links = items_of (self, LAB_TYPE_LINK);
      follow (self, TRUE);
      update (self);
    }
  if (self->settings != NULL)
    {
      lab_node_settings_set_nodes (LAB_NODE_SETTINGS (self->settings), self->nodes);
      gtk_widget_set_visible (self->settings, self->nodes != NULL && self->nodes->len > 0);
    }
}
