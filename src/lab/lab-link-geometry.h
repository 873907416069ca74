/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-box.h"
#include "lab-look.h"

G_BEGIN_DECLS

/* Where a cable runs: plain numbers, no GTK. All lengths are world units; y grows downwards. */

#define LAB_LINK_MAX_POINTS 48
/* Between the lanes of parallel links. */
#define LAB_LINK_LANE 14.0

/**
 * LabLinkPlace:
 * @centre: of each end's device
 * @half_width: of each end's symbol
 * @half_height: of each end's symbol
 * @lane: which of the links between the same two devices this is, 0..n_lanes-1; lanes count from
 *   the side of the device that comes first in the document, so both directions agree
 * @n_lanes: how many there are
 * @turned: end 0 is the device that comes later in the document
 * @shape: straight, curved, stepped
 * @bend: how far the middle is moved sideways (seen from end 0: to the right if positive); of a step,
 *   how far its middle piece is moved along the longer way
 * @serial: a zig-zag in the middle
 *
 * What decides where a link runs. Both ends at one place are a loop.
 */
typedef struct
{
  LabPoint centre[2];
  double half_width[2];
  double half_height[2];
  guint lane;
  guint n_lanes;
  gboolean turned;
  LabLinkShape shape;
  double bend;
  gboolean serial;
} LabLinkPlace;

/**
 * LabLinkGeometry:
 * @n_points: 0 if there is nothing to draw (the symbols cover each other), else 2 or more
 * @points: from the edge of end 0's symbol to that of end 1's
 * @length: along the points
 * @dot: the port dots
 * @middle: half way, where the label and the rate stand
 * @bounds: of all that; empty if there is nothing to draw
 */
typedef struct
{
  guint n_points;
  LabPoint points[LAB_LINK_MAX_POINTS];
  double length;
  LabPoint dot[2];
  LabPoint middle;
  LabBox bounds;
} LabLinkGeometry;

/* Fills all of @self, whatever it held. */
void     lab_link_geometry_compute      (LabLinkGeometry *self, const LabLinkPlace *place);
/* The bend with which the link's middle would be beside or at @x, @y. */
double   lab_link_geometry_find_bend    (const LabLinkPlace *place, double x, double y);
/* How far @x, @y is from the line; G_MAXDOUBLE if there is none. */
double   lab_link_geometry_distance     (const LabLinkGeometry *self, double x, double y);
gboolean lab_link_geometry_meets        (const LabLinkGeometry *self, const LabBox *box);
/* The point @along units from end 0; @direction: (nullable): which way the line runs there, a unit vector. */
LabPoint lab_link_geometry_get_point    (const LabLinkGeometry *self, double along, LabPoint *direction);
/* The point @from units from the border of the symbol at @end, never past a third of the line; @direction leads
 * away from that symbol. */
LabPoint lab_link_geometry_get_end      (const LabLinkGeometry *self, guint end, double from, LabPoint *direction);

G_END_DECLS
