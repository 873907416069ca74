/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a cable runs.
 *
 * Every shape is made the same way: a polyline from the centre of one node to the centre of the
 * other, cut off where it leaves the first node's box for the first time and where it enters the
 * second's for the last time. A serial line then gets its zig-zag in the middle.
 *
 * Parallel links share the space between two nodes in lanes, side by side and symmetric about the
 * line between the centres. Both nodes see lanes from the same side: for a link drawn the other way
 * round (reversed) the sign changes. When the nodes are too narrow for their lanes, the ends move
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
#define ZIGZAG_LENGTH 11.0 /* half of it */
#define ZIGZAG_HEIGHT 6.0
#define ZIGZAG_SLANT  3.0
#define DOT_DISTANCE  7.0
#define MAX_SEGMENTS  24
#define TINY          1e-6

typedef struct
{
  LabPoint along;  /* from end a's centre to end b's, a unit */
  LabPoint across; /* to its right */
  double distance; /* between the centres */
  LabPoint centres[2];
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

static LabPoint
centre_of (const LabBox *box)
{
  return (LabPoint){ (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2 };
}

/* Adds a point, unless the path ends there already. */
static void
push (LabLinkPath *path, LabPoint point)
{
  if (path->n_points == LAB_LINK_MAX_POINTS ||
      (path->n_points > 0 && distance_of (path->points[path->n_points - 1], point) < TINY))
    return;
  path->points[path->n_points++] = point;
}

static void
frame_init (Frame *frame, const LabLinkRoute *route)
{
  LabPoint a = centre_of (&route->boxes[0]);
  LabPoint b = centre_of (&route->boxes[1]);

  frame->centres[0] = a;
  frame->centres[1] = b;
  frame->distance = distance_of (a, b);
  if (frame->distance > TINY)
    frame->along = (LabPoint){ (b.x - a.x) / frame->distance, (b.y - a.y) / frame->distance };
  else
    frame->along = (LabPoint){ 1, 0 };
  frame->across = (LabPoint){ -frame->along.y, frame->along.x };
}

/* How far to the side a link runs, in lanes: 0 for a single one, -0.5 and 0.5 for two. */
static double
lane_of (const LabLinkRoute *route)
{
  double lane = route->lane - (route->n_lanes - 1) / 2.0;

  return route->reversed ? -lane : lane;
}

/* Half of a box's breadth seen along @across. */
static double
half_breadth (const LabBox *box, LabPoint across)
{
  return (fabs (across.x) * (box->x1 - box->x0) + fabs (across.y) * (box->y1 - box->y0)) / 2;
}

/* The room between two ends at the narrower node. */
static double
end_gap (const LabLinkRoute *route, LabPoint across)
{
  double room =
      2 * END_SHARE *
      MIN (half_breadth (&route->boxes[0], across), half_breadth (&route->boxes[1], across));

  return route->n_lanes > 1 ? MIN (LAB_LINK_LANE, room / (route->n_lanes - 1)) : LAB_LINK_LANE;
}

/* From the centre of a box to its border in a direction. */
static double
reach_of (const LabBox *box, LabPoint direction)
{
  double x = fabs (direction.x) > TINY ? (box->x1 - box->x0) / 2 / fabs (direction.x) : G_MAXDOUBLE;
  double y = fabs (direction.y) > TINY ? (box->y1 - box->y0) / 2 / fabs (direction.y) : G_MAXDOUBLE;

  return MIN (x, y);
}

static void
route_straight (LabLinkPath *path, const LabLinkRoute *route, const Frame *frame)
{
  double lane = lane_of (route);
  double gap = end_gap (route, frame->across);
  double first = reach_of (&route->boxes[0], frame->along);
  double last = frame->distance - reach_of (&route->boxes[1], frame->along);
  double spread = MIN (SPREAD_LENGTH, (last - first) / 4);
  LabPoint start = add (frame->centres[0], frame->across, lane * gap);
  LabPoint end = add (frame->centres[1], frame->across, lane * gap);

  push (path, start);
  if ((gap < LAB_LINK_LANE - TINY || route->bend != 0) && spread > 1)
    {
      double side = lane * LAB_LINK_LANE + route->bend;
      LabPoint base = add (frame->centres[0], frame->across, side);

      push (path, add (start, frame->along, first));
      push (path, add (base, frame->along, first + spread));
      push (path, add (base, frame->along, last - spread));
      push (path, add (end, frame->along, last - frame->distance));
    }
  push (path, end);
}

/* A parabola through the centres; its middle is @height off the line between them. */
static void
route_curved (LabLinkPath *path, const LabLinkRoute *route, const Frame *frame)
{
  double height = lane_of (route) * CURVE_LANE + route->bend;
  guint n;

  if (route->n_lanes == 1 && route->bend == 0)
    height = CURVE_SHARE * frame->distance;
  n = (guint) ceil (sqrt (fabs (height) / MAX (route->tolerance, 0.01)));
  n = CLAMP (n, 1, MAX_SEGMENTS);
  for (guint i = 0; i <= n; i++)
    {
      double t = (double) i / n;
      LabPoint on_line = mix (frame->centres[0], frame->centres[1], t);

      push (path, add (on_line, frame->across, 4 * t * (1 - t) * height));
    }
}

/* Out along the longer way, across in the middle, in along the longer way. */
static void
route_stepped (LabLinkPath *path, const LabLinkRoute *route, const Frame *frame)
{
  LabPoint a = frame->centres[0];
  LabPoint b = frame->centres[1];
  gboolean flat = fabs (b.x - a.x) >= fabs (b.y - a.y);
  LabPoint side = flat ? (LabPoint){ 0, 1 } : (LabPoint){ 1, 0 };
  /* A link seen from its other end must get the same lane, whichever way it was drawn. */
  gboolean backwards = flat ? b.x < a.x : b.y > a.y;
  double lane = backwards ? -lane_of (route) : lane_of (route);
  double gap = end_gap (route, side);
  double rising = (b.x - a.x) * (b.y - a.y) > 0 ? -1 : 1;
  double middle =
      (flat ? (a.x + b.x) : (a.y + b.y)) / 2 + route->bend + rising * lane * LAB_LINK_LANE;

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
route_loop (LabLinkPath *path, const LabLinkRoute *route)
{
  const LabBox *box = &route->boxes[0];
  double size = LOOP_SIZE + LAB_LINK_LANE * route->lane + MAX (route->bend, 0);
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
trim (LabLinkPath *path, const LabLinkRoute *route)
{
  LabLinkPath whole = *path;
  guint first = 1;
  guint last = whole.n_points - 1;
  double start;
  double end;

  while (first < whole.n_points && holds (&route->boxes[0], whole.points[first]))
    first++;
  while (last > 0 && holds (&route->boxes[1], whole.points[last - 1]))
    last--;
  path->n_points = 0;
  if (first < whole.n_points && last > 0)
    {
      start = leave (&route->boxes[0], whole.points[first - 1], whole.points[first]);
      end = 1 - leave (&route->boxes[1], whole.points[last], whole.points[last - 1]);
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
    {
      path->n_points = 2;
      path->points[0] = mix (whole.points[0], whole.points[whole.n_points - 1], 0.5);
      path->points[1] = path->points[0];
    }
}

static void
measure (LabLinkPath *path)
{
  path->length = 0;
  for (guint i = 1; i < path->n_points; i++)
    path->length += distance_of (path->points[i - 1], path->points[i]);
}

/* The bolt of a serial line. */
static void
add_zigzag (LabLinkPath *path)
{
  LabLinkPath whole = *path;
  double middle = path->length / 2;
  double along = 0;
  LabPoint direction;
  LabPoint across;
  LabPoint centre = lab_link_path_get_point (path, middle, &direction);

  if (path->length < 4 * ZIGZAG_LENGTH || path->n_points + 4 > LAB_LINK_MAX_POINTS)
    return;
  across = (LabPoint){ -direction.y, direction.x };
  path->n_points = 0;
  for (guint i = 0; i < whole.n_points; i++)
    {
      double before = along;

      if (i > 0)
        along += distance_of (whole.points[i - 1], whole.points[i]);
      if (before < middle && along >= middle)
        {
          push (path, lab_link_path_get_point (&whole, middle - ZIGZAG_LENGTH, NULL));
          push (path, add (add (centre, direction, ZIGZAG_SLANT), across, -ZIGZAG_HEIGHT));
          push (path, add (add (centre, direction, -ZIGZAG_SLANT), across, ZIGZAG_HEIGHT));
          push (path, lab_link_path_get_point (&whole, middle + ZIGZAG_LENGTH, NULL));
        }
      if (i == 0 || i == whole.n_points - 1 || fabs (along - middle) > ZIGZAG_LENGTH)
        push (path, whole.points[i]);
    }
}

void
lab_link_path_init (LabLinkPath *self, const LabLinkRoute *route)
{
  Frame frame;

  g_return_if_fail (route->n_lanes > 0 && route->lane < route->n_lanes);

  self->n_points = 0;
  frame_init (&frame, route);
  if (route->loop)
    route_loop (self, route);
  else if (route->shape == LAB_LINK_CURVED)
    route_curved (self, route, &frame);
  else if (route->shape == LAB_LINK_STEPPED)
    route_stepped (self, route, &frame);
  else
    route_straight (self, route, &frame);
  if (!route->loop)
    trim (self, route);
  measure (self);
  if (route->serial)
    {
      add_zigzag (self);
      measure (self);
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
lab_link_path_get_point (const LabLinkPath *self, double along, LabPoint *direction)
{
  guint i = 1;

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

LabPoint
lab_link_path_get_middle (const LabLinkPath *self, LabPoint *direction)
{
  return lab_link_path_get_point (self, self->length / 2, direction);
}

static double
segment_distance (LabPoint a, LabPoint b, LabPoint point)
{
  double dx = b.x - a.x;
  double dy = b.y - a.y;
  double square = dx * dx + dy * dy;
  double share = 0;

  if (square > TINY)
    share = CLAMP (((point.x - a.x) * dx + (point.y - a.y) * dy) / square, 0, 1);

  return distance_of (mix (a, b, share), point);
}

double
lab_link_path_get_distance (const LabLinkPath *self, LabPoint point)
{
  double best = G_MAXDOUBLE;

  for (guint i = 1; i < self->n_points; i++)
    best = MIN (best, segment_distance (self->points[i - 1], self->points[i], point));

  return best;
}

LabBox
lab_link_path_get_bounds (const LabLinkPath *self)
{
  LabBox box = LAB_BOX_EMPTY;

  for (guint i = 0; i < self->n_points; i++)
    box = lab_box_add_point (box, self->points[i].x, self->points[i].y);

  return box;
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
lab_link_path_intersects (const LabLinkPath *self, const LabBox *box)
{
  for (guint i = 1; i < self->n_points; i++)
    if (segment_intersects (self->points[i - 1], self->points[i], box))
      return TRUE;

  return FALSE;
}

LabPoint
lab_link_path_get_end (const LabLinkPath *self, guint end, double from, LabPoint *direction)
{
  LabPoint point;

  from = MIN (from, self->length / 3);
  point = lab_link_path_get_point (self, end == 0 ? from : self->length - from, direction);
  if (direction != NULL && end == 1)
    *direction = (LabPoint){ -direction->x, -direction->y };

  return point;
}

LabPoint
lab_link_path_get_dot (const LabLinkPath *self, guint end)
{
  return lab_link_path_get_end (self, end, DOT_DISTANCE, NULL);
}
