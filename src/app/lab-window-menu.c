/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows the context menus of the canvas (lab-item-menu.c) where the pointer is. The item under it
 * is selected already. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-item-menu.h"
#include "lab-window-private.h"

static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

/* The action of the chosen item is activated after "closed": the menu must still be there. */
static void
closed_cb (GtkPopover *popover, gpointer user_data)
{
  LabWindow *self = user_data;

  g_idle_add_full (G_PRIORITY_LOW, unparent_cb, g_object_ref (popover), g_object_unref);
  if (self->canvas != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
context_menu_cb (LabWindow *self, GObject *item, double x, double y, LabCanvas *canvas)
{
  g_autoptr (GMenu) menu = lab_item_menu_new (lab_session_get_topology (self->session), item,
                                              lab_selection_get_size (self->selection) > 1);
  GtkWidget *popover =
      gtk_popover_menu_new_from_model_full (G_MENU_MODEL (menu), GTK_POPOVER_MENU_NESTED);
  GdkRectangle place = { 0, 0, 1, 1 };
  double view_x = x;
  double view_y = y;

  lab_canvas_widget_to_world (canvas, x, y, &self->menu_x, &self->menu_y);
  gtk_widget_set_parent (popover, GTK_WIDGET (self->view));
  gtk_widget_translate_coordinates (GTK_WIDGET (canvas), GTK_WIDGET (self->view), x, y, &view_x,
                                    &view_y);
  place.x = (int) view_x;
  place.y = (int) view_y;
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self, 0);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* GTK 4.8 leaves the focus on an item of a submenu, which is gone: no key would find the window. */
static void
main_menu_closed_cb (LabWindow *self, GtkPopover *popover)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->canvas != NULL &&
      (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (popover))))
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

void
lab_window_menu_attach (LabWindow *self)
{
  g_signal_connect_object (gtk_menu_button_get_popover (self->menu_button), "closed",
                           G_CALLBACK (main_menu_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "context-menu", G_CALLBACK (context_menu_cb), self,
                           G_CONNECT_SWAPPED);
}
