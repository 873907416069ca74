/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas in a GtkScrolledWindow.
 *
 * Adjustments count pixels of the view at the zoom that is: value = viewport origin * zoom. They
 * reach over all there is plus one view on each side, and over where the view is now, so the plane
 * has no end. They are changed in one gtk_adjustment_configure() each: one by one, a value would be
 * clamped to limits that are no longer right, and what is under the pointer would jump while
 * zooming. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-canvas-private.h"

#define FIT_MARGIN    40.0
#define REVEAL_MARGIN 24.0

static void
value_changed_cb (LabCanvas *self)
{
  LabViewport *viewport = lab_stage_get_viewport (self->stage);
  double x = viewport->x;
  double y = viewport->y;

  if (self->adjusting)
    return;
  if (self->hadjustment != NULL)
    x = gtk_adjustment_get_value (self->hadjustment) / viewport->zoom;
  if (self->vadjustment != NULL)
    y = gtk_adjustment_get_value (self->vadjustment) / viewport->zoom;
  if (!lab_viewport_set_origin (viewport, x, y))
    return;
  self->fitted = FALSE;
  lab_canvas_view_changed (self);
}

static void
configure (GtkAdjustment *adjustment, double at, double low, double high, double page)
{
  if (adjustment == NULL)
    return;
  if (low > high)
    low = high = at + page / 2;
  gtk_adjustment_configure (adjustment, at, MIN (low - page, at), MAX (high + page, at + page),
                            page * 0.1, page * 0.9, page);
}

void
lab_canvas_update_adjustments (LabCanvas *self)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);
  LabBox bounds = lab_scene_get_bounds (lab_stage_get_scene (self->stage));
  double zoom = viewport->zoom;

  if (lab_box_is_empty (&bounds))
    bounds = (LabBox){ 1, 1, 0, 0 };
  self->adjusting = TRUE;
  configure (self->hadjustment, viewport->x * zoom, bounds.x0 * zoom, bounds.x1 * zoom,
             viewport->width);
  configure (self->vadjustment, viewport->y * zoom, bounds.y0 * zoom, bounds.y1 * zoom,
             viewport->height);
  self->adjusting = FALSE;
}

void
lab_canvas_view_changed (LabCanvas *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  lab_canvas_queue_allocate_proxies (self);
  if (self->editor != NULL)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
take_adjustment (LabCanvas *self, GtkAdjustment **place, GtkAdjustment *adjustment)
{
  if (*place == adjustment)
    return;
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, value_changed_cb, self);
  g_set_object (place, adjustment);
  if (adjustment == NULL)
    return;
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->stage != NULL)
    lab_canvas_update_adjustments (self);
}

gboolean
lab_canvas_scroll_set_property (LabCanvas *self, const char *name, const GValue *value)
{
  if (g_str_equal (name, "hadjustment"))
    take_adjustment (self, &self->hadjustment, g_value_get_object (value));
  else if (g_str_equal (name, "vadjustment"))
    take_adjustment (self, &self->vadjustment, g_value_get_object (value));
  else if (g_str_equal (name, "hscroll-policy"))
    self->hscroll_policy = g_value_get_enum (value) == GTK_SCROLL_NATURAL;
  else if (g_str_equal (name, "vscroll-policy"))
    self->vscroll_policy = g_value_get_enum (value) == GTK_SCROLL_NATURAL;
  else
    return FALSE;

  return TRUE;
}

gboolean
lab_canvas_scroll_get_property (LabCanvas *self, const char *name, GValue *value)
{
  if (g_str_equal (name, "hadjustment"))
    g_value_set_object (value, self->hadjustment);
  else if (g_str_equal (name, "vadjustment"))
    g_value_set_object (value, self->vadjustment);
  else if (g_str_equal (name, "hscroll-policy"))
    g_value_set_enum (value, self->hscroll_policy ? GTK_SCROLL_NATURAL : GTK_SCROLL_MINIMUM);
  else if (g_str_equal (name, "vscroll-policy"))
    g_value_set_enum (value, self->vscroll_policy ? GTK_SCROLL_NATURAL : GTK_SCROLL_MINIMUM);
  else
    return FALSE;

  return TRUE;
}

void
lab_canvas_dispose_scrolling (LabCanvas *self)
{
  take_adjustment (self, &self->hadjustment, NULL);
  take_adjustment (self, &self->vadjustment, NULL);
}

static void
do_pending (LabCanvas *self)
{
  LabPending pending = self->pending;

  self->pending = LAB_PENDING_NONE;
  if (pending == LAB_PENDING_FIT)
    lab_canvas_fit (self);
  else if (pending == LAB_PENDING_CENTRE)
    lab_canvas_centre_on (self, self->pending_centre.x, self->pending_centre.y);
}

void
lab_canvas_resize_view (LabCanvas *self, int width, int height)
{
  if (!lab_viewport_set_size (lab_stage_get_viewport (self->stage), width, height))
    return;
  if (self->pending != LAB_PENDING_NONE && width > 1 && height > 1)
    do_pending (self);
  else if (self->fitted && self->stroke == LAB_STROKE_NONE && width > 1 && height > 1)
    lab_canvas_fit (self);
  lab_canvas_update_adjustments (self);
  lab_canvas_view_changed (self);
}

static gboolean
has_size (LabCanvas *self)
{
  const LabViewport *viewport = lab_stage_get_viewport (self->stage);

  return viewport->width > 1 && viewport->height > 1;
}

void
lab_canvas_zoom_at (LabCanvas *self, double zoom, double x, double y)
{
  if (!lab_viewport_zoom_at (lab_stage_get_viewport (self->stage), zoom, x, y))
    return;
  self->fitted = FALSE;
  lab_canvas_update_adjustments (self);
  lab_canvas_view_changed (self);
  g_object_notify (G_OBJECT (self), "zoom");
}

void
lab_canvas_pan_to (LabCanvas *self, double world_x, double world_y)
{
  if (!lab_viewport_set_origin (lab_stage_get_viewport (self->stage), world_x, world_y))
    return;
  self->fitted = FALSE;
  lab_canvas_update_adjustments (self);
  lab_canvas_view_changed (self);
}

double
lab_canvas_get_zoom (LabCanvas *self)
{
  g_return_val_if_fail (LAB_IS_CANVAS (self), 1);

  return lab_stage_get_viewport (self->stage)->zoom;
}

void
lab_canvas_set_zoom (LabCanvas *self, double zoom)
{
  const LabViewport *viewport;

  g_return_if_fail (LAB_IS_CANVAS (self));

  viewport = lab_stage_get_viewport (self->stage);
  if (self->pending == LAB_PENDING_FIT)
    {
      /* Said before the first size: where, is still open. */
      self->pending = LAB_PENDING_CENTRE;
      self->pending_centre = (LabPoint){ 0, 0 };
    }
  lab_canvas_zoom_at (self, zoom, viewport->width / 2, viewport->height / 2);
}

void
lab_canvas_get_centre (LabCanvas *self, double *x, double *y)
{
  const LabViewport *viewport;
  LabPoint centre;

  g_return_if_fail (LAB_IS_CANVAS (self));

  viewport = lab_stage_get_viewport (self->stage);
  centre = lab_viewport_to_world (viewport, viewport->width / 2, viewport->height / 2);
  if (self->pending == LAB_PENDING_CENTRE)
    centre = self->pending_centre;
  *x = centre.x;
  *y = centre.y;
}

void
lab_canvas_centre_on (LabCanvas *self, double x, double y)
{
  g_return_if_fail (LAB_IS_CANVAS (self));

  self->fitted = FALSE;
  if (!has_size (self))
    {
      self->pending = LAB_PENDING_CENTRE;
      self->pending_centre = (LabPoint){ x, y };
      return;
    }
  lab_viewport_centre_on (lab_stage_get_viewport (self->stage), x, y);
  lab_canvas_update_adjustments (self);
  lab_canvas_view_changed (self);
}

void
lab_canvas_fit (LabCanvas *self)
{
  LabBox bounds;

  g_return_if_fail (LAB_IS_CANVAS (self));

  if (!has_size (self))
    {
      self->pending = LAB_PENDING_FIT;
      return;
    }
  bounds = lab_scene_get_bounds (lab_stage_get_scene (self->stage));
  lab_viewport_fit (lab_stage_get_viewport (self->stage), &bounds, FIT_MARGIN, 1);
  self->fitted = TRUE;
  lab_canvas_update_adjustments (self);
  lab_canvas_view_changed (self);
  g_object_notify (G_OBJECT (self), "zoom");
}

gboolean
lab_canvas_get_fitted (LabCanvas *self)
{
  g_return_val_if_fail (LAB_IS_CANVAS (self), FALSE);

  return self->fitted || self->pending == LAB_PENDING_FIT;
}

void
lab_canvas_reveal (LabCanvas *self, gpointer item)
{
  LabSceneItem *record;

  g_return_if_fail (LAB_IS_CANVAS (self));

  record = lab_scene_find (lab_stage_get_scene (self->stage), item);
  if (record == NULL || !has_size (self) || lab_box_is_empty (&record->bounds))
    return;
  if (!lab_viewport_reveal (lab_stage_get_viewport (self->stage), &record->bounds, REVEAL_MARGIN))
    return;
  self->fitted = FALSE;
  lab_canvas_update_adjustments (self);
  lab_canvas_view_changed (self);
}

void
lab_canvas_widget_to_world (LabCanvas *self, double x, double y, double *world_x, double *world_y)
{
  LabPoint point;

  g_return_if_fail (LAB_IS_CANVAS (self));

  point = lab_viewport_to_world (lab_stage_get_viewport (self->stage), x, y);
  *world_x = point.x;
  *world_y = point.y;
}

void
lab_canvas_world_to_widget (LabCanvas *self, double world_x, double world_y, double *x, double *y)
{
  LabPoint point;

  g_return_if_fail (LAB_IS_CANVAS (self));

  point = lab_viewport_to_view (lab_stage_get_viewport (self->stage), world_x, world_y);
  *x = point.x;
  *y = point.y;
}
