/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-box.h"

G_BEGIN_DECLS

#define LAB_ZOOM_MIN 0.1
#define LAB_ZOOM_MAX 4.0

/**
 * LabViewport:
 * @zoom: view pixels a world unit, LAB_ZOOM_MIN..LAB_ZOOM_MAX
 * @x: world point at the view's left edge
 * @y: world point at the view's top edge
 * @width: size of the view, pixels
 * @height: size of the view, pixels
 * @epoch: counts changes of anything above
 *
 * What of the plane is seen. A plain value without GTK; read its members, change it by the functions.
 */
typedef struct
{
  double zoom;
  double x;
  double y;
  double width;
  double height;
  guint64 epoch;
} LabViewport;

void     lab_viewport_init        (LabViewport *self); /* zoom 1, world origin at the left top, no size */
gboolean lab_viewport_set_size    (LabViewport *self, double width, double height); /* keeps the left top; TRUE if changed */
gboolean lab_viewport_set_origin  (LabViewport *self, double x, double y); /* world units; TRUE if changed */
/* Zoom @zoom (clamped), with the world point under @view_x, @view_y staying where it is. */
gboolean lab_viewport_zoom_at     (LabViewport *self, double zoom, double view_x, double view_y);
void     lab_viewport_centre_on   (LabViewport *self, double world_x, double world_y);
/* All of @box in view with @margin pixels around it, centred; no closer than @max_zoom. */
void     lab_viewport_fit         (LabViewport *self, const LabBox *box, double margin, double max_zoom);
/* Moves as little as needed to have @box, and @margin pixels around it, in view. TRUE if it moved. */
gboolean lab_viewport_reveal      (LabViewport *self, const LabBox *box, double margin);

/* Between pixels from the view's left top and world units. */
LabPoint lab_viewport_to_world    (const LabViewport *self, double view_x, double view_y);
LabPoint lab_viewport_to_view     (const LabViewport *self, double world_x, double world_y);
LabBox   lab_viewport_get_box     (const LabViewport *self); /* what is seen, world units */

/* The next of the fixed zoom steps: 1.1 each, 1 among them. They are few, so that text and symbols of a
 * step can be kept. */
double   lab_zoom_step            (double zoom, int steps); /* @steps: +1 nearer, -1 farther, … */

G_END_DECLS
