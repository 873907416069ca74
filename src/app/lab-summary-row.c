/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of the summary. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-labels.h"
#include "lab-summary-row.h"
#include "lab-summary.h"
#include "lab-symbol-image.h"

struct _LabSummaryRow
{
  GtkWidget parent_instance;

  GtkWidget *expander;
  GtkWidget *symbol;
  GtkWidget *title;
  GtkWidget *state;
  GtkWidget *icon;

  LabSummaryModel *model;
  LabSummaryItem *item; /* (nullable) */
  const char *style;    /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LabSummaryRow, lab_summary_row, GTK_TYPE_WIDGET)

static void
set_style (LabSummaryRow *self, const char *style)
{
  if (self->style == style)
    return;
  if (self->style != NULL)
    gtk_widget_remove_css_class (self->icon, self->style);
  if (style != NULL)
    gtk_widget_add_css_class (self->icon, style);
  self->style = style;
}

static void
show_state (LabSummaryRow *self)
{
  LabNode *node = lab_summary_item_get_node (self->item);
  LabLink *link = lab_summary_item_get_link (self->item);
  guint end = lab_summary_item_get_end (self->item);
  gboolean is_node = lab_summary_item_get_kind (self->item) == LAB_SUMMARY_NODE;
  g_autofree char *state = lab_summary_item_dup_state (self->item);

  gtk_label_set_label (GTK_LABEL (self->state), state);
  gtk_widget_set_visible (self->icon, is_node || link != NULL);
  if (is_node)
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), lab_label_node_icon (node));
      set_style (self, lab_label_node_style (node));
    }
  else if (link != NULL)
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), lab_label_link_icon (link, end));
      set_style (self, lab_label_link_style (link, end));
    }
}

/* The list's own item has the focus, so it must have the name too; GTK 4.8 gives no other way to
 * it. */
static void
describe (LabSummaryRow *self, const char *text)
{
  GtkWidget *list_item = gtk_widget_get_parent (GTK_WIDGET (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (list_item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list_item), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                    -1);
}

static void
show (LabSummaryRow *self)
{
  LabNode *node = lab_summary_item_get_node (self->item);
  guint n_links = lab_summary_model_get_n_links (self->model, node);
  guint n_free = lab_summary_model_get_n_free (self->model, node);
  gboolean is_node = lab_summary_item_get_kind (self->item) == LAB_SUMMARY_NODE;
  g_autofree char *title = lab_summary_item_dup_title (self->item, n_free);
  g_autofree char *description = lab_summary_item_dup_description (self->item, n_links, n_free);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_widget_set_visible (self->symbol, is_node);
  if (is_node)
    lab_symbol_image_set_node (self->symbol, node);
  show_state (self);
  describe (self, description);
}

static void
run_changed_cb (LabSummaryRow *self)
{
  show (self);
}

static void
unbind (LabSummaryRow *self)
{
  if (self->item == NULL)
    return;
  g_signal_handlers_disconnect_by_data (lab_summary_item_get_node (self->item), self);
  if (lab_summary_item_get_link (self->item) != NULL)
    g_signal_handlers_disconnect_by_data (lab_summary_item_get_link (self->item), self);
  g_clear_object (&self->item);
}

static void
follow (LabSummaryRow *self, gpointer object)
{
  g_signal_connect_object (object, "changed", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (object, "run-changed", G_CALLBACK (run_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
lab_summary_row_bind (LabSummaryRow *self, GtkTreeListRow *row)
{
  g_return_if_fail (LAB_IS_SUMMARY_ROW (self));

  unbind (self);
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (self->expander), row);
  if (row == NULL)
    return;
  self->item = gtk_tree_list_row_get_item (row);
  follow (self, lab_summary_item_get_node (self->item));
  if (lab_summary_item_get_link (self->item) != NULL)
    follow (self, lab_summary_item_get_link (self->item));
  show (self);
}

LabSummaryItem *
lab_summary_row_get_item (LabSummaryRow *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ROW (self), NULL);

  return self->item;
}

GtkTreeListRow *
lab_summary_row_get_list_row (LabSummaryRow *self)
{
  g_return_val_if_fail (LAB_IS_SUMMARY_ROW (self), NULL);

  return gtk_tree_expander_get_list_row (GTK_TREE_EXPANDER (self->expander));
}

/* An action of this row: what it stands for is selected, then the summary does it. */
static void
act (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabSummaryRow *self = LAB_SUMMARY_ROW (widget);
  GtkWidget *summary = gtk_widget_get_ancestor (widget, LAB_TYPE_SUMMARY);

  if (summary == NULL || self->item == NULL)
    return;
  lab_summary_point_at (LAB_SUMMARY (summary), self->item);
  gtk_widget_activate_action (summary, name, NULL);
}

static void
pressed_cb (LabSummaryRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *summary = gtk_widget_get_ancestor (GTK_WIDGET (self), LAB_TYPE_SUMMARY);

  if (summary == NULL || self->item == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  lab_summary_point_at (LAB_SUMMARY (summary), self->item);
  lab_summary_popup_menu (LAB_SUMMARY (summary), GTK_WIDGET (self), x, y);
}

static void
lab_summary_row_dispose (GObject *object)
{
  LabSummaryRow *self = LAB_SUMMARY_ROW (object);

  unbind (self);
  g_clear_pointer (&self->expander, gtk_widget_unparent);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (lab_summary_row_parent_class)->dispose (object);
}

static void
lab_summary_row_class_init (LabSummaryRowClass *klass)
{
  static const char *const actions[] = { "summary.start",   "summary.stop",
                                         "summary.reload",  "summary.console",
                                         "summary.connect", "summary.delete",
                                         "summary.rename",  "summary.toggle-plugged" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_summary_row_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, act);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-summary-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LabSummaryRow, expander);
  gtk_widget_class_bind_template_child (widget_class, LabSummaryRow, symbol);
  gtk_widget_class_bind_template_child (widget_class, LabSummaryRow, title);
  gtk_widget_class_bind_template_child (widget_class, LabSummaryRow, state);
  gtk_widget_class_bind_template_child (widget_class, LabSummaryRow, icon);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lab_summary_row_init (LabSummaryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
links_changed_cb (LabSummaryRow *self)
{
  if (self->item != NULL)
    show (self);
}

GtkWidget *
lab_summary_row_new (LabSummaryModel *model)
{
  LabSummaryRow *self = g_object_new (LAB_TYPE_SUMMARY_ROW, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "links-changed", G_CALLBACK (links_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
