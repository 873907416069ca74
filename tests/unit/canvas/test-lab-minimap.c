/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the plane to the minimap and back. */

#include "config.h"

#include "lab-minimap-layout.h"

static void
test_fit (void)
{
  LabBox world = { -1000, -500, 3000, 500 };
  LabMinimapLayout layout;
  LabPoint corner;

  lab_minimap_layout_fit (&layout, &world, 180, 120, 8);
  corner = lab_minimap_layout_to_map (&layout, -1000, -500);
  g_assert_cmpfloat_with_epsilon (corner.x, 8, 0.001);
  g_assert_cmpfloat (corner.y, >, 8);
  corner = lab_minimap_layout_to_map (&layout, 3000, 500);
  g_assert_cmpfloat_with_epsilon (corner.x, 172, 0.001);
  g_assert_cmpfloat (corner.y, <, 112);
  /* The middle stays the middle. */
  corner = lab_minimap_layout_to_map (&layout, 1000, 0);
  g_assert_cmpfloat_with_epsilon (corner.x, 90, 0.001);
  g_assert_cmpfloat_with_epsilon (corner.y, 60, 0.001);
}

static void
test_small (void)
{
  LabBox point = { 7, 7, 7, 7 };
  LabMinimapLayout layout;

  /* One device is no reason to divide by zero, nor to be drawn huge. */
  lab_minimap_layout_fit (&layout, &point, 180, 120, 8);
  g_assert_cmpfloat (layout.scale, ==, 0.25);
  lab_minimap_layout_fit (&layout, &point, 0, 0, 8);
  g_assert_cmpfloat (layout.scale, >, 0);
}

static void
test_back (void)
{
  LabBox world = { -1e6, -1e6, 1e6, 1e6 };
  LabMinimapLayout layout;

  lab_minimap_layout_fit (&layout, &world, 180, 120, 8);
  for (guint i = 0; i < 100; i++)
    {
      double x = g_test_rand_double_range (-1e6, 1e6);
      double y = g_test_rand_double_range (-1e6, 1e6);
      LabPoint on_map = lab_minimap_layout_to_map (&layout, x, y);
      LabPoint again = lab_minimap_layout_to_world (&layout, on_map.x, on_map.y);

      g_assert_cmpfloat_with_epsilon (again.x, x, 0.01);
      g_assert_cmpfloat_with_epsilon (again.y, y, 0.01);
    }
}

static void
test_view (void)
{
  LabBox world = { 0, 0, 2000, 1000 };
  LabBox inside = { 500, 250, 1500, 750 };
  LabBox away = { 90000, -90000, 91000, -89000 };
  LabMinimapLayout layout;
  LabBox box;

  lab_minimap_layout_fit (&layout, &world, 180, 120, 8);
  box = lab_minimap_layout_view (&layout, &inside, 8);
  g_assert_cmpfloat_with_epsilon (box.x1 - box.x0, 1000 * layout.scale, 0.001);
  /* Far away: at the right upper corner, and still to be seen. */
  box = lab_minimap_layout_view (&layout, &away, 8);
  g_assert_cmpfloat (box.x0, ==, 172);
  g_assert_cmpfloat (box.x1, ==, 180);
  g_assert_cmpfloat (box.y0, ==, 0);
  g_assert_cmpfloat (box.y1, ==, 8);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/minimap/fit", test_fit);
  g_test_add_func ("/minimap/small", test_small);
  g_test_add_func ("/minimap/back", test_back);
  g_test_add_func ("/minimap/view", test_view);

  return g_test_run ();
}
