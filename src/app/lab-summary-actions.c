/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the summary does to what is selected. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-connect-dialog.h"
#include "lab-link-edits.h"
#include "lab-panel-edit.h"
#include "lab-rename-popover.h"
#include "lab-runtime.h"
#include "lab-summary-private.h"

typedef struct
{
  guint n_nodes;
  guint n_devices; /* nodes that are processes */
  guint n_running;
  guint n_links;
  guint n_plugged;
} Counts;

static Counts
count (LabSummary *self)
{
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);
  g_autoptr (GPtrArray) links = lab_selection_get_items (self->selection, LAB_TYPE_LINK);
  Counts counts = { .n_nodes = nodes->len, .n_links = links->len };

  for (guint i = 0; i < nodes->len; i++)
    {
      LabNode *node = g_ptr_array_index (nodes, i);

      counts.n_devices += lab_node_get_kind (node) == LAB_NODE_IOU;
      counts.n_running += lab_run_state_is_running (lab_node_get_run_state (node));
    }
  for (guint i = 0; i < links->len; i++)
    counts.n_plugged += lab_link_get_plugged (g_ptr_array_index (links, i));

  return counts;
}

static void
control (GtkWidget *widget, LabClientVerb verb)
{
  LabSummary *self = LAB_SUMMARY (widget);
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);

  lab_panel_control (self->session, verb, nodes);
}

static void
start (GtkWidget *widget, const char *name, GVariant *parameter)
{
  control (widget, LAB_CLIENT_START);
}

static void
stop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  control (widget, LAB_CLIENT_STOP);
}

static void
reload (GtkWidget *widget, const char *name, GVariant *parameter)
{
  control (widget, LAB_CLIENT_RELOAD);
}

static void
console (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabSummary *self = LAB_SUMMARY (widget);
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);

  for (guint i = 0; i < nodes->len; i++)
    if (lab_node_get_kind (g_ptr_array_index (nodes, i)) == LAB_NODE_IOU)
      lab_summary_activate_node (self, g_ptr_array_index (nodes, i));
}

/* The node that is meant: of the row that was pointed at, else the first that is selected. */
static LabNode *
meant_node (LabSummary *self)
{
  g_autoptr (GPtrArray) nodes = NULL;

  if (self->pointed != NULL &&
      lab_selection_contains (self->selection, lab_summary_item_get_object (self->pointed)))
    return lab_summary_item_get_node (self->pointed);
  nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);

  return nodes->len > 0 ? g_ptr_array_index (nodes, 0) : NULL;
}

static void
connect_port (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabSummary *self = LAB_SUMMARY (widget);
  LabNode *node = meant_node (self);
  const char *port = NULL;

  if (node == NULL)
    return;
  if (self->pointed != NULL && lab_summary_item_get_kind (self->pointed) == LAB_SUMMARY_PORT)
    port = lab_summary_item_get_port (self->pointed);
  lab_connect_dialog_present (widget, self->session, node, port);
}

static void
delete_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabSummary *self = LAB_SUMMARY (widget);
  g_autoptr (GPtrArray) items = lab_selection_get_items (self->selection, G_TYPE_OBJECT);

  if (items->len > 0)
    lab_session_delete (self->session, items);
}

static void
toggle_plugged (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabSummary *self = LAB_SUMMARY (widget);
  g_autoptr (GPtrArray) links = lab_selection_get_items (self->selection, LAB_TYPE_LINK);
  LabEdit *edit = lab_links_edit_toggle (links);

  if (edit != NULL)
    lab_session_apply (self->session, edit);
}

static void
take_popover (LabSummary *self, GtkWidget *popover, const GdkRectangle *at)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = popover;
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), at);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* Where the keyboard is, if it is in here. */
static GdkRectangle
focus_place (LabSummary *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GdkRectangle place = { 12, 12, 1, 1 };
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->list) &&
      gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    place = (GdkRectangle){ (int) bounds.origin.x + 40, (int) bounds.origin.y, 1,
                            (int) bounds.size.height };

  return place;
}

static void
rename_node (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LabSummary *self = LAB_SUMMARY (widget);
  LabNode *node = meant_node (self);
  GdkRectangle place = focus_place (self);

  if (node != NULL)
    take_popover (self, lab_rename_popover_new (self->session, node), &place);
}

static void
append (GMenu *menu, gboolean applies, const char *label, const char *action)
{
  if (applies)
    g_menu_append (menu, label, action);
}

static void
append_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* Only what can be done to what is selected. */
static GMenu *
make_menu (LabSummary *self)
{
  Counts counts = count (self);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) run = g_menu_new ();
  g_autoptr (GMenu) cable = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();

  append (run, counts.n_devices > counts.n_running, _ ("_Start"), "summary.start");
  append (run, counts.n_running > 0, _ ("S_top"), "summary.stop");
  append (run, counts.n_running > 0, _ ("Re_load"), "summary.reload");
  append (run, counts.n_devices > 0, _ ("_Console"), "summary.console");
  append (cable, counts.n_nodes == 1, _ ("C_able…"), "summary.connect");
  append (cable, counts.n_links > 0, counts.n_plugged > 0 ? _ ("_Unplug") : _ ("_Plug In"),
          "summary.toggle-plugged");
  append (edit, counts.n_nodes == 1, _ ("_Rename…"), "summary.rename");
  append (edit, counts.n_nodes + counts.n_links > 0, _ ("_Delete"), "summary.delete");
  append_section (menu, run);
  append_section (menu, cable);
  append_section (menu, edit);

  return menu;
}

void
lab_summary_popup_menu (LabSummary *self, GtkWidget *widget, double x, double y)
{
  g_autoptr (GMenu) menu = make_menu (self);
  GdkRectangle place = { 0, 0, 1, 1 };
  GtkWidget *popover;
  double at_x;
  double at_y;

  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    return;
  gtk_widget_translate_coordinates (widget, GTK_WIDGET (self), x, y, &at_x, &at_y);
  place.x = (int) at_x;
  place.y = (int) at_y;
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  take_popover (self, popover, &place);
}

static void
popup (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GdkRectangle place = focus_place (LAB_SUMMARY (widget));

  lab_summary_popup_menu (LAB_SUMMARY (widget), widget, place.x, place.y + place.height);
}

void
lab_summary_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "summary.start", NULL, start);
  gtk_widget_class_install_action (widget_class, "summary.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "summary.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "summary.console", NULL, console);
  gtk_widget_class_install_action (widget_class, "summary.connect", NULL, connect_port);
  gtk_widget_class_install_action (widget_class, "summary.delete", NULL, delete_selected);
  gtk_widget_class_install_action (widget_class, "summary.rename", NULL, rename_node);
  gtk_widget_class_install_action (widget_class, "summary.toggle-plugged", NULL, toggle_plugged);
  gtk_widget_class_install_action (widget_class, "summary.menu", NULL, popup);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "summary.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "summary.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "summary.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "summary.menu",
                                       NULL);
}
