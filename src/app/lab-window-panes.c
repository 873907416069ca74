/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the panes around the canvas, and what they and the canvas ask of each other. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <math.h>

#include "lab-add-nodes.h"
#include "lab-dock.h"
#include "lab-look.h"
#include "lab-summary.h"
#include "lab-window-private.h"

/* --- new devices --- */

static void
add_nodes (LabWindow *self, LabNodeTemplate *template, guint count, double x, double y)
{
  g_autoptr (GPtrArray) nodes = lab_add_nodes (self->session, template, count, x, y);

  if (nodes->len > 0)
    lab_selection_set (self->selection, nodes->pdata, nodes->len);
}

/* A place on the grid, if devices snap to it. */
static double
on_grid (LabWindow *self, double place)
{
  LabTopology *topology = lab_session_get_topology (self->session);
  double grid = lab_topology_get_grid (topology);

  return lab_topology_get_snap (topology) ? grid * floor (place / grid + 0.5) : place;
}

static void
dock_add_cb (LabWindow *self, LabNodeTemplate *template, guint count, GtkWidget *dock)
{
  double x;
  double y;

  lab_canvas_get_centre (self->canvas, &x, &y);
  add_nodes (self, template, count, on_grid (self, x), on_grid (self, y));
}

/* A drop that waits for the number. */
typedef struct
{
  LabWindow *window; /* borrowed: not asked after its window is gone */
  LabNodeTemplate *template;
  double x;
  double y;
} Drop;

static void
drop_free (Drop *drop)
{
  lab_node_template_unref (drop->template);
  g_free (drop);
}

static void
counted_cb (guint count, gpointer user_data)
{
  Drop *drop = user_data;

  add_nodes (drop->window, drop->template, count, drop->x, drop->y);
}

static void
drop_cb (LabWindow *self,
         LabNodeTemplate *template,
         double x,
         double y,
         gboolean ask_count,
         LabCanvas *canvas)
{
  Drop *drop;

  if (!ask_count)
    {
      add_nodes (self, template, 1, x, y);
      return;
    }
  drop = g_new0 (Drop, 1);
  drop->window = self;
  drop->template = lab_node_template_ref (template);
  drop->x = x;
  drop->y = y;
  lab_ask_count (GTK_WIDGET (self->view), template, counted_cb, drop, (GDestroyNotify) drop_free);
}

/* --- bringing into view --- */

static void
reveal_cb (LabWindow *self, GObject *item)
{
  if (!lab_panes_get_shown (self->panes, LAB_PANE_CANVAS))
    return;
  lab_canvas_reveal (self->canvas, item);
  lab_canvas_flash (self->canvas, item);
}

/* Enter or a double click on a link or a drawing: what there is to know of it. */
static void
activate_item_cb (LabWindow *self, GObject *item, LabCanvas *canvas)
{
  lab_panes_set_shown (self->panes, LAB_PANE_INSPECTOR, TRUE);
}

static gboolean
delete_requested_cb (LabWindow *self, GPtrArray *items, LabCanvas *canvas)
{
  lab_session_delete (self->session, items);

  return TRUE;
}

/* --- consoles --- */

static void
activate_node_cb (LabWindow *self, LabNode *node)
{
  lab_console_pane_open (self->consoles, node);
}

static void
console_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;
  g_autoptr (GPtrArray) nodes = lab_selection_get_items (self->selection, LAB_TYPE_NODE);

  for (guint i = 0; i < nodes->len; i++)
    if (lab_node_get_kind (g_ptr_array_index (nodes, i)) == LAB_NODE_IOU)
      lab_console_pane_open (self->consoles, g_ptr_array_index (nodes, i));
}

static void
all_consoles_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_console_pane_open_all (self->consoles);
}

static void
consoles_reveal_cb (LabWindow *self, LabConsolePane *pane)
{
  lab_panes_set_shown (self->panes, LAB_PANE_CONSOLES, TRUE);
}

/* The last console was closed: its pane has nothing to show. */
static void
consoles_changed_cb (LabWindow *self)
{
  guint n_pages = lab_console_pane_get_n_pages (self->consoles);

  if (n_pages == 0 && self->n_consoles > 0)
    {
      lab_panes_set_shown (self->panes, LAB_PANE_CONSOLES, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
    }
  self->n_consoles = n_pages;
}

static void
attach_consoles (LabWindow *self)
{
  static const GActionEntry entries[] = { { "console", console_cb },
                                          { "all-consoles", all_consoles_cb } };

  self->consoles = LAB_CONSOLE_PANE (lab_console_pane_new (self->session));
  lab_panes_set_child (self->panes, LAB_PANE_CONSOLES, GTK_WIDGET (self->consoles));
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->consoles, "reveal", G_CALLBACK (consoles_reveal_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->consoles, "changed", G_CALLBACK (consoles_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "activate-node", G_CALLBACK (activate_node_cb), self,
                           G_CONNECT_SWAPPED);
}

/* --- search --- */

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_panes_set_filled (self->panes, FALSE);
  lab_search_open (self->search);
}

static void
search_closed_cb (LabWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* The notes of the lab stand in the inspector while nothing is selected. */
static void
show_notes_cb (LabWindow *self)
{
  lab_panes_set_shown (self->panes, LAB_PANE_INSPECTOR, TRUE);
}

static void
attach_search (LabWindow *self)
{
  static const GActionEntry entries[] = { { "search", search_cb } };

  self->search = LAB_SEARCH (lab_search_new (self->session, self->selection));
  lab_canvas_view_set_search (self->view, GTK_WIDGET (self->search));
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->search, "reveal", G_CALLBACK (reveal_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "show-notes", G_CALLBACK (show_notes_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "closed", G_CALLBACK (search_closed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* --- set-up --- */

static void
attach_side (LabWindow *self)
{
  self->dock = lab_dock_new (self->session);
  self->summary = lab_summary_new (self->session, self->selection);
  self->side = lab_side_pane_new (self->dock, self->summary);
  lab_panes_set_child (self->panes, LAB_PANE_DOCK, self->side);
  g_signal_connect_object (self->dock, "add", G_CALLBACK (dock_add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->summary, "reveal", G_CALLBACK (reveal_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->summary, "activate-node", G_CALLBACK (activate_node_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
attach_inspector (LabWindow *self)
{
  self->inspector = LAB_INSPECTOR (lab_inspector_new (self->session, self->selection));
  lab_panes_set_child (self->panes, LAB_PANE_INSPECTOR, GTK_WIDGET (self->inspector));
  g_signal_connect_object (self->inspector, "activate-node", G_CALLBACK (activate_node_cb), self,
                           G_CONNECT_SWAPPED);
}

void
lab_window_panes_attach (LabWindow *self)
{
  attach_consoles (self);
  attach_side (self);
  attach_inspector (self);
  attach_search (self);
  g_signal_connect_object (self->canvas, "drop-template", G_CALLBACK (drop_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "activate-item", G_CALLBACK (activate_item_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "delete-requested", G_CALLBACK (delete_requested_cb), self,
                           G_CONNECT_SWAPPED);
}
