/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a cable runs.
 *
 * Every shape is made the same way: a polyline from the centre of one node to the centre of the
 * other, cut off where it leaves the first node's box for the first time and where it enters the
 * second's for the last time. A serial line then gets its zig-zag in the middle.
 *
 * Parallel links share the space between two nodes in lanes, side by side and symmetric about the
 * line between the centres. Both nodes see lanes from the same side: for a link drawn the other way
 * round (turned) the sign changes. When the nodes are too narrow for their lanes, the ends move
 * together and the lanes spread a little way off. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <math.h>

#include "lab-link-geometry.h"

#define SPREAD_LENGTH 34.0 /* how far from a node its lanes have spread */
#define END_SHARE     0.8  /* of a node's breadth that ends may take */
#define CURVE_SHARE   0.16 /* a lone arc's height, of its length */
#define CURVE_LANE    22.0
#define LOOP_SIZE     46.0
#define ZIGZAG_LENGTH 12.0 /* half of it */
#define ZIGZAG_HEIGHT 8.0
#define ZIGZAG_SLANT  3.5
#define DOT_DISTANCE  7.0
#define MAX_SEGMENTS  28
#define TOLERANCE     0.15 /* how far a flattened arc may be off the true one */
#define TINY          1e-6

typedef struct
{
  LabPoint along;  /* from end 0's centre to end 1's, a unit */
  LabPoint across; /* to its right */
  double distance; /* between the centres */
  LabPoint centres[2];
  LabBox boxes[2];
} Frame;

static LabPoint
add (LabPoint a, LabPoint b, double factor)
{
  return (LabPoint){ a.x + b.x * factor, a.y + b.y * factor };
}

static LabPoint
mix (LabPoint a, LabPoint b, double share)
{
  return (LabPoint){ a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share };
}

static double
distance_of (LabPoint a, LabPoint b)
{
  return hypot (b.x - a.x, b.y - a.y);
}

/* Adds a point, unless the path ends there already. */
static void
push (LabLinkGeometry *path, LabPoint point)
{
  if (path->n_points == LAB_LINK_MAX_POINTS ||
      (path->n_points > 0 && distance_of (path->points[path->n_points - 1], point) < TINY))
    return;
  path->points[path->n_points++] = point;
}

static void
frame_init (Frame *frame, const LabLinkPlace *place)
{
  LabPoint a = place->centre[0];
  LabPoint b = place->centre[1];

  for (guint end = 0; end < 2; end++)
    {
      frame->centres[end] = place->centre[end];
      frame->boxes[end] = lab_box_around (place->centre[end].x, place->centre[end].y,
                                          place->half_width[end], place->half_height[end]);
    }
  frame->distance = distance_of (a, b);
  if (frame->distance > TINY)
    frame->along = (LabPoint){ (b.x - a.x) / frame->distance, (b.y - a.y) / frame->distance };
  else
    frame->along = (LabPoint){ 1, 0 };
  frame->across = (LabPoint){ -frame->along.y, frame->along.x };
}

/* How far to the side a link runs, in lanes: 0 for a single one, -0.5 and 0.5 for two. */
static double
lane_of (const LabLinkPlace *place)
{
  double lane = place->lane - (place->n_lanes - 1) / 2.0;

  return place->turned ? -lane : lane;
}

/* Half of a symbol's breadth seen along @across. */
static double
half_breadth (const LabLinkPlace *place, guint end, LabPoint across)
{
  return fabs (across.x) * place->half_width[end] + fabs (across.y) * place->half_height[end];
}

/* The room between two ends at the narrower node. */
static double
end_gap (const LabLinkPlace *place, LabPoint across)
{
  double room =
      2 * END_SHARE * MIN (half_breadth (place, 0, across), half_breadth (place, 1, across));

  return place->n_lanes > 1 ? MIN (LAB_LINK_LANE, room / (place->n_lanes - 1)) : LAB_LINK_LANE;
}

/* From the centre of a symbol to its border in a direction. */
static double
reach_of (const LabLinkPlace *place, guint end, LabPoint direction)
{
  double x = fabs (direction.x) > TINY ? place->half_width[end] / fabs (direction.x) : G_MAXDOUBLE;
  double y = fabs (direction.y) > TINY ? place->half_height[end] / fabs (direction.y) : G_MAXDOUBLE;

  return MIN (x, y);
}

/* Lanes closer at the ends than on the way. */
static void
spread_lanes (LabLinkGeometry *path, const LabLinkPlace *place, const Frame *frame)
{
  double lane = lane_of (place);
  double first = reach_of (place, 0, frame->along);
  double last = frame->distance - reach_of (place, 1, frame->along);
  double spread = MIN (SPREAD_LENGTH, (last - first) / 4);
  LabPoint base = add (frame->centres[0], frame->across, lane * LAB_LINK_LANE);

  if (spread <= 1)
    return;
  push (path, add (path->points[0], frame->along, first));
  push (path, add (base, frame->along, first + spread));
  push (path, add (base, frame->along, last - spread));
  push (path, add (path->points[0], frame->along, last));
}

/* One line; with a bend, two that meet beside the middle. */
static void
route_straight (LabLinkGeometry *path, const LabLinkPlace *place, const Frame *frame)
{
  double lane = lane_of (place);
  double gap = end_gap (place, frame->across);
  LabPoint middle = mix (frame->centres[0], frame->centres[1], 0.5);

  push (path, add (frame->centres[0], frame->across, lane * gap));
  if (place->bend != 0)
    push (path, add (middle, frame->across, lane * LAB_LINK_LANE + place->bend));
  else if (gap < LAB_LINK_LANE - TINY)
    spread_lanes (path, place, frame);
  push (path, add (frame->centres[1], frame->across, lane * gap));
}

/* A parabola through the centres; its middle is @height off the line between them. */
static void
route_curved (LabLinkGeometry *path, const LabLinkPlace *place, const Frame *frame)
{
  double height = lane_of (place) * CURVE_LANE + place->bend;
  guint n;

  if (place->n_lanes == 1 && place->bend == 0)
    height = CURVE_SHARE * frame->distance * (place->turned ? -1 : 1);
  n = (guint) ceil (sqrt (fabs (height) / TOLERANCE));
  n = CLAMP (n, 1, MAX_SEGMENTS);
  for (guint i = 0; i <= n; i++)
    {
      double t = (double) i / n;
      LabPoint on_line = mix (frame->centres[0], frame->centres[1], t);

      push (path, add (on_line, frame->across, 4 * t * (1 - t) * height));
    }
}

/* How far the middle piece of a step is moved because of its lane, so that parallel steps do not
 * cross. */
static double
step_shift (const LabLinkPlace *place, gboolean flat)
{
  LabPoint a = place->centre[0];
  LabPoint b = place->centre[1];
  /* A link seen from its other end must get the same lane, whichever way it was drawn. */
  gboolean backwards = flat ? b.x < a.x : b.y > a.y;
  double lane = backwards ? -lane_of (place) : lane_of (place);

  return ((b.x - a.x) * (b.y - a.y) > 0 ? -1 : 1) * lane * LAB_LINK_LANE;
}

static gboolean
is_flat (const LabLinkPlace *place)
{
  return fabs (place->centre[1].x - place->centre[0].x) >=
         fabs (place->centre[1].y - place->centre[0].y);
}

/* Out along the longer way, across in the middle, in along the longer way. */
static void
route_stepped (LabLinkGeometry *path, const LabLinkPlace *place, const Frame *frame)
{
  LabPoint a = frame->centres[0];
  LabPoint b = frame->centres[1];
  gboolean flat = is_flat (place);
  LabPoint side = flat ? (LabPoint){ 0, 1 } : (LabPoint){ 1, 0 };
  gboolean backwards = flat ? b.x < a.x : b.y > a.y;
  double lane = backwards ? -lane_of (place) : lane_of (place);
  double gap = end_gap (place, side);
  double middle = (flat ? (a.x + b.x) : (a.y + b.y)) / 2 + place->bend + step_shift (place, flat);

  a = add (a, side, lane * gap);
  b = add (b, side, lane * gap);
  push (path, a);
  if (fabs (flat ? b.y - a.y : b.x - a.x) > 1)
    {
      push (path, flat ? (LabPoint){ middle, a.y } : (LabPoint){ a.x, middle });
      push (path, flat ? (LabPoint){ middle, b.y } : (LabPoint){ b.x, middle });
    }
  push (path, b);
}

/* A loop at the upper right corner, larger for each further one. */
static void
route_loop (LabLinkGeometry *path, const LabLinkPlace *place, const Frame *frame)
{
  const LabBox *box = &frame->boxes[0];
  double size = LOOP_SIZE + LAB_LINK_LANE * place->lane + MAX (place->bend, 0);
  LabPoint a = { box->x0 + (box->x1 - box->x0) * 0.7, box->y0 };
  LabPoint b = { box->x1, box->y0 + (box->y1 - box->y0) * 0.3 };
  LabPoint up = { a.x, a.y - size };
  LabPoint right = { b.x + size, b.y };
  const guint n = 16;

  for (guint i = 0; i <= n; i++)
    {
      double t = (double) i / n;
      LabPoint first = mix (mix (a, up, t), mix (up, right, t), t);
      LabPoint second = mix (mix (up, right, t), mix (right, b, t), t);

      push (path, mix (first, second, t));
    }
}

/* The share of the way from @inside to @outside at which a box ends. */
static double
leave (const LabBox *box, LabPoint inside, LabPoint outside)
{
  double share = 1;

  if (outside.x > box->x1)
    share = MIN (share, (box->x1 - inside.x) / (outside.x - inside.x));
  if (outside.x < box->x0)
    share = MIN (share, (box->x0 - inside.x) / (outside.x - inside.x));
  if (outside.y > box->y1)
    share = MIN (share, (box->y1 - inside.y) / (outside.y - inside.y));
  if (outside.y < box->y0)
    share = MIN (share, (box->y0 - inside.y) / (outside.y - inside.y));

  return CLAMP (share, 0, 1);
}

static gboolean
holds (const LabBox *box, LabPoint point)
{
  return lab_box_holds (box, point.x, point.y);
}

/* Cuts off what lies inside the nodes. */
static void
trim (LabLinkGeometry *path, const Frame *frame)
{
  LabLinkGeometry whole = *path;
  guint first = 1;
  guint last = whole.n_points - 1;
  double start;
  double end;

  while (first < whole.n_points && holds (&frame->boxes[0], whole.points[first]))
    first++;
  while (last > 0 && holds (&frame->boxes[1], whole.points[last - 1]))
    last--;
  path->n_points = 0;
  if (first < whole.n_points && last > 0)
    {
      start = leave (&frame->boxes[0], whole.points[first - 1], whole.points[first]);
      end = 1 - leave (&frame->boxes[1], whole.points[last], whole.points[last - 1]);
      if (first < last || (first == last && start <= end))
        {
          push (path, mix (whole.points[first - 1], whole.points[first], start));
          for (guint i = first; i < last; i++)
            push (path, whole.points[i]);
          push (path, mix (whole.points[last - 1], whole.points[last], end));
        }
    }
  /* The nodes cover each other, and the cable. */
  if (path->n_points < 2)
    path->n_points = 0;
}

static void
measure (LabLinkGeometry *path)
{
  path->length = 0;
  for (guint i = 1; i < path->n_points; i++)
    path->length += distance_of (path->points[i - 1], path->points[i]);
}

/* The bolt of a serial line. */
static void
add_zigzag (LabLinkGeometry *path)
{
  LabLinkGeometry whole = *path;
  double middle = path->length / 2;
  double along = 0;
  LabPoint direction;
  LabPoint across;
  LabPoint centre;

  if (path->length < 4 * ZIGZAG_LENGTH || path->n_points + 4 > LAB_LINK_MAX_POINTS)
    return;
  centre = lab_link_geometry_get_point (path, middle, &direction);
  across = (LabPoint){ -direction.y, direction.x };
  path->n_points = 0;
  for (guint i = 0; i < whole.n_points; i++)
    {
      double before = along;

      if (i > 0)
        along += distance_of (whole.points[i - 1], whole.points[i]);
      if (before < middle && along >= middle)
        {
          push (path, lab_link_geometry_get_point (&whole, middle - ZIGZAG_LENGTH, NULL));
          push (path, add (add (centre, direction, ZIGZAG_SLANT), across, -ZIGZAG_HEIGHT));
          push (path, add (add (centre, direction, -ZIGZAG_SLANT), across, ZIGZAG_HEIGHT));
          push (path, lab_link_geometry_get_point (&whole, middle + ZIGZAG_LENGTH, NULL));
        }
      if (i == 0 || i == whole.n_points - 1 || fabs (along - middle) > ZIGZAG_LENGTH)
        push (path, whole.points[i]);
    }
}

static LabPoint
unit (LabPoint a, LabPoint b)
{
  double length = distance_of (a, b);

  return length > TINY ? (LabPoint){ (b.x - a.x) / length, (b.y - a.y) / length }
                       : (LabPoint){ 1, 0 };
}

LabPoint
lab_link_geometry_get_point (const LabLinkGeometry *self, double along, LabPoint *direction)
{
  guint i = 1;

  if (self->n_points < 2)
    {
      if (direction != NULL)
        *direction = (LabPoint){ 1, 0 };
      return self->middle;
    }
  along = CLAMP (along, 0, self->length);
  while (i < self->n_points - 1)
    {
      double piece = distance_of (self->points[i - 1], self->points[i]);

      if (along <= piece)
        break;
      along -= piece;
      i++;
    }
  if (direction != NULL)
    *direction = unit (self->points[i - 1], self->points[i]);

  return mix (self->points[i - 1], self->points[i],
              MIN (along / MAX (distance_of (self->points[i - 1], self->points[i]), TINY), 1));
}

static double
segment_distance (LabPoint a, LabPoint b, LabPoint point)
{
  double dx = b.x - a.x;
  double dy = b.y - a.y;
  double square = dx * dx + dy * dy;
  double share = 0;

  if (square > 0)
    share = CLAMP (((point.x - a.x) * dx + (point.y - a.y) * dy) / square, 0, 1);

  return distance_of (mix (a, b, share), point);
}

double
lab_link_geometry_distance (const LabLinkGeometry *self, double x, double y)
{
  double best = G_MAXDOUBLE;

  for (guint i = 1; i < self->n_points; i++)
    best = MIN (best, segment_distance (self->points[i - 1], self->points[i], (LabPoint){ x, y }));

  return best;
}

/* Liang and Barsky: does a piece of the segment lie in the box? */
static gboolean
segment_intersects (LabPoint a, LabPoint b, const LabBox *box)
{
  const double delta[] = { a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y };
  const double room[] = { a.x - box->x0, box->x1 - a.x, a.y - box->y0, box->y1 - a.y };
  double from = 0;
  double to = 1;

  for (guint i = 0; i < 4; i++)
    {
      if (delta[i] == 0 && room[i] < 0)
        return FALSE;
      if (delta[i] < 0)
        from = MAX (from, room[i] / delta[i]);
      else if (delta[i] > 0)
        to = MIN (to, room[i] / delta[i]);
    }

  return from <= to;
}

gboolean
lab_link_geometry_meets (const LabLinkGeometry *self, const LabBox *box)
{
  for (guint i = 1; i < self->n_points; i++)
    if (segment_intersects (self->points[i - 1], self->points[i], box))
      return TRUE;

  return FALSE;
}

LabPoint
lab_link_geometry_get_end (const LabLinkGeometry *self, guint end, double from, LabPoint *direction)
{
  LabPoint point;

  from = MIN (from, self->length / 3);
  point = lab_link_geometry_get_point (self, end == 0 ? from : self->length - from, direction);
  if (direction != NULL && end == 1)
    *direction = (LabPoint){ -direction->x, -direction->y };

  return point;
}

static void
finish (LabLinkGeometry *self, const Frame *frame)
{
  self->middle = mix (frame->centres[0], frame->centres[1], 0.5);
  self->bounds = LAB_BOX_EMPTY;
  if (self->n_points > 0)
    self->middle = lab_link_geometry_get_point (self, self->length / 2, NULL);
  for (guint end = 0; end < 2; end++)
    self->dot[end] = lab_link_geometry_get_end (self, end, DOT_DISTANCE, NULL);
  for (guint i = 0; i < self->n_points; i++)
    self->bounds = lab_box_add_point (self->bounds, self->points[i].x, self->points[i].y);
}

void
lab_link_geometry_compute (LabLinkGeometry *self, const LabLinkPlace *place)
{
  Frame frame;

  g_return_if_fail (place->n_lanes > 0 && place->lane < place->n_lanes);

  self->n_points = 0;
  frame_init (&frame, place);
  if (frame.distance < TINY)
    route_loop (self, place, &frame);
  else if (place->shape == LAB_LINK_CURVED)
    route_curved (self, place, &frame);
  else if (place->shape == LAB_LINK_STEPPED)
    route_stepped (self, place, &frame);
  else
    route_straight (self, place, &frame);
  if (frame.distance >= TINY)
    trim (self, &frame);
  measure (self);
  if (place->serial)
    {
      add_zigzag (self);
      measure (self);
    }
  finish (self, &frame);
}

double
lab_link_geometry_find_bend (const LabLinkPlace *place, double x, double y)
{
  gboolean flat = is_flat (place);
  LabPoint middle;
  Frame frame;
  double side;

  frame_init (&frame, place);
  if (frame.distance < TINY)
    return place->bend;
  middle = mix (frame.centres[0], frame.centres[1], 0.5);
  if (place->shape == LAB_LINK_STEPPED)
    return (flat ? x - middle.x : y - middle.y) - step_shift (place, flat);
  side = (x - middle.x) * frame.across.x + (y - middle.y) * frame.across.y;

  return side - lane_of (place) * (place->shape == LAB_LINK_CURVED ? CURVE_LANE : LAB_LINK_LANE);
}
