/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A node's ports. The rows are made anew when links come or go, not when states change. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-connect-dialog.h"
#include "lab-port-row.h"
#include "lab-ports-list.h"

struct _LabPortsList
{
  AdwBin parent_instance;

  GtkWidget *list;
  GtkWidget *free; /* (nullable): the expander of free ports */
  gboolean free_filled;

  LabSession *session;
  LabSelection *selection;
  LabNode *node; /* (nullable) */
  GSignalGroup *signals;
  guint rebuild_id;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (LabPortsList, lab_ports_list, ADW_TYPE_BIN)

static void
activated_cb (LabPortsList *self, GtkListBoxRow *row)
{
  if (LAB_IS_PORT_ROW (row))
    lab_selection_set_single (self->selection, lab_port_row_get_link (LAB_PORT_ROW (row)));
}

static void
connect_cb (LabPortsList *self, GtkWidget *button)
{
  const char *port = g_object_get_data (G_OBJECT (button), "port");

  if (self->node != NULL)
    lab_connect_dialog_present (GTK_WIDGET (self), self->session, self->node, port);
}

static GtkWidget *
make_free_row (LabPortsList *self, const LabPort *port)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("network-wired-symbolic");
  /* Translators: a button that makes a link; a port's name */
  g_autofree char *tip = g_strdup_printf (_ ("Connect %s…"), port->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), port->name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "port", g_strdup (port->name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (connect_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);

  return row;
}

static void
clear (LabPortsList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  self->free = NULL;
}

/* FALSE: the port is free. */
static gboolean
add_linked (LabPortsList *self, const LabPort *port)
{
  LabTopology *topology = lab_session_get_topology (self->session);
  const char *name = lab_node_get_name (self->node);
  LabLink *link = lab_topology_find_link (topology, name, port->name);
  guint end;

  if (link == NULL)
    return FALSE;
  end = g_str_equal (lab_link_get_node_name (link, 0), name) &&
                g_str_equal (lab_link_get_port_name (link, 0), port->name)
            ? 0
            : 1;
  gtk_list_box_append (GTK_LIST_BOX (self->list), lab_port_row_new (self->session, link, end));

  return TRUE;
}

/* A device may have sixty free ports, and nobody looks: their rows are made when they are unfolded.
 */
static void
fill_free (LabPortsList *self, GParamSpec *pspec, GtkWidget *expander)
{
  LabTopology *topology = lab_session_get_topology (self->session);
  LabPort port;

  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)) || self->free_filled)
    return;
  self->free_filled = TRUE;
  for (guint i = 0; lab_node_get_port (self->node, i, &port); i++)
    if (lab_topology_find_link (topology, lab_node_get_name (self->node), port.name) == NULL)
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_free_row (self, &port));
}

static void
add_free (LabPortsList *self, guint n_free, gboolean expanded)
{
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u free port", "%u free ports", n_free), n_free);

  self->free = adw_expander_row_new ();
  self->free_filled = FALSE;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->free), title);
  g_signal_connect_swapped (self->free, "notify::expanded", G_CALLBACK (fill_free), self);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->free), expanded);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->free);
}

static void
rebuild (LabPortsList *self)
{
  gboolean expanded =
      self->free != NULL && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self->free));
  guint n_free = 0;
  LabPort port;

  clear (self);
  for (guint i = 0; lab_node_get_port (self->node, i, &port); i++)
    if (!add_linked (self, &port))
      n_free++;
  if (n_free > 0)
    add_free (self, n_free, expanded);
}

static gboolean
rebuild_cb (gpointer user_data)
{
  LabPortsList *self = user_data;

  self->rebuild_id = 0;
  rebuild (self);

  return G_SOURCE_REMOVE;
}

static void
queue_rebuild (LabPortsList *self)
{
  if (self->rebuild_id == 0 && self->node != NULL)
    self->rebuild_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, rebuild_cb, self, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  LabPortsList *self = user_data;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (LAB_IS_PORT_ROW (row))
      lab_port_row_update_counters (LAB_PORT_ROW (row));

  return G_SOURCE_CONTINUE;
}

static void
lab_ports_list_map (GtkWidget *widget)
{
  LabPortsList *self = LAB_PORTS_LIST (widget);

  GTK_WIDGET_CLASS (lab_ports_list_parent_class)->map (widget);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
lab_ports_list_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LAB_PORTS_LIST (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (lab_ports_list_parent_class)->unmap (widget);
}

static void
lab_ports_list_dispose (GObject *object)
{
  LabPortsList *self = LAB_PORTS_LIST (object);

  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->node);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_ports_list_parent_class)->dispose (object);
}

static void
lab_ports_list_class_init (LabPortsListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_ports_list_dispose;
  widget_class->map = lab_ports_list_map;
  widget_class->unmap = lab_ports_list_unmap;
}

static void
lab_ports_list_init (LabPortsList *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Ports"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Ports"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->list);
  adw_bin_set_child (ADW_BIN (self), group);
  self->signals = g_signal_group_new (LAB_TYPE_NODE);
  g_signal_group_connect_swapped (self->signals, "notify::n-ports", G_CALLBACK (queue_rebuild),
                                  self);
  g_signal_group_connect_swapped (self->signals, "notify::name", G_CALLBACK (queue_rebuild), self);
}

void
lab_ports_list_set_session (LabPortsList *self, LabSession *session, LabSelection *selection)
{
  GListModel *links = lab_topology_get_links (lab_session_get_topology (session));

  g_return_if_fail (LAB_IS_PORTS_LIST (self));

  g_set_object (&self->session, session);
  g_set_object (&self->selection, selection);
  g_signal_connect_object (links, "items-changed", G_CALLBACK (queue_rebuild), self,
                           G_CONNECT_SWAPPED);
}

void
lab_ports_list_set_node (LabPortsList *self, LabNode *node)
{
  g_return_if_fail (LAB_IS_PORTS_LIST (self));

  if (!g_set_object (&self->node, node))
    return;
  g_signal_group_set_target (self->signals, node);
  g_clear_handle_id (&self->rebuild_id, g_source_remove);
  if (node != NULL)
    rebuild (self);
  else
    clear (self);
}
