/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A larger editor for a start configuration. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-config-editor.h"
#include "lab-config-window.h"
#include "lab-panel-edit.h"

struct _LabConfigWindow
{
  AdwWindow parent_instance;

  GtkWidget *title;
  GtkWidget *editor;

  LabSession *session;
  LabNode *node;
};

G_DEFINE_FINAL_TYPE (LabConfigWindow, lab_config_window, ADW_TYPE_WINDOW)

static void
edited_cb (LabConfigWindow *self, const char *text)
{
  lab_panel_set_node (self->session, self->node, "start",
                      lab_panel_string (*text != '\0' ? text : NULL));
}

static void
update (LabConfigWindow *self)
{
  const char *name = lab_node_get_name (self->node);

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), name);
  gtk_window_set_title (GTK_WINDOW (self), name);
  lab_config_editor_set_text (LAB_CONFIG_EDITOR (self->editor),
                              lab_node_get_start_config (self->node));
}

/* Undo of a delete brings the same node back, but not this window. */
static void
history_changed_cb (LabConfigWindow *self)
{
  LabTopology *topology = lab_session_get_topology (self->session);

  if (lab_topology_find_node (topology, lab_node_get_name (self->node)) != self->node)
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
close_request_cb (LabConfigWindow *self)
{
  lab_config_editor_commit (LAB_CONFIG_EDITOR (self->editor));

  return FALSE;
}

static void
lab_config_window_dispose (GObject *object)
{
  LabConfigWindow *self = LAB_CONFIG_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->node);

  G_OBJECT_CLASS (lab_config_window_parent_class)->dispose (object);
}

static void
lab_config_window_class_init (LabConfigWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_config_window_dispose;
  g_type_ensure (LAB_TYPE_CONFIG_EDITOR);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-config-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LabConfigWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LabConfigWindow, editor);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
}

static void
lab_config_window_init (LabConfigWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static LabConfigWindow *
find_window (LabNode *node)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_windows = g_list_model_get_n_items (windows);

  for (guint i = 0; i < n_windows; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (LAB_IS_CONFIG_WINDOW (window) && LAB_CONFIG_WINDOW (window)->node == node)
        return LAB_CONFIG_WINDOW (window); /* GTK keeps it */
    }

  return NULL;
}

void
lab_config_window_present (GtkWidget *parent, LabSession *session, LabNode *node)
{
  LabConfigWindow *self = find_window (node);
  GtkRoot *root = gtk_widget_get_root (parent);

  if (self == NULL)
    {
      self = g_object_new (LAB_TYPE_CONFIG_WINDOW, NULL);
      self->session = g_object_ref (session);
      self->node = g_object_ref (node);
      update (self);
      g_signal_connect_object (node, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lab_session_get_history (session), "changed",
                               G_CALLBACK (history_changed_cb), self, G_CONNECT_SWAPPED);
      if (GTK_IS_WINDOW (root))
        gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
    }
  gtk_window_present (GTK_WINDOW (self));
  lab_config_editor_focus (LAB_CONFIG_EDITOR (self->editor));
}
