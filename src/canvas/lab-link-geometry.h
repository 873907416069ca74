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
 * LabLinkRoute:
 * @boxes: what the ends are plugged into: [0] end a, [1] end b
 * @shape: straight, curved or stepped
 * @bend: how far the middle is moved sideways (seen from end a: to the right if positive); for a
 *   step, how far its middle piece is moved along the longer way
 * @lane: which of the links between these two nodes it is, 0 first
 * @n_lanes: how many there are, 1 or more
 * @reversed: end a is at the node that is end b of the lane 0 link: lanes are counted from the other side
 * @loop: both ends are at one node (@boxes are equal)
 * @serial: drawn with the zig-zag of a serial line
 * @tolerance: how far a flattened arc may be off the true one; 0.25 / zoom is invisible
 *
 * What decides where a cable runs.
 */
typedef struct
{
  LabBox boxes[2];
  LabLinkShape shape;
  double bend;
  guint lane;
  guint n_lanes;
  gboolean reversed;
  gboolean loop;
  gboolean serial;
  double tolerance;
} LabLinkRoute;

/**
 * LabLinkPath:
 * @points: from end a to end b; the first and the last lie on the nodes' borders
 * @n_points: 2 or more; nodes that cover each other leave two equal points
 * @length: along the points
 *
 * A cable's way as a polyline.
 */
typedef struct
{
  LabPoint points[LAB_LINK_MAX_POINTS];
  guint n_points;
  double length;
} LabLinkPath;

void     lab_link_path_init         (LabLinkPath *self, const LabLinkRoute *route);
/* The point @along units from end a, and which way the cable runs there (a unit vector; @direction: nullable). */
LabPoint lab_link_path_get_point    (const LabLinkPath *self, double along, LabPoint *direction);
LabPoint lab_link_path_get_middle   (const LabLinkPath *self, LabPoint *direction);
double   lab_link_path_get_distance (const LabLinkPath *self, LabPoint point);
LabBox   lab_link_path_get_bounds   (const LabLinkPath *self);
gboolean lab_link_path_intersects   (const LabLinkPath *self, const LabBox *box);
/* A point @from units from the border of the node at @end, never past a third of the cable; the
 * direction leads away from that node. */
LabPoint lab_link_path_get_end      (const LabLinkPath *self, guint end, double from, LabPoint *direction);
/* Where the dot of @end's port is drawn. */
LabPoint lab_link_path_get_dot      (const LabLinkPath *self, guint end);

G_END_DECLS
