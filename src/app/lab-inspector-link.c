/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector's page for a link. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-capture-group.h"
#include "lab-colour-row.h"
#include "lab-counters-text.h"
#include "lab-impair-group.h"
#include "lab-inspector-pages.h"
#include "lab-labels.h"
#include "lab-look.h"
#include "lab-panel-edit.h"
#include "lab-rate-graph.h"
#include "lab-spin-row.h"

/* Positions in the list of shapes: the first is "as the lab says". */
static const char *const shape_names[] = { NULL, "straight", "curved", "stepped" };
static const char *const dash_names[] = { "solid", "dash", "dot" };

struct _LabInspectorLink
{
  AdwBin parent_instance;

  GtkWidget *ends[2];
  GtkWidget *icons[2];
  GtkWidget *plugged;
  GtkWidget *rates[2];
  GtkWidget *graph;
  GtkWidget *impairments;
  GtkWidget *counts[2];
  GtkWidget *capture_place;
  GtkWidget *label;
  GtkWidget *shape;
  GtkWidget *colour;
  GtkWidget *width;
  GtkWidget *dash;

  LabSession *session;
  LabSelection *selection;
  LabLink *link; /* (nullable) */
  GSignalGroup *signals;
  const char *styles[2];
  gboolean updating;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (LabInspectorLink, lab_inspector_link, ADW_TYPE_BIN)

static LabNode *
node_at (LabInspectorLink *self, guint end)
{
  return lab_topology_find_node (lab_session_get_topology (self->session),
                                 lab_link_get_node_name (self->link, end));
}

static void
show_end (LabInspectorLink *self, guint end)
{
  const char *style = lab_label_link_style (self->link, end);
  g_autofree char *title = g_strdup_printf ("%s %s", lab_link_get_node_name (self->link, end),
                                            lab_link_get_port_name (self->link, end));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ends[end]), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->ends[end]),
                               lab_label_link_state (self->link, end));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icons[end]),
                                lab_label_link_icon (self->link, end));
  if (self->styles[end] != NULL)
    gtk_widget_remove_css_class (self->icons[end], self->styles[end]);
  gtk_widget_add_css_class (self->icons[end], style);
  self->styles[end] = style;
}

/* What was sent into the cable at this end. */
static char *
describe_counters (LabInspectorLink *self, guint end)
{
  LabNode *node = node_at (self, end);
  RelayPortCounters counters;

  if (node == NULL || !lab_session_get_counters (
                          self->session, node, lab_link_get_port_name (self->link, end), &counters))
    return g_strdup ("—");

  return lab_counters_text (&counters);
}

static void
show_traffic (LabInspectorLink *self)
{
  LabLinkRun run;

  if (self->link == NULL)
    return;
  lab_link_get_run (self->link, &run);
  for (guint end = 0; end < 2; end++)
    {
      g_autofree char *rate = lab_label_rate (run.bits[end]);
      g_autofree char *counted = describe_counters (self, end);
      /* Translators: where frames come from: "From R1" */
      g_autofree char *from =
          g_strdup_printf (_ ("From %s"), lab_link_get_node_name (self->link, end));

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->counts[end]), from);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->counts[end]), counted);
      gtk_label_set_label (GTK_LABEL (self->rates[end]), rate);
    }
}

static void
run_changed_cb (LabInspectorLink *self)
{
  show_end (self, 0);
  show_end (self, 1);
}

static guint
position_of (const char *const *names, guint n_names, const char *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;

  return 0;
}

static void
update (LabInspectorLink *self)
{
  const char *label = lab_link_get_label (self->link);
  LabLinkShape shape;
  gboolean own_shape = lab_link_get_shape (self->link, &shape);

  self->updating = TRUE;
  run_changed_cb (self);
  gtk_switch_set_active (GTK_SWITCH (self->plugged), lab_link_get_plugged (self->link));
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->label)), label != NULL ? label : "") !=
      0)
    gtk_editable_set_text (GTK_EDITABLE (self->label), label != NULL ? label : "");
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->shape), own_shape ? (guint) shape + 1 : 0);
  lab_colour_row_set_colour (LAB_COLOUR_ROW (self->colour), lab_link_get_colour (self->link));
  lab_spin_row_set_value (LAB_SPIN_ROW (self->width), lab_link_get_width (self->link));
  adw_combo_row_set_selected (
      ADW_COMBO_ROW (self->dash),
      position_of (dash_names, G_N_ELEMENTS (dash_names), lab_link_get_dash (self->link)));
  self->updating = FALSE;
}

static void
set (LabInspectorLink *self, const char *key, JsonNode *value)
{
  if (self->link != NULL && !self->updating)
    lab_panel_set_link (self->session, self->link, key, value);
  else
    g_clear_pointer (&value, json_node_unref);
}

static void
plugged_cb (LabInspectorLink *self)
{
  set (self, "plugged", lab_panel_boolean (gtk_switch_get_active (GTK_SWITCH (self->plugged))));
}

static void
label_cb (LabInspectorLink *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->label));

  set (self, "label", lab_panel_string (*text != '\0' ? text : NULL));
}

static void
shape_cb (LabInspectorLink *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->shape));

  if (selected < G_N_ELEMENTS (shape_names))
    set (self, "shape", lab_panel_string (shape_names[selected]));
}

static void
colour_cb (LabInspectorLink *self, const char *colour)
{
  set (self, "colour", lab_panel_string (colour));
}

static void
width_cb (LabInspectorLink *self, double value)
{
  set (self, "width", lab_panel_double (value));
}

static void
dash_cb (LabInspectorLink *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->dash));

  if (selected < G_N_ELEMENTS (dash_names))
    set (self, "dash", lab_panel_string (selected > 0 ? dash_names[selected] : NULL));
}

static void
end_cb (LabInspectorLink *self, GtkWidget *row)
{
  LabNode *node = self->link != NULL ? node_at (self, row == self->ends[0] ? 0 : 1) : NULL;

  if (node != NULL)
    lab_selection_set_single (self->selection, node);
}

static void
delete_link (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabInspectorLink *self = LAB_INSPECTOR_LINK (widget);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (self->link == NULL)
    return;
  g_ptr_array_add (items, self->link);
  lab_session_delete (self->session, items);
}

static gboolean
tick_cb (gpointer user_data)
{
  LabInspectorLink *self = user_data;
  LabLinkRun run;

  if (self->link == NULL)
    return G_SOURCE_CONTINUE;
  lab_link_get_run (self->link, &run);
  lab_rate_graph_add (LAB_RATE_GRAPH (self->graph), run.bits[0], run.bits[1]);
  show_traffic (self);

  return G_SOURCE_CONTINUE;
}

static void
lab_inspector_link_map (GtkWidget *widget)
{
  LabInspectorLink *self = LAB_INSPECTOR_LINK (widget);

  GTK_WIDGET_CLASS (lab_inspector_link_parent_class)->map (widget);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
lab_inspector_link_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LAB_INSPECTOR_LINK (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (lab_inspector_link_parent_class)->unmap (widget);
}

static void
lab_inspector_link_dispose (GObject *object)
{
  LabInspectorLink *self = LAB_INSPECTOR_LINK (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->link);
  g_clear_object (&self->selection);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lab_inspector_link_parent_class)->dispose (object);
}

static void
bind_child (GtkWidgetClass *widget_class, const char *name, gssize offset)
{
  gtk_widget_class_bind_template_child_full (widget_class, name, FALSE, offset);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  bind_child (widget_class, "end_a", G_STRUCT_OFFSET (LabInspectorLink, ends[0]));
  bind_child (widget_class, "end_b", G_STRUCT_OFFSET (LabInspectorLink, ends[1]));
  bind_child (widget_class, "icon_a", G_STRUCT_OFFSET (LabInspectorLink, icons[0]));
  bind_child (widget_class, "icon_b", G_STRUCT_OFFSET (LabInspectorLink, icons[1]));
  bind_child (widget_class, "rate_a", G_STRUCT_OFFSET (LabInspectorLink, rates[0]));
  bind_child (widget_class, "rate_b", G_STRUCT_OFFSET (LabInspectorLink, rates[1]));
  bind_child (widget_class, "count_a", G_STRUCT_OFFSET (LabInspectorLink, counts[0]));
  bind_child (widget_class, "count_b", G_STRUCT_OFFSET (LabInspectorLink, counts[1]));
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLink, plugged);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLink, graph);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLink, impairments);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLink, capture_place);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLink, label);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLink, shape);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLink, colour);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLink, width);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLink, dash);
  gtk_widget_class_bind_template_callback (widget_class, plugged_cb);
  gtk_widget_class_bind_template_callback (widget_class, label_cb);
  gtk_widget_class_bind_template_callback (widget_class, shape_cb);
  gtk_widget_class_bind_template_callback (widget_class, colour_cb);
  gtk_widget_class_bind_template_callback (widget_class, width_cb);
  gtk_widget_class_bind_template_callback (widget_class, dash_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_cb);
}

static void
lab_inspector_link_class_init (LabInspectorLinkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_inspector_link_dispose;
  widget_class->map = lab_inspector_link_map;
  widget_class->unmap = lab_inspector_link_unmap;
  g_type_ensure (LAB_TYPE_COLOUR_ROW);
  g_type_ensure (LAB_TYPE_IMPAIR_GROUP);
  g_type_ensure (LAB_TYPE_RATE_GRAPH);
  g_type_ensure (LAB_TYPE_SPIN_ROW);
  gtk_widget_class_install_action (widget_class, "link.delete", NULL, delete_link);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-inspector-link.ui");
  bind_template (widget_class);
}

static void
lab_inspector_link_init (LabInspectorLink *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = FALSE;
  self->signals = g_signal_group_new (LAB_TYPE_LINK);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "run-changed", G_CALLBACK (run_changed_cb), self);
}

GtkWidget *
lab_inspector_link_new (LabSession *session, LabSelection *selection)
{
  LabInspectorLink *self = g_object_new (LAB_TYPE_INSPECTOR_LINK, NULL);

  self->session = g_object_ref (session);
  self->selection = g_object_ref (selection);
  lab_impair_group_set_session (LAB_IMPAIR_GROUP (self->impairments), session);
  adw_bin_set_child (ADW_BIN (self->capture_place), lab_capture_group_new (session, FALSE));

  return GTK_WIDGET (self);
}

void
lab_inspector_link_set_link (LabInspectorLink *self, LabLink *link)
{
  g_return_if_fail (LAB_IS_INSPECTOR_LINK (self));

  if (!g_set_object (&self->link, link))
    return;
  g_signal_group_set_target (self->signals, link);
  lab_impair_group_set_link (LAB_IMPAIR_GROUP (self->impairments), link);
  lab_capture_group_set_link (LAB_CAPTURE_GROUP (adw_bin_get_child (ADW_BIN (self->capture_place))),
                              link);
  lab_rate_graph_clear (LAB_RATE_GRAPH (self->graph));
  if (link == NULL)
    return;
  update (self);
  show_traffic (self);
}
