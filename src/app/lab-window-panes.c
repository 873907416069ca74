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
}

void
lab_window_panes_attach (LabWindow *self)
{
  attach_side (self);
  g_signal_connect_object (self->canvas, "drop-template", G_CALLBACK (drop_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "activate-item", G_CALLBACK (activate_item_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "delete-requested", G_CALLBACK (delete_requested_cb), self,
                           G_CONNECT_SWAPPED);
}
