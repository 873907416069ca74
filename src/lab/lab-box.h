/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/* Points and boxes of the plane, in world units: the document's own coordinates, one to a pixel at
 * zoom 1, y downwards. In double: a plane is two million units wide. */

typedef struct
{
  double x;
  double y;
} LabPoint;

/* Empty if x1 < x0. */
typedef struct
{
  double x0;
  double y0;
  double x1;
  double y1;
} LabBox;

#define LAB_BOX_EMPTY ((LabBox){ G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE })

/* A box without width or height is not empty: it has the points of its edge. */
static inline gboolean
lab_box_is_empty (const LabBox *box)
{
  return box->x1 < box->x0 || box->y1 < box->y0;
}

/* @x, @y: the middle. */
static inline LabBox
lab_box_around (double x, double y, double half_width, double half_height)
{
  return (LabBox){ x - half_width, y - half_height, x + half_width, y + half_height };
}

/* From two corners, whichever they are. */
static inline LabBox
lab_box_from_corners (double ax, double ay, double bx, double by)
{
  return (LabBox){ MIN (ax, bx), MIN (ay, by), MAX (ax, bx), MAX (ay, by) };
}

/* To all four sides; an empty one stays empty. */
static inline LabBox
lab_box_grow (LabBox box, double by)
{
  return (LabBox){ box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by };
}

/* The smallest box with both in it; an empty one adds nothing. */
static inline LabBox
lab_box_union (LabBox a, LabBox b)
{
  return (LabBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

/* The smallest box with @box and the point in it: from LAB_BOX_EMPTY on, that of all points. */
static inline LabBox
lab_box_add_point (LabBox box, double x, double y)
{
  return (LabBox){ MIN (box.x0, x), MIN (box.y0, y), MAX (box.x1, x), MAX (box.y1, y) };
}

/* Edges count as inside, here and below. */
static inline gboolean
lab_box_meets (const LabBox *a, const LabBox *b)
{
  return a->x0 <= b->x1 && b->x0 <= a->x1 && a->y0 <= b->y1 && b->y0 <= a->y1;
}

/* Whether all of @inner is in @outer. */
static inline gboolean
lab_box_holds_box (const LabBox *outer, const LabBox *inner)
{
  return outer->x0 <= inner->x0 && inner->x1 <= outer->x1 && outer->y0 <= inner->y0 &&
         inner->y1 <= outer->y1;
}

/* Whether the point @x, @y is in it. */
static inline gboolean
lab_box_holds (const LabBox *box, double x, double y)
{
  return box->x0 <= x && x <= box->x1 && box->y0 <= y && y <= box->y1;
}

G_END_DECLS
