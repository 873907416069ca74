/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Choosing a symbol. The popover is filled when it is opened: symbols of the user may have come. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-symbol-button.h"
#include "lab-symbol-image.h"
#include "lab-symbols.h"

#define PER_LINE 5

struct _LabSymbolButton
{
  AdwBin parent_instance;

  GtkWidget *button;
  GtkWidget *image;
  GtkWidget *popover;
  GtkWidget *grid;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabSymbolButton, lab_symbol_button, ADW_TYPE_BIN)

static void
activated_cb (LabSymbolButton *self, GtkFlowBoxChild *child)
{
  const char *name = g_object_get_data (G_OBJECT (child), "symbol");

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHOSEN], 0, name);
}

static void
add_symbol (LabSymbolButton *self, const char *name)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *image = lab_symbol_image_new (40);
  const char *title = lab_symbols_get_title (name);

  lab_symbol_image_set (image, name);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), image);
  gtk_widget_set_tooltip_text (child, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (child), "symbol", g_strdup (name), g_free);
  gtk_flow_box_append (GTK_FLOW_BOX (self->grid), child);
}

static void
show_cb (LabSymbolButton *self)
{
  g_auto (GStrv) names = lab_symbols_list ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->grid), child);
  for (guint i = 0; names[i] != NULL; i++)
    add_symbol (self, names[i]);
}

static void
lab_symbol_button_class_init (LabSymbolButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * LabSymbolButton::chosen:
   * @name: a symbol's name
   *
   * The user chose a symbol.
   */
  signals[CHOSEN] = g_signal_new ("chosen", LAB_TYPE_SYMBOL_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/labwright/Labwright/lab-symbol-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LabSymbolButton, button);
  gtk_widget_class_bind_template_child (widget_class, LabSymbolButton, image);
  gtk_widget_class_bind_template_child (widget_class, LabSymbolButton, popover);
  gtk_widget_class_bind_template_child (widget_class, LabSymbolButton, grid);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
lab_symbol_button_init (LabSymbolButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->grid), PER_LINE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->grid), PER_LINE);
}

void
lab_symbol_button_set_node (LabSymbolButton *self, LabNode *node)
{
  g_return_if_fail (LAB_IS_SYMBOL_BUTTON (self));

  lab_symbol_image_set_node (self->image, node);
}
