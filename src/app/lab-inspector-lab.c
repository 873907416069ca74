/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector's page for the lab itself: name, notes, how it is shown, what it promises. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-capture-group.h"
#include "lab-config-editor.h"
#include "lab-inspector-pages.h"
#include "lab-look.h"
#include "lab-markdown.h"
#include "lab-panel-edit.h"
#include "lab-spin-row.h"
#include "lab-timeline-group.h"

static const char *const shape_names[] = { "straight", "curved", "stepped" };

struct _LabInspectorLab
{
  AdwBin parent_instance;

  GtkWidget *name;
  GtkWidget *counts;
  GtkWidget *edit_notes;
  GtkWidget *notes_stack;
  GtkWidget *notes_text; /* the rendered text */
  GtkWidget *notes_holder;
  GtkWidget *notes_editor;
  GtkWidget *grid;
  GtkWidget *show_grid;
  GtkWidget *snap;
  GtkWidget *port_labels;
  GtkWidget *rates;
  GtkWidget *shape;
  GtkWidget *patience;
  GtkWidget *capture_place;
  GtkWidget *timeline_place;
  GtkWidget *checks_group;
  GtkWidget *checks;

  LabSession *session;
  char *shown_name;
  char *shown_notes;
  guint update_id;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (LabInspectorLab, lab_inspector_lab, ADW_TYPE_BIN)

static LabTopology *
get_topology (LabInspectorLab *self)
{
  return lab_session_get_topology (self->session);
}

static void
show_name (LabInspectorLab *self)
{
  const char *name = lab_topology_get_name (get_topology (self));

  if (g_strcmp0 (self->shown_name, name) == 0)
    return;
  g_free (self->shown_name);
  self->shown_name = g_strdup (name);
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
}

static void
show_counts (LabInspectorLab *self)
{
  LabTopology *topology = get_topology (self);
  guint n_nodes = g_list_model_get_n_items (lab_topology_get_nodes (topology));
  guint n_links = g_list_model_get_n_items (lab_topology_get_links (topology));
  g_autofree char *nodes = g_strdup_printf (ngettext ("%u device", "%u devices", n_nodes), n_nodes);
  g_autofree char *links = g_strdup_printf (ngettext ("%u link", "%u links", n_links), n_links);
  /* Translators: "12 devices, 14 links" */
  g_autofree char *text = g_strdup_printf (_ ("%s, %s"), nodes, links);

  gtk_label_set_label (GTK_LABEL (self->counts), text);
}

static void
show_notes (LabInspectorLab *self)
{
  const char *notes = lab_topology_get_notes (get_topology (self));
  gboolean editing = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->edit_notes));
  const char *page = "text";

  lab_config_editor_set_text (LAB_CONFIG_EDITOR (self->notes_editor), notes);
  if (g_strcmp0 (self->shown_notes, notes) != 0)
    {
      g_free (self->shown_notes);
      self->shown_notes = g_strdup (notes);
      lab_markdown_view_set (self->notes_text, notes != NULL ? notes : "");
    }
  if (editing)
    page = "editor";
  else if (notes == NULL || *notes == '\0')
    page = "none";
  gtk_stack_set_visible_child_name (GTK_STACK (self->notes_stack), page);
}

static void
show_view (LabInspectorLab *self)
{
  LabTopology *topology = get_topology (self);

  lab_spin_row_set_value (LAB_SPIN_ROW (self->grid), lab_topology_get_grid (topology));
  gtk_switch_set_active (GTK_SWITCH (self->show_grid), lab_topology_get_show_grid (topology));
  gtk_switch_set_active (GTK_SWITCH (self->snap), lab_topology_get_snap (topology));
  gtk_switch_set_active (GTK_SWITCH (self->port_labels), lab_topology_get_port_labels (topology));
  gtk_switch_set_active (GTK_SWITCH (self->rates), lab_topology_get_rates (topology));
  lab_spin_row_set_value (LAB_SPIN_ROW (self->patience),
                          lab_topology_get_start_patience (topology));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->shape), lab_topology_get_link_shape (topology));
}

static GtkWidget *
make_check_row (gpointer item, gpointer user_data)
{
  LabCheck *check = item;
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lab_check_get_name (check));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), lab_check_get_node (check));

  return row;
}

static void
update (LabInspectorLab *self)
{
  GListModel *checks = lab_topology_get_checks (get_topology (self));

  self->updating = TRUE;
  show_name (self);
  show_counts (self);
  show_notes (self);
  show_view (self);
  gtk_widget_set_visible (self->checks_group, g_list_model_get_n_items (checks) > 0);
  self->updating = FALSE;
}

static gboolean
update_cb (gpointer user_data)
{
  LabInspectorLab *self = user_data;

  self->update_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
queue_update (LabInspectorLab *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

static void
name_cb (LabInspectorLab *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));

  g_free (self->shown_name);
  self->shown_name = g_strdup (name);
  lab_panel_set_lab (self->session, "name", lab_panel_string (name));
}

static void
notes_cb (LabInspectorLab *self, const char *text)
{
  lab_panel_set_lab (self->session, "notes", lab_panel_string (*text != '\0' ? text : NULL));
}

static void
edit_notes_cb (LabInspectorLab *self)
{
  if (self->session == NULL)
    return;
  lab_config_editor_commit (LAB_CONFIG_EDITOR (self->notes_editor));
  show_notes (self);
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->edit_notes)))
    lab_config_editor_focus (LAB_CONFIG_EDITOR (self->notes_editor));
}

static void
write_notes_cb (LabInspectorLab *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->edit_notes), TRUE);
}

static void
set_view (LabInspectorLab *self, const char *key, JsonNode *value)
{
  if (!self->updating && self->session != NULL)
    lab_panel_set_view (self->session, key, value);
  else
    g_clear_pointer (&value, json_node_unref);
}

static void
grid_cb (LabInspectorLab *self, double value)
{
  set_view (self, "grid", lab_panel_double (value));
}

static void
patience_cb (LabInspectorLab *self, double value)
{
  if (self->session != NULL)
    lab_panel_set_lab (self->session, "start-patience", lab_panel_int ((gint64) value));
}

static void
switch_cb (LabInspectorLab *self, GParamSpec *pspec, GtkWidget *widget)
{
  const char *key = "rates";

  if (widget == self->show_grid)
    key = "show-grid";
  else if (widget == self->snap)
    key = "snap";
  else if (widget == self->port_labels)
    key = "port-labels";
  set_view (self, key, lab_panel_boolean (gtk_switch_get_active (GTK_SWITCH (widget))));
}

static void
shape_cb (LabInspectorLab *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->shape));

  if (selected < G_N_ELEMENTS (shape_names))
    set_view (self, "shape", lab_panel_string (selected > 0 ? shape_names[selected] : NULL));
}

static void
lab_inspector_lab_dispose (GObject *object)
{
  LabInspectorLab *self = LAB_INSPECTOR_LAB (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown_name, g_free);
  g_clear_pointer (&self->shown_notes, g_free);

  G_OBJECT_CLASS (lab_inspector_lab_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, name);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, counts);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, edit_notes);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, notes_stack);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, notes_holder);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, notes_editor);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, grid);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, show_grid);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, snap);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, port_labels);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, rates);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, shape);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, patience);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, capture_place);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, timeline_place);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, checks_group);
  gtk_widget_class_bind_template_child (widget_class, LabInspectorLab, checks);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, patience_cb);
  gtk_widget_class_bind_template_callback (widget_class, notes_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_notes_cb);
  gtk_widget_class_bind_template_callback (widget_class, write_notes_cb);
  gtk_widget_class_bind_template_callback (widget_class, grid_cb);
  gtk_widget_class_bind_template_callback (widget_class, switch_cb);
  gtk_widget_class_bind_template_callback (widget_class, shape_cb);
}

static void
lab_inspector_lab_class_init (LabInspectorLabClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_inspector_lab_dispose;
  g_type_ensure (LAB_TYPE_CONFIG_EDITOR);
  g_type_ensure (LAB_TYPE_SPIN_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-inspector-lab.ui");
  bind_template (widget_class);
}

static void
lab_inspector_lab_init (LabInspectorLab *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = FALSE;
  self->notes_text = lab_markdown_view_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->notes_text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Notes"), -1);
  adw_bin_set_child (ADW_BIN (self->notes_holder), self->notes_text);
}

static void
follow (LabInspectorLab *self, gpointer object, const char *signal)
{
  g_signal_connect_object (object, signal, G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lab_inspector_lab_new (LabSession *session)
{
  LabInspectorLab *self = g_object_new (LAB_TYPE_INSPECTOR_LAB, NULL);
  LabTopology *topology = lab_session_get_topology (session);

  self->session = g_object_ref (session);
  adw_bin_set_child (ADW_BIN (self->capture_place), lab_capture_group_new (session, TRUE));
  adw_bin_set_child (ADW_BIN (self->timeline_place), lab_timeline_group_new (session));
  gtk_list_box_bind_model (GTK_LIST_BOX (self->checks), lab_topology_get_checks (topology),
                           make_check_row, NULL, NULL);
  follow (self, topology, "changed");
  follow (self, lab_topology_get_nodes (topology), "items-changed");
  follow (self, lab_topology_get_links (topology), "items-changed");
  follow (self, lab_topology_get_checks (topology), "items-changed");
  update (self);

  return GTK_WIDGET (self);
}

void
lab_inspector_lab_commit (LabInspectorLab *self)
{
  g_return_if_fail (LAB_IS_INSPECTOR_LAB (self));

  lab_config_editor_commit (LAB_CONFIG_EDITOR (self->notes_editor));
}
