/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One device of the dock: symbol, title, subtitle. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-dock-row.h"
#include "lab-symbol-image.h"

#define DRAG_ICON_SIZE 48

struct _LabDockRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *symbol;
  GtkWidget *title;
  GtkWidget *subtitle;
  LabDockItem *item;
};

G_DEFINE_FINAL_TYPE (LabDockRow, lab_dock_row, GTK_TYPE_LIST_BOX_ROW)

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  LabDockRow *self = user_data;

  return gdk_content_provider_new_typed (LAB_TYPE_NODE_TEMPLATE,
                                         lab_dock_item_get_template (self->item));
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer user_data)
{
  LabDockRow *self = user_data;
  LabNodeTemplate *template = lab_dock_item_get_template (self->item);
  g_autoptr (GdkPaintable) icon = lab_symbol_image_paintable (
      GTK_WIDGET (self), lab_node_template_get_symbol (template), DRAG_ICON_SIZE);

  gtk_drag_source_set_icon (source, icon, DRAG_ICON_SIZE / 2, DRAG_ICON_SIZE / 2);
}

static void
lab_dock_row_dispose (GObject *object)
{
  LabDockRow *self = LAB_DOCK_ROW (object);

  g_clear_object (&self->item);

  G_OBJECT_CLASS (lab_dock_row_parent_class)->dispose (object);
}

static void
lab_dock_row_class_init (LabDockRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_dock_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-dock-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LabDockRow, symbol);
  gtk_widget_class_bind_template_child (widget_class, LabDockRow, title);
  gtk_widget_class_bind_template_child (widget_class, LabDockRow, subtitle);
  gtk_widget_class_bind_template_callback (widget_class, prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
}

static void
lab_dock_row_init (LabDockRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lab_dock_row_new (LabDockItem *item)
{
  LabDockRow *self = g_object_new (LAB_TYPE_DOCK_ROW, NULL);
  LabNodeTemplate *template = lab_dock_item_get_template (item);

  self->item = g_object_ref (item);
  lab_symbol_image_set (self->symbol, lab_node_template_get_symbol (template));
  gtk_label_set_label (GTK_LABEL (self->title), lab_dock_item_get_title (item));
  gtk_label_set_label (GTK_LABEL (self->subtitle), lab_dock_item_get_subtitle (item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), lab_dock_item_get_title (item));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, lab_dock_item_get_title (item),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, lab_dock_item_get_subtitle (item), -1);

  return GTK_WIDGET (self);
}

LabDockItem *
lab_dock_row_get_item (LabDockRow *self)
{
  g_return_val_if_fail (LAB_IS_DOCK_ROW (self), NULL);

  return self->item;
}
