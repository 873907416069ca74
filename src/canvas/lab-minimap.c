/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The minimap. Dots and lines are one render node of the map's size, kept until the document
 * changes, and made anew ten times a second at most; moving the view draws a rectangle and nothing
 * else. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-minimap-layout.h"
#include "lab-minimap.h"

#define WIDTH     180
#define HEIGHT    120
#define LEAST     60 /* wide and high; who places it gives it what there is room for */
#define PADDING   8.0
#define NODE_HALF 32.0 /* world units that a device takes at the edge */
#define VIEW_MIN  8.0
#define DELAY_MS  100

struct _LabMinimap
{
  GtkWidget parent_instance;

  LabCanvas *canvas;
  GtkAdjustment *adjustments[2];

  LabBox content; /* world */
  LabMinimapLayout layout;
  GskRenderNode *picture;
  guint changed_id;
  gboolean active;

  /* While the view is dragged: from its middle to the pointer, world units. */
  LabPoint grip;
};

G_DEFINE_FINAL_TYPE (LabMinimap, lab_minimap, GTK_TYPE_WIDGET)

static LabBox
get_view (LabMinimap *self)
{
  GtkWidget *canvas = GTK_WIDGET (self->canvas);
  LabBox view;

  lab_canvas_widget_to_world (self->canvas, 0, 0, &view.x0, &view.y0);
  lab_canvas_widget_to_world (self->canvas, gtk_widget_get_width (canvas),
                              gtk_widget_get_height (canvas), &view.x1, &view.y1);

  return view;
}

static LabBox
measure_content (LabTopology *topology)
{
  GListModel *nodes = lab_topology_get_nodes (topology);
  GListModel *drawings = lab_topology_get_drawings (topology);
  LabBox box = LAB_BOX_EMPTY;

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);

      box = lab_box_union (
          box, lab_box_around (lab_node_get_x (node), lab_node_get_y (node), NODE_HALF, NODE_HALF));
    }
  for (guint i = 0; i < g_list_model_get_n_items (drawings); i++)
    {
      g_autoptr (LabDrawing) drawing = g_list_model_get_item (drawings, i);
      double x = lab_drawing_get_x (drawing);
      double y = lab_drawing_get_y (drawing);

      box = lab_box_add_point (box, x, y);
      box = lab_box_add_point (box, x + lab_drawing_get_width (drawing),
                               y + lab_drawing_get_height (drawing));
    }

  return box;
}

static void
update_view (LabMinimap *self)
{
  LabBox view = get_view (self);
  gboolean active = !lab_box_is_empty (&self->content) && view.x1 > view.x0 &&
                    !lab_box_holds_box (&view, &self->content);

  if (active != self->active)
    {
      self->active = active;
      gtk_widget_set_opacity (GTK_WIDGET (self), active ? 1 : 0);
      gtk_widget_set_can_target (GTK_WIDGET (self), active);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, !active, -1);
    }
  if (active)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_picture (LabMinimap *self)
{
  g_clear_pointer (&self->picture, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
fit (LabMinimap *self)
{
  lab_minimap_layout_fit (&self->layout, &self->content, gtk_widget_get_width (GTK_WIDGET (self)),
                          gtk_widget_get_height (GTK_WIDGET (self)), PADDING);
  drop_picture (self);
}

static gboolean
changed_late_cb (gpointer data)
{
  LabMinimap *self = data;

  self->changed_id = 0;
  self->content = measure_content (lab_canvas_get_topology (self->canvas));
  fit (self);
  update_view (self);

  return G_SOURCE_REMOVE;
}

static void
document_changed_cb (LabMinimap *self)
{
  if (self->changed_id == 0)
    self->changed_id = g_timeout_add (DELAY_MS, changed_late_cb, self);
}

static void
draw_links (LabMinimap *self, cairo_t *cr)
{
  LabTopology *topology = lab_canvas_get_topology (self->canvas);
  GListModel *links = lab_topology_get_links (topology);

  for (guint i = 0; i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      for (guint end = 0; end < 2; end++)
        {
          LabNode *node = lab_topology_find_node (topology, lab_link_get_node_name (link, end));
          LabPoint at;

          if (node == NULL)
            continue;
          at = lab_minimap_layout_to_map (&self->layout, lab_node_get_x (node),
                                          lab_node_get_y (node));
          if (end == 0)
            cairo_move_to (cr, at.x, at.y);
          else
            cairo_line_to (cr, at.x, at.y);
        }
    }
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_nodes (LabMinimap *self, cairo_t *cr)
{
  GListModel *nodes = lab_topology_get_nodes (lab_canvas_get_topology (self->canvas));
  double half = CLAMP (NODE_HALF * self->layout.scale * 0.8, 1, 3.5);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      LabPoint at =
          lab_minimap_layout_to_map (&self->layout, lab_node_get_x (node), lab_node_get_y (node));

      cairo_new_sub_path (cr);
      cairo_arc (cr, at.x, at.y, half, 0, 2 * G_PI);
    }
  cairo_fill (cr);
}

/* Hundreds of lines on so little room would hide the devices. */
static float
get_link_alpha (LabMinimap *self)
{
  GListModel *links = lab_topology_get_links (lab_canvas_get_topology (self->canvas));
  guint n_links = MAX (1, g_list_model_get_n_items (links));

  return (float) (0.35 * CLAMP (sqrt (60.0 / n_links), 0.3, 1));
}

static GskRenderNode *
make_picture (LabMinimap *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) self->layout.width,
                                                                (float) self->layout.height));
  GdkRGBA colour;
  GdkRGBA links;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  links = colour;
  links.alpha *= get_link_alpha (self);
  gdk_cairo_set_source_rgba (cr, &links);
  draw_links (self, cr);
  colour.alpha *= 0.7f;
  gdk_cairo_set_source_rgba (cr, &colour);
  draw_nodes (self, cr);
  cairo_destroy (cr);

  return gtk_snapshot_free_to_node (snapshot);
}

static void
append_view (LabMinimap *self, GtkSnapshot *snapshot)
{
  LabBox view = get_view (self);
  LabBox box = lab_minimap_layout_view (&self->layout, &view, VIEW_MIN);
  GskRoundedRect outline;
  GdkRGBA accent;
  GdkRGBA fill;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                       "accent_color", &accent))
    gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &accent);
  fill = accent;
  fill.alpha *= 0.12f;
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) box.x0, (float) box.y0,
                                                        (float) (box.x1 - box.x0),
                                                        (float) (box.y1 - box.y0)),
                                   3);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ 2, 2, 2, 2 },
                              (GdkRGBA[]){ accent, accent, accent, accent });
}

static void
lab_minimap_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LabMinimap *self = LAB_MINIMAP (widget);

  if (!self->active)
    return;
  if (self->picture == NULL)
    self->picture = make_picture (self);
  if (self->picture != NULL)
    gtk_snapshot_append_node (snapshot, self->picture);
  append_view (self, snapshot);
}

static void
lab_minimap_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = LEAST;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
lab_minimap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  fit (LAB_MINIMAP (widget));
}

static void
lab_minimap_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lab_minimap_parent_class)->css_changed (widget, change);

  drop_picture (LAB_MINIMAP (widget));
}

static void
drag_begin_cb (LabMinimap *self, double x, double y, GtkGesture *gesture)
{
  LabBox view = get_view (self);
  LabPoint at = lab_minimap_layout_to_world (&self->layout, x, y);
  LabPoint middle;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->grip = (LabPoint){ 0, 0 };
  if (!lab_box_holds (&view, at.x, at.y))
    {
      lab_canvas_centre_on (self->canvas, at.x, at.y);
      return;
    }
  lab_canvas_get_centre (self->canvas, &middle.x, &middle.y);
  self->grip = (LabPoint){ at.x - middle.x, at.y - middle.y };
}

static void
drag_update_cb (LabMinimap *self, double dx, double dy, GtkGesture *gesture)
{
  double x;
  double y;
  LabPoint at;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y);
  at = lab_minimap_layout_to_world (&self->layout, x + dx, y + dy);
  lab_canvas_centre_on (self->canvas, at.x - self->grip.x, at.y - self->grip.y);
}

static void
add_gesture (LabMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
take_adjustments (LabMinimap *self)
{
  static const char *const names[] = { "hadjustment", "vadjustment" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GtkAdjustment) adjustment = NULL;

      if (self->canvas != NULL)
        g_object_get (self->canvas, names[i], &adjustment, NULL);
      if (adjustment == self->adjustments[i])
        continue;
      if (self->adjustments[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
      g_set_object (&self->adjustments[i], adjustment);
      if (adjustment == NULL)
        continue;
      g_signal_connect_swapped (adjustment, "changed", G_CALLBACK (update_view), self);
      g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (update_view), self);
    }
}

static void
lab_minimap_dispose (GObject *object)
{
  LabMinimap *self = LAB_MINIMAP (object);

  g_clear_handle_id (&self->changed_id, g_source_remove);
  g_clear_object (&self->canvas);
  for (guint i = 0; i < G_N_ELEMENTS (self->adjustments); i++)
    if (self->adjustments[i] != NULL)
      {
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
        g_clear_object (&self->adjustments[i]);
      }
  g_clear_pointer (&self->picture, gsk_render_node_unref);

  G_OBJECT_CLASS (lab_minimap_parent_class)->dispose (object);
}

static void
lab_minimap_class_init (LabMinimapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_minimap_dispose;
  widget_class->snapshot = lab_minimap_snapshot;
  widget_class->measure = lab_minimap_measure;
  widget_class->size_allocate = lab_minimap_size_allocate;
  widget_class->css_changed = lab_minimap_css_changed;

  gtk_widget_class_set_css_name (widget_class, "labminimap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lab_minimap_init (LabMinimap *self)
{
  self->content = LAB_BOX_EMPTY;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_opacity (GTK_WIDGET (self), 0);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Overview: Click or Drag to Move the View"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Overview of the Lab"), -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  add_gesture (self);
}

GtkWidget *
lab_minimap_new (LabCanvas *canvas)
{
  LabMinimap *self;

  g_return_val_if_fail (LAB_IS_CANVAS (canvas), NULL);

  self = g_object_new (LAB_TYPE_MINIMAP, NULL);
  self->canvas = g_object_ref (canvas);
  g_signal_connect_object (canvas, "notify::hadjustment", G_CALLBACK (take_adjustments), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "notify::vadjustment", G_CALLBACK (take_adjustments), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "notify::zoom", G_CALLBACK (update_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lab_canvas_get_history (canvas), "changed",
                           G_CALLBACK (document_changed_cb), self, G_CONNECT_SWAPPED);
  take_adjustments (self);
  document_changed_cb (self);

  return GTK_WIDGET (self);
}

gboolean
lab_minimap_get_active (LabMinimap *self)
{
  g_return_val_if_fail (LAB_IS_MINIMAP (self), FALSE);

  return self->active;
}
