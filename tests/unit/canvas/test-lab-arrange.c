/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Actions on what is selected: align, distribute, lock, layers, delete. */

#include "config.h"

#include "canvas-fixture.h"
#include "lab-canvas-edits.h"
#include "lab-look.h"

#define TEST(name, func)                                                                           \
  g_test_add ("/canvas/arrange/" name, CanvasFixture, NULL, canvas_fixture_set_up, func,           \
              canvas_fixture_tear_down)

static GPtrArray *
nodes (CanvasFixture *fixture, const char *first, const char *second, const char *third)
{
  const char *names[] = { first, second, third };
  GPtrArray *array = g_ptr_array_new ();

  for (guint i = 0; i < 3; i++)
    if (names[i] != NULL)
      g_ptr_array_add (array, canvas_node (fixture, names[i]));

  return array;
}

static void
test_numbers (void)
{
  const LabBox boxes[] = { { 0, 0, 10, 10 }, { 100, 50, 120, 60 }, { 40, 90, 90, 100 } };
  LabPoint steps[3];

  lab_arrange (LAB_ARRANGE_LEFT, boxes, 3, steps);
  g_assert_cmpfloat (steps[1].x, ==, -100);
  g_assert_cmpfloat (steps[2].x, ==, -40);
  lab_arrange (LAB_ARRANGE_RIGHT, boxes, 3, steps);
  g_assert_cmpfloat (steps[0].x, ==, 110);
  lab_arrange (LAB_ARRANGE_BOTTOM, boxes, 3, steps);
  g_assert_cmpfloat (steps[0].y, ==, 90);
  g_assert_cmpfloat (steps[0].x, ==, 0);
  lab_arrange (LAB_ARRANGE_MIDDLE, boxes, 2, steps);
  g_assert_cmpfloat (steps[0].y, ==, 25);
  g_assert_cmpfloat (steps[1].y, ==, -25);
  /* Middles at 5, 110, 65: the outer two stay, the third goes half way. */
  lab_arrange (LAB_ARRANGE_SPREAD_ACROSS, boxes, 3, steps);
  g_assert_cmpfloat (steps[0].x, ==, 0);
  g_assert_cmpfloat (steps[1].x, ==, 0);
  g_assert_cmpfloat (steps[2].x, ==, -7.5);
}

static void
test_align_is_one_step (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = nodes (fixture, "A", "B", "C");

  canvas_apply (fixture, lab_canvas_edit_arrange (fixture->scene, items, LAB_ARRANGE_TOP));
  canvas_assert_at (canvas_node (fixture, "C"), 200, 0);
  g_assert_true (lab_history_undo (fixture->history));
  canvas_assert_at (canvas_node (fixture, "C"), 200, 200);
  g_assert_false (lab_history_can_undo (fixture->history));
}

static void
test_locked_ones_are_not_aligned (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = nodes (fixture, "A", "N", NULL);

  g_assert_null (lab_canvas_edit_arrange (fixture->scene, items, LAB_ARRANGE_TOP));
}

static void
test_lock (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = nodes (fixture, "A", "N", NULL);

  g_ptr_array_add (items, canvas_drawing (fixture, 0));
  canvas_apply (fixture, lab_canvas_edit_lock (items, TRUE));
  g_assert_true (lab_node_get_locked (canvas_node (fixture, "A")));
  g_assert_true (lab_drawing_get_locked (canvas_drawing (fixture, 0)));
  g_assert_null (lab_canvas_edit_lock (items, TRUE));
  canvas_apply (fixture, lab_canvas_edit_lock (items, FALSE));
  g_assert_false (lab_node_get_locked (canvas_node (fixture, "N")));
}

static void
test_layers (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = nodes (fixture, "A", NULL, NULL);
  GPtrArray *front;

  canvas_apply (fixture, lab_canvas_edit_raise (fixture->scene, items, LAB_RAISE_TO_TOP));
  front = lab_scene_get_front (fixture->scene);
  g_assert_true (((LabSceneItem *) front->pdata[front->len - 1])->object == items->pdata[0]);
  g_assert_null (lab_canvas_edit_raise (fixture->scene, items, LAB_RAISE_TO_TOP));
  canvas_apply (fixture, lab_canvas_edit_raise (fixture->scene, items, LAB_LOWER_TO_BOTTOM));
  g_assert_cmpint (lab_node_get_layer (items->pdata[0]), ==, -2);
  canvas_apply (fixture, lab_canvas_edit_raise (fixture->scene, items, LAB_RAISE));
  g_assert_cmpint (lab_node_get_layer (items->pdata[0]), ==, -1);
}

/* A link that goes with its device is not removed twice; all comes back at once. */
static void
test_delete (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = nodes (fixture, "A", "C", NULL);
  GListModel *links = lab_topology_get_links (fixture->topology);
  g_autoptr (LabLink) first = g_list_model_get_item (links, 0);

  g_ptr_array_add (items, first);
  g_ptr_array_add (items, canvas_drawing (fixture, 0));
  canvas_apply (fixture, lab_canvas_edit_delete (fixture->topology, items));
  g_assert_cmpuint (g_list_model_get_n_items (links), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_nodes (fixture->topology)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_drawings (fixture->topology)), ==,
                    1);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpuint (g_list_model_get_n_items (links), ==, 3);
  g_assert_false (lab_history_can_undo (fixture->history));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canvas/arrange/numbers", test_numbers);
  TEST ("align-is-one-step", test_align_is_one_step);
  TEST ("locked-ones-are-not-aligned", test_locked_ones_are_not_aligned);
  TEST ("lock", test_lock);
  TEST ("layers", test_layers);
  TEST ("delete", test_delete);

  return g_test_run ();
}
