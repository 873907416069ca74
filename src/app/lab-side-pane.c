/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two pages with a switcher above. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lab-side-pane.h"

struct _LabSidePane
{
  GtkWidget parent_instance;

  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (LabSidePane, lab_side_pane, GTK_TYPE_WIDGET)

static void
lab_side_pane_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lab_side_pane_parent_class)->dispose (object);
}

static void
lab_side_pane_class_init (LabSidePaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_side_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
lab_side_pane_init (LabSidePane *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *switcher = gtk_stack_switcher_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_add_css_class (switcher, "lab-switcher");
  gtk_widget_set_parent (switcher, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

GtkWidget *
lab_side_pane_new (GtkWidget *dock, GtkWidget *summary)
{
  LabSidePane *self = g_object_new (LAB_TYPE_SIDE_PANE, NULL);

  gtk_stack_add_titled (self->stack, dock, "devices", _ ("Devices"));
  gtk_stack_add_titled (self->stack, summary, "summary", _ ("Summary"));

  return GTK_WIDGET (self);
}

void
lab_side_pane_show (LabSidePane *self, const char *page)
{
  g_return_if_fail (LAB_IS_SIDE_PANE (self));

  gtk_stack_set_visible_child_name (self->stack, page);
}
