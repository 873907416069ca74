/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window onto the plane. */

#include "config.h"

#include "lab-viewport.h"

#define ROUNDS 2000

static void
assert_near (double a, double b)
{
  g_assert_cmpfloat_with_epsilon (a, b, 1e-6);
}

static LabViewport
random_viewport (void)
{
  LabViewport viewport;

  lab_viewport_init (&viewport);
  lab_viewport_set_size (&viewport, g_test_rand_double_range (2, 4000),
                         g_test_rand_double_range (2, 3000));
  lab_viewport_zoom_at (&viewport, g_test_rand_double_range (LAB_ZOOM_MIN, LAB_ZOOM_MAX), 0, 0);
  lab_viewport_set_origin (&viewport, g_test_rand_double_range (-1e4, 1e4),
                           g_test_rand_double_range (-1e4, 1e4));

  return viewport;
}

static void
test_there_and_back (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      LabViewport viewport = random_viewport ();
      double x = g_test_rand_double_range (-1e4, 1e4);
      double y = g_test_rand_double_range (-1e4, 1e4);
      LabPoint view = lab_viewport_to_view (&viewport, x, y);
      LabPoint world = lab_viewport_to_world (&viewport, view.x, view.y);

      assert_near (world.x, x);
      assert_near (world.y, y);
    }
}

/* What is under the pointer stays there, whatever zoom is asked for. */
static void
test_zoom_keeps_the_point (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      LabViewport viewport = random_viewport ();
      double x = g_test_rand_double_range (0, viewport.width);
      double y = g_test_rand_double_range (0, viewport.height);
      LabPoint before = lab_viewport_to_world (&viewport, x, y);
      LabPoint after;

      lab_viewport_zoom_at (&viewport, g_test_rand_double_range (0.01, 10), x, y);
      after = lab_viewport_to_world (&viewport, x, y);
      g_assert_cmpfloat (viewport.zoom, >=, LAB_ZOOM_MIN);
      g_assert_cmpfloat (viewport.zoom, <=, LAB_ZOOM_MAX);
      assert_near (after.x, before.x);
      assert_near (after.y, before.y);
    }
}

static void
test_fit_shows_all (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      LabViewport viewport = random_viewport ();
      double x = g_test_rand_double_range (-1e3, 1e3);
      double y = g_test_rand_double_range (-1e3, 1e3);
      LabBox box = { x, y, x + g_test_rand_double_range (1, 3000),
                     y + g_test_rand_double_range (1, 3000) };
      LabBox seen;

      lab_viewport_set_size (&viewport, g_test_rand_double_range (600, 2000),
                             g_test_rand_double_range (600, 2000));
      lab_viewport_fit (&viewport, &box, 20, 1);
      seen = lab_viewport_get_box (&viewport);
      g_assert_cmpfloat (viewport.zoom, <=, 1);
      g_assert_true (lab_box_holds_box (&seen, &box));
      assert_near ((seen.x0 + seen.x1) / 2, (box.x0 + box.x1) / 2);
    }
}

static void
test_fit_of_nothing (void)
{
  LabViewport viewport = random_viewport ();
  LabBox nothing = LAB_BOX_EMPTY;
  LabPoint centre;

  lab_viewport_fit (&viewport, &nothing, 20, 1);
  centre = lab_viewport_to_world (&viewport, viewport.width / 2, viewport.height / 2);
  assert_near (viewport.zoom, 1);
  assert_near (centre.x, 0);
  assert_near (centre.y, 0);
}

static void
test_reveal_moves_little (void)
{
  LabViewport viewport;
  LabBox inside = { 100, 100, 200, 200 };
  LabBox right = { 950, 100, 1050, 200 };

  lab_viewport_init (&viewport);
  lab_viewport_set_size (&viewport, 1000, 800);
  g_assert_false (lab_viewport_reveal (&viewport, &inside, 10));
  g_assert_true (lab_viewport_reveal (&viewport, &right, 10));
  assert_near (viewport.x, 60);
  assert_near (viewport.y, 0);
}

static void
test_epoch_tells_changes (void)
{
  LabViewport viewport;
  guint64 before;

  lab_viewport_init (&viewport);
  lab_viewport_set_size (&viewport, 100, 100);
  before = viewport.epoch;
  g_assert_false (lab_viewport_set_origin (&viewport, 0, 0));
  g_assert_false (lab_viewport_zoom_at (&viewport, 1, 10, 10));
  g_assert_cmpuint (viewport.epoch, ==, before);
  g_assert_true (lab_viewport_set_origin (&viewport, 1, 0));
  g_assert_cmpuint (viewport.epoch, >, before);
}

/* Steps reach both ends, meet 1 on the way, and come back the way they went. */
static void
test_steps (void)
{
  gboolean met = FALSE;
  double zoom = LAB_ZOOM_MIN;

  for (guint i = 0; zoom < LAB_ZOOM_MAX; i++)
    {
      double next = lab_zoom_step (zoom, 1);

      g_assert_cmpuint (i, <, 100);
      g_assert_cmpfloat (next, >, zoom);
      g_assert_cmpfloat (next / zoom, <=, 1.1 + 1e-9);
      met |= next == 1;
      if (next < LAB_ZOOM_MAX && zoom > LAB_ZOOM_MIN)
        assert_near (lab_zoom_step (next, -1), zoom);
      zoom = next;
    }
  g_assert_true (met);
  assert_near (lab_zoom_step (LAB_ZOOM_MAX, 1), LAB_ZOOM_MAX);
  assert_near (lab_zoom_step (LAB_ZOOM_MIN, -1), LAB_ZOOM_MIN);
  /* From between two steps to the next. */
  assert_near (lab_zoom_step (1.05, 1), 1.1);
  assert_near (lab_zoom_step (1.05, -1), 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canvas/viewport/there-and-back", test_there_and_back);
  g_test_add_func ("/canvas/viewport/zoom-keeps-the-point", test_zoom_keeps_the_point);
  g_test_add_func ("/canvas/viewport/fit-shows-all", test_fit_shows_all);
  g_test_add_func ("/canvas/viewport/fit-of-nothing", test_fit_of_nothing);
  g_test_add_func ("/canvas/viewport/reveal-moves-little", test_reveal_moves_little);
  g_test_add_func ("/canvas/viewport/epoch-tells-changes", test_epoch_tells_changes);
  g_test_add_func ("/canvas/viewport/steps", test_steps);

  return g_test_run ();
}
