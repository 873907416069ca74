/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where cables run: what must hold for any two nodes, and a few known ways. */

#include "config.h"

#include <math.h>

#include "lab-link-geometry.h"

#define HALF   24.0
#define TRIALS 4000

static void
put (LabLinkPlace *place, guint end, double x, double y)
{
  place->centre[end] = (LabPoint){ x, y };
  place->half_width[end] = HALF;
  place->half_height[end] = HALF;
}

static LabBox
box_at (const LabLinkPlace *place, guint end)
{
  return lab_box_around (place->centre[end].x, place->centre[end].y, HALF, HALF);
}

static double
distance (const LabLinkGeometry *path, LabPoint point)
{
  return lab_link_geometry_distance (path, point.x, point.y);
}

static double
random_coordinate (void)
{
  return g_test_rand_double_range (-800, 800);
}

/* Two nodes that do not touch. */
static LabLinkPlace
random_place (void)
{
  LabLinkPlace place = { .n_lanes = 1 };
  double ax = random_coordinate ();
  double ay = random_coordinate ();
  double bx = ax;
  double by = ay;

  while (fabs (bx - ax) < 2 * HALF + 10 && fabs (by - ay) < 2 * HALF + 10)
    {
      bx = random_coordinate ();
      by = random_coordinate ();
    }
  put (&place, 0, ax, ay);
  put (&place, 1, bx, by);
  place.shape = (LabLinkShape) g_test_rand_int_range (0, 3);
  place.n_lanes = g_test_rand_int_range (1, 9);
  place.lane = g_test_rand_int_range (0, (int) place.n_lanes);
  place.turned = g_test_rand_bit ();
  place.serial = g_test_rand_bit ();

  return place;
}

static gboolean
on_border (LabPoint point, LabBox box)
{
  LabBox outer = lab_box_grow (box, 1e-6);
  LabBox inner = lab_box_grow (box, -1e-6);

  return lab_box_holds (&outer, point.x, point.y) && !lab_box_holds (&inner, point.x, point.y);
}

static double
gap (LabPoint a, LabPoint b)
{
  return hypot (a.x - b.x, a.y - b.y);
}

static void
test_any (void)
{
  for (guint i = 0; i < TRIALS; i++)
    {
      LabLinkPlace place = random_place ();
      LabLinkGeometry path;
      double length = 0;
      LabBox bounds;

      lab_link_geometry_compute (&path, &place);
      g_assert_cmpuint (path.n_points, >=, 2);
      g_assert_cmpuint (path.n_points, <=, LAB_LINK_MAX_POINTS);
      g_assert_true (on_border (path.points[0], box_at (&place, 0)));
      g_assert_true (on_border (path.points[path.n_points - 1], box_at (&place, 1)));
      bounds = path.bounds;
      for (guint p = 0; p < path.n_points; p++)
        {
          LabBox spot = lab_box_around (path.points[p].x, path.points[p].y, 0.5, 0.5);

          g_assert_true (isfinite (path.points[p].x) && isfinite (path.points[p].y));
          g_assert_cmpfloat (distance (&path, path.points[p]), <, 1e-6);
          g_assert_true (lab_box_holds (&bounds, path.points[p].x, path.points[p].y));
          g_assert_true (lab_link_geometry_meets (&path, &spot));
          if (p > 0)
            length += gap (path.points[p - 1], path.points[p]);
        }
      g_assert_cmpfloat_with_epsilon (path.length, length, 1e-6);
    }
}

/* The same link drawn from its other end runs the same way. */
static void
test_turned (void)
{
  for (guint i = 0; i < TRIALS; i++)
    {
      LabLinkPlace place = random_place ();
      LabLinkPlace back = place;
      LabLinkGeometry there;
      LabLinkGeometry home;

      back.centre[0] = place.centre[1];
      back.centre[1] = place.centre[0];
      back.turned = !place.turned;
      place.serial = back.serial = FALSE;
      lab_link_geometry_compute (&there, &place);
      lab_link_geometry_compute (&home, &back);
      g_assert_cmpuint (there.n_points, ==, home.n_points);
      for (guint p = 0; p < there.n_points; p++)
        g_assert_cmpfloat (gap (there.points[p], home.points[home.n_points - 1 - p]), <, 1e-6);
    }
}

/* Lanes lie evenly and symmetric about the line between the nodes. */
static void
test_lanes (void)
{
  LabLinkPlace place = { .n_lanes = 1 };

  put (&place, 0, 0, 0);
  put (&place, 1, 300, 0);
  for (guint n = 1; n <= 16; n++)
    {
      double before = 0;

      place.n_lanes = n;
      for (guint lane = 0; lane < n; lane++)
        {
          LabLinkGeometry path;
          LabPoint middle;
          double off = (lane - (n - 1) / 2.0) * LAB_LINK_LANE;

          place.lane = lane;
          lab_link_geometry_compute (&path, &place);
          middle = path.middle;
          g_assert_cmpfloat_with_epsilon (middle.x, 150, 1e-6);
          g_assert_cmpfloat_with_epsilon (middle.y, off, 1e-6);
          g_assert_cmpfloat (path.points[0].x, ==, HALF);
          if (lane > 0)
            g_assert_cmpfloat (path.points[0].y - before, >, 2);
          before = path.points[0].y;
        }
      g_assert_cmpfloat (before, <, HALF);
    }
}

/* Steps of parallel links do not cross each other. */
static void
test_steps (void)
{
  static const double places[][2] = { { 300, 200 }, { 300, -200 }, { -300, 200 }, { -300, -200 },
                                      { 200, 300 }, { 200, -300 }, { -200, 300 }, { -200, -300 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      LabLinkPlace place = { .shape = LAB_LINK_STEPPED, .n_lanes = 2 };
      LabLinkGeometry first;
      LabLinkGeometry second;

      put (&place, 0, 0, 0);
      put (&place, 1, places[i][0], places[i][1]);
      lab_link_geometry_compute (&first, &place);
      place.lane = 1;
      lab_link_geometry_compute (&second, &place);
      g_assert_cmpuint (first.n_points, ==, 4);
      for (guint p = 1; p < 4; p++)
        g_assert_true (first.points[p].x == first.points[p - 1].x ||
                       first.points[p].y == first.points[p - 1].y);
      for (double along = 0; along <= first.length; along += 2)
        g_assert_cmpfloat (distance (&second, lab_link_geometry_get_point (&first, along, NULL)), >,
                           LAB_LINK_LANE - 1e-6);
    }
}

static void
test_curve (void)
{
  LabLinkPlace place = { .shape = LAB_LINK_CURVED, .n_lanes = 1, .bend = 60 };
  LabLinkGeometry path;
  LabPoint middle;
  LabPoint direction;

  put (&place, 0, 0, 0);
  put (&place, 1, 300, 0);
  lab_link_geometry_compute (&path, &place);
  middle = path.middle;
  lab_link_geometry_get_point (&path, path.length / 2, &direction);
  g_assert_cmpfloat_with_epsilon (middle.x, 150, 1e-6);
  g_assert_cmpfloat_with_epsilon (middle.y, 60, 0.5);
  g_assert_cmpfloat_with_epsilon (direction.x, 1, 0.05);
  /* Flat enough: no point of the true arc is off by more than the tolerance. */
  for (double t = 0.2; t < 0.8; t += 0.01)
    g_assert_cmpfloat (distance (&path, (LabPoint){ 300 * t, 4 * t * (1 - t) * 60 }), <, 0.25);
}

/* Bent to a point, the middle goes there, at least as far as its shape can. */
static void
test_bend (void)
{
  for (guint i = 0; i < TRIALS; i++)
    {
      LabLinkPlace place = random_place ();
      LabLinkGeometry path;
      LabPoint middle = { (place.centre[0].x + place.centre[1].x) / 2,
                          (place.centre[0].y + place.centre[1].y) / 2 };
      double dx = place.centre[1].x - place.centre[0].x;
      double dy = place.centre[1].y - place.centre[0].y;
      double out = g_test_rand_double_range (30, 200) * (g_test_rand_bit () ? 1 : -1);
      LabPoint to = { middle.x - dy / hypot (dx, dy) * out, middle.y + dx / hypot (dx, dy) * out };

      place.serial = FALSE;
      if (place.shape == LAB_LINK_STEPPED)
        to = fabs (dx) >= fabs (dy) ? (LabPoint){ middle.x + out, middle.y }
                                    : (LabPoint){ middle.x, middle.y + out };
      place.bend = lab_link_geometry_find_bend (&place, to.x, to.y);
      lab_link_geometry_compute (&path, &place);
      /* A step between devices at one height has no middle piece, and one that turns back may hide
       * it. */
      if (place.shape == LAB_LINK_STEPPED &&
          (MIN (fabs (dx), fabs (dy)) < 40 || fabs (out) > MAX (fabs (dx), fabs (dy)) / 2 - 60))
        continue;
      if (path.n_points > 0)
        g_assert_cmpfloat (distance (&path, to), <, 1.5);
    }
}

static void
test_serial (void)
{
  LabLinkPlace place = { .n_lanes = 1 };
  LabLinkGeometry plain;
  LabLinkGeometry serial;

  put (&place, 0, 0, 0);
  put (&place, 1, 300, 0);
  lab_link_geometry_compute (&plain, &place);
  place.serial = TRUE;
  lab_link_geometry_compute (&serial, &place);
  g_assert_cmpuint (plain.n_points, ==, 2);
  g_assert_cmpuint (serial.n_points, ==, 6);
  g_assert_cmpfloat (serial.length, >, plain.length + 4);
  /* It runs back for a bit, which is what makes it a bolt. */
  g_assert_cmpfloat (serial.points[3].x, <, serial.points[2].x);
  /* No room, no bolt. */
  put (&place, 1, 2 * HALF + 20, 0);
  lab_link_geometry_compute (&serial, &place);
  g_assert_cmpuint (serial.n_points, ==, 2);
}

static void
test_covered (void)
{
  LabLinkPlace place = { .n_lanes = 1 };

  for (guint shape = 0; shape < 3; shape++)
    for (guint i = 1; i < 50; i++)
      {
        LabLinkGeometry path;
        LabPoint dot;

        place.shape = (LabLinkShape) shape;
        put (&place, 0, 10, 10);
        put (&place, 1, 10 + i * 0.7, 10 - i * 0.3);
        lab_link_geometry_compute (&path, &place);
        dot = path.dot[1];
        g_assert_true (isfinite (dot.x) && isfinite (dot.y));
        g_assert_true (path.n_points == 0 || path.length < 40);
      }
}

static void
test_loop (void)
{
  LabLinkPlace place = { .n_lanes = 2, .lane = 0 };
  LabLinkGeometry small;
  LabLinkGeometry large;

  put (&place, 0, 0, 0);
  put (&place, 1, 0, 0);
  lab_link_geometry_compute (&small, &place);
  place.lane = 1;
  lab_link_geometry_compute (&large, &place);
  g_assert_true (on_border (small.points[0], box_at (&place, 0)));
  g_assert_true (on_border (small.points[small.n_points - 1], box_at (&place, 0)));
  g_assert_cmpfloat (large.length, >, small.length + 10);
}

static void
test_ends (void)
{
  LabLinkPlace place = { .n_lanes = 1 };
  LabLinkGeometry path;
  LabPoint direction;
  LabPoint point;

  put (&place, 0, 0, 0);
  put (&place, 1, 0, 300);
  lab_link_geometry_compute (&path, &place);
  point = lab_link_geometry_get_end (&path, 0, 20, &direction);
  g_assert_cmpfloat (point.y, ==, HALF + 20);
  g_assert_cmpfloat (direction.y, ==, 1);
  point = lab_link_geometry_get_end (&path, 1, 20, &direction);
  g_assert_cmpfloat (point.y, ==, 300 - HALF - 20);
  g_assert_cmpfloat (direction.y, ==, -1);
  /* The two ends of a short cable do not meet. */
  g_assert_cmpfloat (lab_link_geometry_get_end (&path, 0, 1e6, NULL).y, <,
                     lab_link_geometry_get_end (&path, 1, 1e6, NULL).y);
  g_assert_cmpfloat_with_epsilon (distance (&path, (LabPoint){ 30, 150 }), 30, 1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canvas/link-geometry/any", test_any);
  g_test_add_func ("/canvas/link-geometry/turned", test_turned);
  g_test_add_func ("/canvas/link-geometry/lanes", test_lanes);
  g_test_add_func ("/canvas/link-geometry/steps", test_steps);
  g_test_add_func ("/canvas/link-geometry/curve", test_curve);
  g_test_add_func ("/canvas/link-geometry/bend", test_bend);
  g_test_add_func ("/canvas/link-geometry/serial", test_serial);
  g_test_add_func ("/canvas/link-geometry/covered", test_covered);
  g_test_add_func ("/canvas/link-geometry/loop", test_loop);
  g_test_add_func ("/canvas/link-geometry/ends", test_ends);

  return g_test_run ();
}
