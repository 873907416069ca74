/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Selecting, moving, the rubber band and labels: the tools called as the canvas calls them. */

#include "config.h"

#include "canvas-fixture.h"
#include "lab-look.h"

#define TEST(name, func)                                                                           \
  g_test_add ("/canvas/tools/" name, CanvasFixture, NULL, canvas_fixture_set_up, func,             \
              canvas_fixture_tear_down)

static void
test_click_selects_one (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_select_new (fixture->stage);

  canvas_select (fixture, "A", "B");
  g_assert_true (canvas_begin (fixture, tool, 0, 0, 0));
  /* Not yet: both may be meant to move. */
  g_assert_cmpuint (lab_selection_get_size (fixture->selection), ==, 2);
  canvas_end (tool, 0, 0, FALSE);
  g_assert_true (lab_selection_get_single (fixture->selection) == canvas_node (fixture, "A"));
}

static void
test_ctrl_adds_and_takes (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_select_new (fixture->stage);

  canvas_select (fixture, "A", NULL);
  canvas_begin (fixture, tool, 200, 0, GDK_CONTROL_MASK);
  canvas_end (tool, 200, 0, FALSE);
  g_assert_cmpuint (lab_selection_get_size (fixture->selection), ==, 2);
  canvas_begin (fixture, tool, 200, 0, GDK_CONTROL_MASK);
  canvas_end (tool, 200, 0, FALSE);
  g_assert_true (lab_selection_get_single (fixture->selection) == canvas_node (fixture, "A"));
}

/* On the grid, as one step, whatever way it took. */
static void
test_drag_moves_all (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_select_new (fixture->stage);

  canvas_select (fixture, "A", "B");
  canvas_begin (fixture, tool, 3, 3, 0);
  for (int i = 0; i < 50; i++)
    canvas_move (tool, 3 + i, 3 + i / 2, 0);
  canvas_move (tool, 60, 33, 0);
  canvas_end (tool, 60, 33, TRUE);
  canvas_assert_at (canvas_node (fixture, "A"), 60, 40);
  canvas_assert_at (canvas_node (fixture, "B"), 260, 40);
  g_assert_false (lab_history_in_group (fixture->history));
  g_assert_true (lab_history_undo (fixture->history));
  canvas_assert_at (canvas_node (fixture, "A"), 0, 0);
  canvas_assert_at (canvas_node (fixture, "B"), 200, 0);
  g_assert_false (lab_history_can_undo (fixture->history));
}

static void
test_alt_suspends_the_grid (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_select_new (fixture->stage);

  canvas_begin (fixture, tool, 0, 0, 0);
  canvas_move (tool, 13, 7, GDK_ALT_MASK);
  canvas_end (tool, 13, 7, TRUE);
  canvas_assert_at (canvas_node (fixture, "A"), 13, 7);
}

static void
test_cancel_takes_back (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_select_new (fixture->stage);

  canvas_begin (fixture, tool, 0, 0, 0);
  canvas_move (tool, 100, 100, 0);
  canvas_assert_at (canvas_node (fixture, "A"), 100, 100);
  lab_tool_cancel (tool);
  canvas_assert_at (canvas_node (fixture, "A"), 0, 0);
  g_assert_false (lab_history_can_undo (fixture->history));
  g_assert_false (lab_history_in_group (fixture->history));
}

static void
test_locked_ones_stay (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_select_new (fixture->stage);

  canvas_select (fixture, "A", "N");
  canvas_begin (fixture, tool, 0, 0, 0);
  canvas_move (tool, 40, 0, 0);
  canvas_end (tool, 40, 0, TRUE);
  canvas_assert_at (canvas_node (fixture, "A"), 40, 0);
  canvas_assert_at (canvas_node (fixture, "N"), 0, 200);
  canvas_begin (fixture, tool, 0, 200, 0);
  canvas_move (tool, 80, 200, 0);
  canvas_end (tool, 80, 200, TRUE);
  canvas_assert_at (canvas_node (fixture, "N"), 0, 200);
}

/* A drawing is only shown elsewhere until the button is up; with devices it is one step. */
static void
test_drawings_move_along (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_select_new (fixture->stage);
  LabDrawing *drawing = canvas_drawing (fixture, 0);
  gpointer both[] = { drawing, canvas_node (fixture, "C") };

  lab_selection_set (fixture->selection, both, 2);
  canvas_begin (fixture, tool, 340, 330, 0);
  canvas_move (tool, 380, 330, 0);
  g_assert_cmpfloat (lab_drawing_get_x (drawing), ==, 300);
  g_assert_cmpint (lab_scene_hit (fixture->scene, 415, 330, 1).kind, ==, LAB_HIT_DRAWING);
  canvas_end (tool, 380, 330, TRUE);
  g_assert_cmpfloat (lab_drawing_get_x (drawing), ==, 340);
  canvas_assert_at (canvas_node (fixture, "C"), 240, 200);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpfloat (lab_drawing_get_x (drawing), ==, 300);
  g_assert_false (lab_history_can_undo (fixture->history));
}

static void
test_rubber_band (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_rubber_new (fixture->stage);

  canvas_select (fixture, "C", NULL);
  canvas_begin (fixture, tool, -60, -60, 0);
  canvas_move (tool, 10, 10, 0);
  g_assert_true (lab_selection_get_single (fixture->selection) == canvas_node (fixture, "A"));
  canvas_move (tool, 260, 60, 0);
  g_assert_cmpuint (lab_selection_get_size (fixture->selection), ==, 4);
  canvas_end (tool, 260, 60, TRUE);
  /* With Shift, what was selected stays; cancelled, it is as before. */
  canvas_begin (fixture, tool, 120, 120, GDK_SHIFT_MASK);
  canvas_move (tool, 260, 260, GDK_SHIFT_MASK);
  g_assert_cmpuint (lab_selection_get_size (fixture->selection), ==, 5);
  lab_tool_cancel (tool);
  g_assert_cmpuint (lab_selection_get_size (fixture->selection), ==, 4);
}

static void
test_click_on_nothing (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_rubber_new (fixture->stage);

  canvas_select (fixture, "A", "B");
  canvas_begin (fixture, tool, -400, -400, GDK_SHIFT_MASK);
  canvas_end (tool, -400, -400, FALSE);
  g_assert_cmpuint (lab_selection_get_size (fixture->selection), ==, 2);
  canvas_begin (fixture, tool, -400, -400, 0);
  canvas_end (tool, -400, -400, FALSE);
  g_assert_cmpuint (lab_selection_get_size (fixture->selection), ==, 0);
}

static void
test_label_moves (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_label_new (fixture->stage);
  LabBox label = canvas_scene_node (fixture, "A")->label;
  double x = (label.x0 + label.x1) / 2;
  double y = (label.y0 + label.y1) / 2;
  double dx;
  double dy;

  g_assert_true (canvas_begin (fixture, tool, x, y, 0));
  canvas_move (tool, x + 10, y - 90, 0);
  canvas_move (tool, x + 20, y - 100, 0);
  canvas_end (tool, x + 20, y - 100, TRUE);
  g_assert_true (lab_node_get_label_offset (canvas_node (fixture, "A"), &dx, &dy));
  g_assert_cmpfloat_with_epsilon (dx, x + 20, 1);
  g_assert_cmpfloat_with_epsilon (dy, y - 100, 1);
  g_assert_cmpfloat (canvas_scene_node (fixture, "A")->label.y1, <, 0);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_false (lab_node_get_label_offset (canvas_node (fixture, "A"), &dx, &dy));
  g_assert_false (lab_history_can_undo (fixture->history));
}

static void
test_port_label_moves (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_label_new (fixture->stage);
  LabSceneLink *link = g_ptr_array_index (lab_scene_get_links (fixture->scene), 2);
  LabBox label = link->port_label[1];
  double x = (label.x0 + label.x1) / 2;
  double y = (label.y0 + label.y1) / 2;
  double dx;
  double dy;

  g_assert_true (canvas_begin (fixture, tool, x, y, 0));
  canvas_move (tool, x + 30, y, 0);
  canvas_end (tool, x + 30, y, TRUE);
  /* From the middle of C, which is at 200, 200. */
  g_assert_true (lab_link_get_port_label_offset (link->item.object, 1, &dx, &dy));
  g_assert_cmpfloat_with_epsilon (dx, x + 30 - 200, 1);
  g_assert_cmpfloat_with_epsilon (dy, y - 200, 1);
}

static void
test_nudge (CanvasFixture *fixture, gconstpointer unused)
{
  gpointer items[] = { canvas_node (fixture, "A"), canvas_drawing (fixture, 0),
                       canvas_node (fixture, "N") };
  g_autoptr (GPtrArray) array = g_ptr_array_new ();
  g_autoptr (GPtrArray) locked = g_ptr_array_new ();

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (array, items[i]);
  g_ptr_array_add (locked, items[2]);
  g_assert_true (lab_stage_nudge (fixture->stage, array, 20, -1));
  canvas_assert_at (items[0], 20, -1);
  canvas_assert_at (items[2], 0, 200);
  g_assert_cmpfloat (lab_drawing_get_y (items[1]), ==, 299);
  g_assert_true (lab_history_undo (fixture->history));
  canvas_assert_at (items[0], 0, 0);
  g_assert_false (lab_stage_nudge (fixture->stage, locked, 20, 0));
}

/* What cannot be is said, once. */
static void
test_too_far_is_refused (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  g_ptr_array_add (items, canvas_node (fixture, "A"));
  g_assert_false (lab_stage_nudge (fixture->stage, items, 1e7, 0));
  g_assert_nonnull (fixture->problem);
  canvas_assert_at (canvas_node (fixture, "A"), 0, 0);
}

static void
count_cb (gpointer source, guint *count)
{
  ++*count;
}

/* What leaves the document leaves the selection at once, and is told once, when all is at rest. */
static void
test_what_goes_is_not_selected (CanvasFixture *fixture, gconstpointer unused)
{
  const char *const names[] = { "A", "B", NULL };
  guint count = 0;

  canvas_select (fixture, "A", "B");
  lab_selection_add (fixture->selection, canvas_node (fixture, "C"));
  g_signal_connect (fixture->selection, "changed", G_CALLBACK (count_cb), &count);
  canvas_apply (fixture, lab_edit_new_remove_nodes (names));
  g_assert_cmpuint (count, ==, 0);
  g_assert_true (lab_selection_get_single (fixture->selection) == canvas_node (fixture, "C"));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpuint (lab_selection_get_size (fixture->selection), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST ("click-selects-one", test_click_selects_one);
  TEST ("ctrl-adds-and-takes", test_ctrl_adds_and_takes);
  TEST ("drag-moves-all", test_drag_moves_all);
  TEST ("alt-suspends-the-grid", test_alt_suspends_the_grid);
  TEST ("cancel-takes-back", test_cancel_takes_back);
  TEST ("locked-ones-stay", test_locked_ones_stay);
  TEST ("drawings-move-along", test_drawings_move_along);
  TEST ("rubber-band", test_rubber_band);
  TEST ("click-on-nothing", test_click_on_nothing);
  TEST ("label-moves", test_label_moves);
  TEST ("port-label-moves", test_port_label_moves);
  TEST ("nudge", test_nudge);
  TEST ("too-far-is-refused", test_too_far_is_refused);
  TEST ("what-goes-is-not-selected", test_what_goes_is_not_selected);

  return g_test_run ();
}
