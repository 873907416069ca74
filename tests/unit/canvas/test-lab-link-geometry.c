/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where cables run: what must hold for any two nodes, and a few known ways. */

#include "config.h"

#include <math.h>

#include "lab-link-geometry.h"

#define HALF   24.0
#define TRIALS 4000

static double
random_coordinate (void)
{
  return g_test_rand_double_range (-800, 800);
}

/* Two nodes that do not touch. */
static LabLinkRoute
random_route (void)
{
  LabLinkRoute route = { .n_lanes = 1, .tolerance = 0.25 };
  double ax = random_coordinate ();
  double ay = random_coordinate ();
  double bx = ax;
  double by = ay;

  while (fabs (bx - ax) < 2 * HALF + 10 && fabs (by - ay) < 2 * HALF + 10)
    {
      bx = random_coordinate ();
      by = random_coordinate ();
    }
  route.boxes[0] = lab_box_around (ax, ay, HALF, HALF);
  route.boxes[1] = lab_box_around (bx, by, HALF, HALF);
  route.shape = (LabLinkShape) g_test_rand_int_range (0, 3);
  route.n_lanes = g_test_rand_int_range (1, 9);
  route.lane = g_test_rand_int_range (0, (int) route.n_lanes);
  route.reversed = g_test_rand_bit ();
  route.serial = g_test_rand_bit ();

  return route;
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
      LabLinkRoute route = random_route ();
      LabLinkPath path;
      double length = 0;
      LabBox bounds;

      lab_link_path_init (&path, &route);
      g_assert_cmpuint (path.n_points, >=, 2);
      g_assert_cmpuint (path.n_points, <=, LAB_LINK_MAX_POINTS);
      g_assert_true (on_border (path.points[0], route.boxes[0]));
      g_assert_true (on_border (path.points[path.n_points - 1], route.boxes[1]));
      bounds = lab_link_path_get_bounds (&path);
      for (guint p = 0; p < path.n_points; p++)
        {
          LabBox spot = lab_box_around (path.points[p].x, path.points[p].y, 0.5, 0.5);

          g_assert_true (isfinite (path.points[p].x) && isfinite (path.points[p].y));
          g_assert_cmpfloat (lab_link_path_get_distance (&path, path.points[p]), <, 1e-6);
          g_assert_true (lab_box_holds (&bounds, path.points[p].x, path.points[p].y));
          g_assert_true (lab_link_path_intersects (&path, &spot));
          if (p > 0)
            length += gap (path.points[p - 1], path.points[p]);
        }
      g_assert_cmpfloat_with_epsilon (path.length, length, 1e-6);
    }
}

/* The same link drawn from its other end runs the same way. */
static void
test_reversed (void)
{
  for (guint i = 0; i < TRIALS; i++)
    {
      LabLinkRoute route = random_route ();
      LabLinkRoute back = route;
      LabLinkPath there;
      LabLinkPath home;

      /* A lone arc bulges to the right of whoever drew it. */
      if (route.shape == LAB_LINK_CURVED && route.n_lanes == 1)
        continue;
      back.boxes[0] = route.boxes[1];
      back.boxes[1] = route.boxes[0];
      back.reversed = !route.reversed;
      route.serial = back.serial = FALSE;
      lab_link_path_init (&there, &route);
      lab_link_path_init (&home, &back);
      g_assert_cmpuint (there.n_points, ==, home.n_points);
      for (guint p = 0; p < there.n_points; p++)
        g_assert_cmpfloat (gap (there.points[p], home.points[home.n_points - 1 - p]), <, 1e-6);
    }
}

/* Lanes lie evenly and symmetric about the line between the nodes. */
static void
test_lanes (void)
{
  LabLinkRoute route = { .tolerance = 0.25 };

  route.boxes[0] = lab_box_around (0, 0, HALF, HALF);
  route.boxes[1] = lab_box_around (300, 0, HALF, HALF);
  for (guint n = 1; n <= 16; n++)
    {
      double before = 0;

      route.n_lanes = n;
      for (guint lane = 0; lane < n; lane++)
        {
          LabLinkPath path;
          LabPoint middle;
          double off = (lane - (n - 1) / 2.0) * LAB_LINK_LANE;

          route.lane = lane;
          lab_link_path_init (&path, &route);
          middle = lab_link_path_get_middle (&path, NULL);
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
      LabLinkRoute route = { .shape = LAB_LINK_STEPPED, .n_lanes = 2, .tolerance = 0.25 };
      LabLinkPath first;
      LabLinkPath second;

      route.boxes[0] = lab_box_around (0, 0, HALF, HALF);
      route.boxes[1] = lab_box_around (places[i][0], places[i][1], HALF, HALF);
      lab_link_path_init (&first, &route);
      route.lane = 1;
      lab_link_path_init (&second, &route);
      g_assert_cmpuint (first.n_points, ==, 4);
      for (guint p = 1; p < 4; p++)
        g_assert_true (first.points[p].x == first.points[p - 1].x ||
                       first.points[p].y == first.points[p - 1].y);
      for (double along = 0; along <= first.length; along += 2)
        g_assert_cmpfloat (
            lab_link_path_get_distance (&second, lab_link_path_get_point (&first, along, NULL)), >,
            LAB_LINK_LANE - 1e-6);
    }
}

static void
test_curve (void)
{
  LabLinkRoute route = { .shape = LAB_LINK_CURVED, .n_lanes = 1, .tolerance = 0.25, .bend = 60 };
  LabLinkPath path;
  LabPoint middle;
  LabPoint direction;

  route.boxes[0] = lab_box_around (0, 0, HALF, HALF);
  route.boxes[1] = lab_box_around (300, 0, HALF, HALF);
  lab_link_path_init (&path, &route);
  middle = lab_link_path_get_middle (&path, &direction);
  g_assert_cmpfloat_with_epsilon (middle.x, 150, 1e-6);
  g_assert_cmpfloat_with_epsilon (middle.y, 60, 0.5);
  g_assert_cmpfloat_with_epsilon (direction.x, 1, 0.05);
  /* Flat enough: no point of the true arc is off by more than the tolerance. */
  for (double t = 0.2; t < 0.8; t += 0.01)
    g_assert_cmpfloat (
        lab_link_path_get_distance (&path, (LabPoint){ 300 * t, 4 * t * (1 - t) * 60 }), <, 0.25);
}

static void
test_serial (void)
{
  LabLinkRoute route = { .n_lanes = 1, .tolerance = 0.25 };
  LabLinkPath plain;
  LabLinkPath serial;

  route.boxes[0] = lab_box_around (0, 0, HALF, HALF);
  route.boxes[1] = lab_box_around (300, 0, HALF, HALF);
  lab_link_path_init (&plain, &route);
  route.serial = TRUE;
  lab_link_path_init (&serial, &route);
  g_assert_cmpuint (plain.n_points, ==, 2);
  g_assert_cmpuint (serial.n_points, ==, 6);
  g_assert_cmpfloat (serial.length, >, plain.length + 4);
  /* It runs back for a bit, which is what makes it a bolt. */
  g_assert_cmpfloat (serial.points[3].x, <, serial.points[2].x);
  /* No room, no bolt. */
  route.boxes[1] = lab_box_around (2 * HALF + 20, 0, HALF, HALF);
  lab_link_path_init (&serial, &route);
  g_assert_cmpuint (serial.n_points, ==, 2);
}

static void
test_covered (void)
{
  LabLinkRoute route = { .n_lanes = 1, .tolerance = 0.25 };

  for (guint shape = 0; shape < 3; shape++)
    for (guint i = 0; i < 50; i++)
      {
        LabLinkPath path;
        LabPoint dot;

        route.shape = (LabLinkShape) shape;
        route.boxes[0] = lab_box_around (10, 10, HALF, HALF);
        route.boxes[1] = lab_box_around (10 + i * 0.7, 10 - i * 0.3, HALF, HALF);
        lab_link_path_init (&path, &route);
        dot = lab_link_path_get_dot (&path, 1);
        g_assert_true (isfinite (dot.x) && isfinite (dot.y));
        g_assert_cmpfloat (path.length, <, 40);
      }
}

static void
test_loop (void)
{
  LabLinkRoute route = { .n_lanes = 2, .loop = TRUE, .tolerance = 0.25 };
  LabLinkPath small;
  LabLinkPath large;

  route.boxes[0] = route.boxes[1] = lab_box_around (0, 0, HALF, HALF);
  lab_link_path_init (&small, &route);
  route.lane = 1;
  lab_link_path_init (&large, &route);
  g_assert_true (on_border (small.points[0], route.boxes[0]));
  g_assert_true (on_border (small.points[small.n_points - 1], route.boxes[0]));
  g_assert_cmpfloat (large.length, >, small.length + 10);
}

static void
test_ends (void)
{
  LabLinkRoute route = { .n_lanes = 1, .tolerance = 0.25 };
  LabLinkPath path;
  LabPoint direction;
  LabPoint point;

  route.boxes[0] = lab_box_around (0, 0, HALF, HALF);
  route.boxes[1] = lab_box_around (0, 300, HALF, HALF);
  lab_link_path_init (&path, &route);
  point = lab_link_path_get_end (&path, 0, 20, &direction);
  g_assert_cmpfloat (point.y, ==, HALF + 20);
  g_assert_cmpfloat (direction.y, ==, 1);
  point = lab_link_path_get_end (&path, 1, 20, &direction);
  g_assert_cmpfloat (point.y, ==, 300 - HALF - 20);
  g_assert_cmpfloat (direction.y, ==, -1);
  /* The two ends of a short cable do not meet. */
  g_assert_cmpfloat (lab_link_path_get_end (&path, 0, 1e6, NULL).y, <,
                     lab_link_path_get_end (&path, 1, 1e6, NULL).y);
  g_assert_cmpfloat_with_epsilon (lab_link_path_get_distance (&path, (LabPoint){ 30, 150 }), 30,
                                  1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canvas/link-geometry/any", test_any);
  g_test_add_func ("/canvas/link-geometry/reversed", test_reversed);
  g_test_add_func ("/canvas/link-geometry/lanes", test_lanes);
  g_test_add_func ("/canvas/link-geometry/steps", test_steps);
  g_test_add_func ("/canvas/link-geometry/curve", test_curve);
  g_test_add_func ("/canvas/link-geometry/serial", test_serial);
  g_test_add_func ("/canvas/link-geometry/covered", test_covered);
  g_test_add_func ("/canvas/link-geometry/loop", test_loop);
  g_test_add_func ("/canvas/link-geometry/ends", test_ends);

  return g_test_run ();
}
