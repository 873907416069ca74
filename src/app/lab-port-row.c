/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One cabled port. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-labels.h"
#include "lab-panel-edit.h"
#include "lab-port-row.h"

struct _LabPortRow
{
  AdwActionRow parent_instance;

  GtkWidget *icon;
  GtkWidget *plugged;

  LabSession *session;
  LabLink *link;
  guint end;
  const char *style;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (LabPortRow, lab_port_row, ADW_TYPE_ACTION_ROW)

static char *
count_text (LabPortRow *self)
{
  LabTopology *topology = lab_session_get_topology (self->session);
  LabNode *node = lab_topology_find_node (topology, lab_link_get_node_name (self->link, self->end));
  RelayPortCounters counters;
  g_autofree char *out = NULL;
  g_autofree char *in = NULL;

  if (node == NULL ||
      !lab_session_get_counters (self->session, node,
                                 lab_link_get_port_name (self->link, self->end), &counters))
    return NULL;
  out = lab_label_count (counters.in_frames);
  in = lab_label_count (counters.out_frames);

  /* Translators: frames that a port sent and received */
  return g_strdup_printf (_ ("↑ %s ↓ %s frames"), out, in);
}

static char *
make_subtitle (LabPortRow *self)
{
  const char *state = lab_label_link_state (self->link, self->end);
  g_autofree char *counted = count_text (self);

  if (counted == NULL)
    return g_strdup (state);

  return g_strdup_printf ("%s\n%s", state, counted);
}

static void
show_icon (LabPortRow *self)
{
  const char *style = lab_label_link_style (self->link, self->end);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                lab_label_link_icon (self->link, self->end));
  if (self->style == style)
    return;
  if (self->style != NULL)
    gtk_widget_remove_css_class (self->icon, self->style);
  gtk_widget_add_css_class (self->icon, style);
  self->style = style;
}

void
lab_port_row_update_counters (LabPortRow *self)
{
  g_autofree char *subtitle = make_subtitle (self);

  if (g_strcmp0 (subtitle, adw_action_row_get_subtitle (ADW_ACTION_ROW (self))) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  show_icon (self);
}

static void
update (LabPortRow *self)
{
  g_autofree char *title =
      g_strdup_printf ("%s → %s %s", lab_link_get_port_name (self->link, self->end),
                       lab_link_get_node_name (self->link, 1 - self->end),
                       lab_link_get_port_name (self->link, 1 - self->end));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  self->updating = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->plugged), lab_link_get_plugged (self->link));
  self->updating = FALSE;
  lab_port_row_update_counters (self);
}

static void
plugged_cb (LabPortRow *self)
{
  if (!self->updating)
    lab_panel_set_link (self->session, self->link, "plugged",
                        lab_panel_boolean (gtk_switch_get_active (GTK_SWITCH (self->plugged))));
}

static void
lab_port_row_dispose (GObject *object)
{
  LabPortRow *self = LAB_PORT_ROW (object);

  g_clear_object (&self->link);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_port_row_parent_class)->dispose (object);
}

static void
lab_port_row_class_init (LabPortRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_port_row_dispose;
}

static void
lab_port_row_init (LabPortRow *self)
{
  self->icon = gtk_image_new ();
  self->plugged = gtk_switch_new ();
  gtk_widget_set_valign (self->plugged, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->plugged, _ ("Plugged In"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plugged), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Plugged in"), -1);
  g_signal_connect_swapped (self->plugged, "notify::active", G_CALLBACK (plugged_cb), self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->plugged);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

GtkWidget *
lab_port_row_new (LabSession *session, LabLink *link, guint end)
{
  LabPortRow *self = g_object_new (LAB_TYPE_PORT_ROW, NULL);

  self->session = g_object_ref (session);
  self->link = g_object_ref (link);
  self->end = end;
  g_signal_connect_object (link, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "run-changed", G_CALLBACK (lab_port_row_update_counters), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

LabLink *
lab_port_row_get_link (LabPortRow *self)
{
  g_return_val_if_fail (LAB_IS_PORT_ROW (self), NULL);

  return self->link;
}
