/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window through which the plane is seen. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-viewport.h"

#define STEP_FACTOR 1.1

void
lab_viewport_init (LabViewport *self)
{
  *self = (LabViewport){ .zoom = 1 };
}

gboolean
lab_viewport_set_size (LabViewport *self, double width, double height)
{
  if (self->width == width && self->height == height)
    return FALSE;
  self->width = width;
  self->height = height;
  self->epoch++;

  return TRUE;
}

gboolean
lab_viewport_set_origin (LabViewport *self, double x, double y)
{
  if (self->x == x && self->y == y)
    return FALSE;
  self->x = x;
  self->y = y;
  self->epoch++;

  return TRUE;
}

gboolean
lab_viewport_zoom_at (LabViewport *self, double zoom, double view_x, double view_y)
{
  LabPoint fixed = lab_viewport_to_world (self, view_x, view_y);

  zoom = CLAMP (zoom, LAB_ZOOM_MIN, LAB_ZOOM_MAX);
  if (zoom == self->zoom)
    return FALSE;
  self->zoom = zoom;
  self->x = fixed.x - view_x / zoom;
  self->y = fixed.y - view_y / zoom;
  self->epoch++;

  return TRUE;
}

void
lab_viewport_centre_on (LabViewport *self, double world_x, double world_y)
{
  lab_viewport_set_origin (self, world_x - self->width / 2 / self->zoom,
                           world_y - self->height / 2 / self->zoom);
}

void
lab_viewport_fit (LabViewport *self, const LabBox *box, double margin, double max_zoom)
{
  double width = MAX (self->width - 2 * margin, 1);
  double height = MAX (self->height - 2 * margin, 1);
  double zoom;

  if (lab_box_is_empty (box))
    {
      lab_viewport_zoom_at (self, MIN (1, max_zoom), 0, 0);
      lab_viewport_centre_on (self, 0, 0);
      return;
    }
  zoom = MIN (width / MAX (box->x1 - box->x0, 1), height / MAX (box->y1 - box->y0, 1));
  lab_viewport_zoom_at (self, MIN (zoom, max_zoom), 0, 0);
  lab_viewport_centre_on (self, (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2);
}

/* How far a view of @length at @at moves along one axis to hold @low..@high; its start wins if it
 * cannot hold both. */
static double
shift (double at, double length, double low, double high)
{
  double by = 0;

  if (high > at + length)
    by = high - (at + length);
  if (low < at + by)
    by = low - at;

  return by;
}

gboolean
lab_viewport_reveal (LabViewport *self, const LabBox *box, double margin)
{
  LabBox wanted = lab_box_grow (*box, margin / self->zoom);

  return lab_viewport_set_origin (
      self, self->x + shift (self->x, self->width / self->zoom, wanted.x0, wanted.x1),
      self->y + shift (self->y, self->height / self->zoom, wanted.y0, wanted.y1));
}

LabPoint
lab_viewport_to_world (const LabViewport *self, double view_x, double view_y)
{
  return (LabPoint){ self->x + view_x / self->zoom, self->y + view_y / self->zoom };
}

LabPoint
lab_viewport_to_view (const LabViewport *self, double world_x, double world_y)
{
  return (LabPoint){ (world_x - self->x) * self->zoom, (world_y - self->y) * self->zoom };
}

LabBox
lab_viewport_get_box (const LabViewport *self)
{
  return (LabBox){ self->x, self->y, self->x + self->width / self->zoom,
                   self->y + self->height / self->zoom };
}

double
lab_zoom_step (double zoom, int steps)
{
  double place = log (CLAMP (zoom, LAB_ZOOM_MIN, LAB_ZOOM_MAX)) / log (STEP_FACTOR);
  double next;

  /* Between two steps, the first one leads to the next of them. */
  if (steps > 0)
    next = floor (place + 1e-6) + steps;
  else
    next = ceil (place - 1e-6) + steps;
  if (next == 0)
    return 1;

  return CLAMP (pow (STEP_FACTOR, next), LAB_ZOOM_MIN, LAB_ZOOM_MAX);
}
