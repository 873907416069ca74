/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas in its frame. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-app-settings.h"
#include "lab-canvas-view.h"
#include "lab-minimap.h"

/* What the tools need as a column. */
#define LEAST_HEIGHT 270

/* A smaller lab is seen as a whole. */
#define MINIMAP_NODES  25
#define MINIMAP_MARGIN 15
/* Of the view's width and height. */
#define MINIMAP_SHARE 5

struct _LabCanvasView
{
  GtkWidget parent_instance;

  GtkOverlay *overlay;
  GtkScrolledWindow *scroller;
  GtkWidget *hint;
  GtkWidget *tools;
  LabCanvas *canvas;
  GtkWidget *minimap;
  gboolean small;
  guint turn_source; /* to turn the tools */
};

G_DEFINE_FINAL_TYPE (LabCanvasView, lab_canvas_view, GTK_TYPE_WIDGET)

static void
update_hint (LabCanvasView *self)
{
  LabTopology *topology = lab_canvas_get_topology (self->canvas);

  gtk_widget_set_visible (self->hint,
                          g_list_model_get_n_items (lab_topology_get_nodes (topology)) == 0 &&
                              g_list_model_get_n_items (lab_topology_get_drawings (topology)) == 0);
}

/* --- the tools: a column, or a row where a column has no room --- */

static gboolean
turn_cb (gpointer user_data)
{
  LabCanvasView *self = user_data;
  gboolean row = gtk_widget_get_height (GTK_WIDGET (self->scroller)) < LEAST_HEIGHT;

  self->turn_source = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->tools),
                                  row ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);

  return G_SOURCE_REMOVE;
}

/* The height is known while sizes are given out: too early to want another one. */
static void
height_cb (LabCanvasView *self)
{
  if (self->turn_source == 0)
    self->turn_source = g_idle_add (turn_cb, self);
}

static void
lab_canvas_view_dispose (GObject *object)
{
  LabCanvasView *self = LAB_CANVAS_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->turn_source, g_source_remove);
  self->canvas = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), LAB_TYPE_CANVAS_VIEW);
  /* A context menu that was open when the window went. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lab_canvas_view_parent_class)->dispose (object);
}

static void
lab_canvas_view_class_init (LabCanvasViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_canvas_view_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-canvas-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LabCanvasView, overlay);
  gtk_widget_class_bind_template_child (widget_class, LabCanvasView, scroller);
  gtk_widget_class_bind_template_child (widget_class, LabCanvasView, hint);
  gtk_widget_class_bind_template_child (widget_class, LabCanvasView, tools);
}

static void
lab_canvas_view_init (LabCanvasView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller),
                           "notify::page-size", G_CALLBACK (height_cb), self, G_CONNECT_SWAPPED);
}

static void
update_minimap (LabCanvasView *self)
{
  GListModel *nodes = lab_topology_get_nodes (lab_canvas_get_topology (self->canvas));

  gtk_widget_set_visible (self->minimap,
                          !self->small && g_list_model_get_n_items (nodes) >= MINIMAP_NODES &&
                              g_settings_get_boolean (lab_app_settings (), "minimap"));
}

/* In the corner, and never so large that it hides the lab. */
static gboolean
place_minimap_cb (LabCanvasView *self, GtkWidget *child, GdkRectangle *place, GtkWidget *overlay)
{
  int width = gtk_widget_get_width (overlay);
  int height = gtk_widget_get_height (overlay);
  gboolean mirrored = gtk_widget_get_direction (overlay) == GTK_TEXT_DIR_RTL;
  GtkRequisition least;
  GtkRequisition natural;

  if (child != self->minimap)
    return FALSE;
  gtk_widget_get_preferred_size (child, &least, &natural);
  place->width = MAX (least.width, MIN (natural.width, width / MINIMAP_SHARE));
  place->height = MAX (least.height, natural.height * place->width / natural.width);
  place->x = mirrored ? MINIMAP_MARGIN : width - place->width - MINIMAP_MARGIN;
  place->y = height - place->height - MINIMAP_MARGIN;

  return TRUE;
}

static void
add_minimap (LabCanvasView *self)
{
  self->minimap = lab_minimap_new (self->canvas);
  g_signal_connect_object (self->overlay, "get-child-position", G_CALLBACK (place_minimap_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_overlay_add_overlay (self->overlay, self->minimap);
  g_signal_connect_object (lab_app_settings (), "changed::minimap", G_CALLBACK (update_minimap),
                           self, G_CONNECT_SWAPPED);
  update_minimap (self);
}

static void
nodes_changed_cb (LabCanvasView *self)
{
  update_hint (self);
  update_minimap (self);
}

GtkWidget *
lab_canvas_view_new (LabSession *session, LabSelection *selection)
{
  LabCanvasView *self = g_object_new (LAB_TYPE_CANVAS_VIEW, NULL);
  LabTopology *topology = lab_session_get_topology (session);

  self->canvas =
      LAB_CANVAS (lab_canvas_new (topology, lab_session_get_history (session), selection));
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->canvas));
  g_signal_connect_object (lab_topology_get_nodes (topology), "items-changed",
                           G_CALLBACK (nodes_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lab_topology_get_drawings (topology), "items-changed",
                           G_CALLBACK (update_hint), self, G_CONNECT_SWAPPED);
  update_hint (self);
  add_minimap (self);

  return GTK_WIDGET (self);
}

LabCanvas *
lab_canvas_view_get_canvas (LabCanvasView *self)
{
  g_return_val_if_fail (LAB_IS_CANVAS_VIEW (self), NULL);

  return self->canvas;
}

void
lab_canvas_view_set_search (LabCanvasView *self, GtkWidget *search)
{
  g_return_if_fail (LAB_IS_CANVAS_VIEW (self));

  gtk_overlay_add_overlay (self->overlay, search);
}

void
lab_canvas_view_set_small (LabCanvasView *self, gboolean small)
{
  g_return_if_fail (LAB_IS_CANVAS_VIEW (self));

  self->small = small;
  update_minimap (self);
}
