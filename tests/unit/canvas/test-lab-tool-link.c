/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cabling, driven as the canvas drives it, without a display. */

#include "config.h"

#include "lab-look.h"
#include "lab-runtime.h"
#include "lab-tip-text.h"
#include "lab-tool.h"

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
  LabSelection *selection;
  LabStage *stage;
  LabTool *tool;
  char *problem;
  LabCanvasTool wanted;
} Fixture;

static void
problem_cb (Fixture *fixture, const char *text)
{
  g_free (fixture->problem);
  fixture->problem = g_strdup (text);
}

static void
wanted_cb (Fixture *fixture, guint tool)
{
  fixture->wanted = (LabCanvasTool) tool;
}

static void
add_node (Fixture *fixture, const char *json)
{
  g_autoptr (JsonNode) parsed = json_from_string (json, NULL);
  g_autoptr (LabNode) node = lab_node_new_from_json (parsed, NULL);
  g_autoptr (LabEdit) edit = lab_edit_new_add_node (node);

  g_assert_true (lab_history_apply (fixture->history, edit, NULL));
}

/* R1 at 0, 0; R2 right of it; H, a hub with one port, below; R3 below R2. */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->topology = lab_topology_new ("Test");
  fixture->history = lab_history_new (fixture->topology);
  add_node (fixture, "{\"name\":\"R1\",\"kind\":\"iou\",\"image\":{\"name\":\"x\"},\"x\":0,\"y\":0,"
                     "\"ethernet\":1,\"serial\":1}");
  add_node (fixture,
            "{\"name\":\"R2\",\"kind\":\"iou\",\"image\":{\"name\":\"x\"},\"x\":300,\"y\":0,"
            "\"ethernet\":1,\"serial\":1}");
  add_node (fixture, "{\"name\":\"H\",\"kind\":\"hub\",\"ports\":1,\"x\":0,\"y\":300}");
  add_node (fixture, "{\"name\":\"R3\",\"kind\":\"iou\",\"image\":{\"name\":\"x\"},\"x\":300,"
                     "\"y\":300,\"ethernet\":1,\"serial\":1}");
  fixture->selection = lab_selection_new (fixture->topology);
  fixture->stage = lab_stage_new (fixture->topology, fixture->history, fixture->selection);
  fixture->tool = lab_tool_link_new (fixture->stage);
  g_signal_connect_swapped (fixture->stage, "problem", G_CALLBACK (problem_cb), fixture);
  g_signal_connect_swapped (fixture->stage, "tool-wanted", G_CALLBACK (wanted_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->tool);
  g_assert_finalize_object (fixture->stage);
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->history);
  g_assert_finalize_object (fixture->topology);
  g_free (fixture->problem);
}

static LabToolEvent
event_at (Fixture *fixture, double x, double y, gboolean moved, GdkModifierType state)
{
  LabToolEvent event = { x, y, x, y, state, 1, 1, moved, { LAB_HIT_NOTHING, NULL, 0 } };

  event.hit = lab_scene_hit (lab_stage_get_scene (fixture->stage), x, y, 1);

  return event;
}

static gboolean
press (Fixture *fixture, double x, double y)
{
  LabToolEvent event = event_at (fixture, x, y, FALSE, 0);

  return lab_tool_begin (fixture->tool, &event);
}

static void
move (Fixture *fixture, double x, double y)
{
  LabToolEvent event = event_at (fixture, x, y, TRUE, 0);

  lab_tool_motion (fixture->tool, &event);
}

static void
release (Fixture *fixture, double x, double y, gboolean moved, GdkModifierType state)
{
  LabToolEvent event = event_at (fixture, x, y, moved, state);

  lab_tool_end (fixture->tool, &event);
}

static void
drag (Fixture *fixture, double x0, double y0, double x1, double y1)
{
  g_assert_true (press (fixture, x0, y0));
  move (fixture, (x0 + x1) / 2, (y0 + y1) / 2);
  move (fixture, x1, y1);
  release (fixture, x1, y1, TRUE, 0);
}

static guint
count_links (Fixture *fixture)
{
  return g_list_model_get_n_items (lab_topology_get_links (fixture->topology));
}

static void
joined (Fixture *fixture, const char *a, const char *port_a, const char *b, const char *port_b)
{
  LabLink *link = lab_topology_find_link (fixture->topology, a, port_a);

  g_assert_nonnull (link);
  g_assert_true (lab_link_touches (link, b, port_b));
}

static void
test_drag (Fixture *fixture, gconstpointer unused)
{
  drag (fixture, 0, 0, 300, 0);
  joined (fixture, "R1", "e0/0", "R2", "e0/0");
  drag (fixture, 300, 0, 0, 0);
  joined (fixture, "R2", "e0/1", "R1", "e0/1");
  g_assert_cmpuint (count_links (fixture), ==, 2);
  /* One step each. */
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpuint (count_links (fixture), ==, 1);
  /* The empty plane takes nothing. */
  drag (fixture, 0, 0, 150, 150);
  g_assert_cmpuint (count_links (fixture), ==, 1);
  g_assert_null (fixture->problem);
}

static void
test_target (Fixture *fixture, gconstpointer unused)
{
  LabScene *scene = lab_stage_get_scene (fixture->stage);
  LabSceneItem *item = lab_scene_find (scene, lab_topology_find_node (fixture->topology, "R2"));

  g_assert_true (press (fixture, 0, 0));
  move (fixture, 150, 0);
  g_assert_false (item->flags & LAB_SCENE_TARGET);
  move (fixture, 290, 5);
  g_assert_true (item->flags & LAB_SCENE_TARGET);
  lab_tool_cancel (fixture->tool);
  g_assert_false (item->flags & LAB_SCENE_TARGET);
  release (fixture, 300, 0, TRUE, 0);
  g_assert_cmpuint (count_links (fixture), ==, 0);
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  drag (fixture, 0, 0, 0, 300);
  joined (fixture, "R1", "e0/0", "H", "e0");
  drag (fixture, 300, 0, 0, 300);
  g_assert_cmpuint (count_links (fixture), ==, 1);
  g_assert_cmpstr (fixture->problem, ==, "H has no free Ethernet port.");
  g_assert_true (press (fixture, 300, 0));
  move (fixture, 0, 300);
  g_assert_cmpstr (lab_tool_get_cursor (fixture->tool, NULL), ==, "not-allowed");
  lab_tool_cancel (fixture->tool);
  g_assert_cmpstr (lab_tool_get_cursor (fixture->tool, NULL), ==, "crosshair");
}

static void
click (Fixture *fixture, double x, double y)
{
  g_assert_true (press (fixture, x, y));
  release (fixture, x, y, FALSE, 0);
}

static void
test_click (Fixture *fixture, gconstpointer unused)
{
  click (fixture, 0, 0);
  g_assert_cmpint (fixture->wanted, ==, LAB_CANVAS_TOOL_LINK);
  g_assert_cmpuint (count_links (fixture), ==, 0);
  click (fixture, 300, 0);
  joined (fixture, "R1", "e0/0", "R2", "e0/0");
  /* The next one begins with a click again; the same device twice lets go. */
  click (fixture, 0, 0);
  click (fixture, 0, 0);
  g_assert_cmpuint (count_links (fixture), ==, 1);
  click (fixture, 0, 0);
  click (fixture, 150, 150);
  g_assert_cmpuint (count_links (fixture), ==, 1);
  g_assert_false (press (fixture, 150, 150));
}

static void
test_port (Fixture *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R1");

  lab_tool_link_start (fixture->tool, node, "s1/2");
  click (fixture, 300, 0);
  joined (fixture, "R1", "s1/2", "R2", "s1/0");
}

static gboolean
key (Fixture *fixture, guint keyval)
{
  return lab_tool_key (fixture->tool, keyval, 0);
}

static void
test_keys (Fixture *fixture, gconstpointer unused)
{
  lab_selection_set_single (fixture->selection, lab_topology_find_node (fixture->topology, "R1"));
  g_assert_true (key (fixture, GDK_KEY_Return));
  g_assert_true (key (fixture, GDK_KEY_Right));
  g_assert_true (key (fixture, GDK_KEY_Down));
  g_assert_true (key (fixture, GDK_KEY_Return));
  joined (fixture, "R1", "e0/0", "R3", "e0/0");
  g_assert_true (key (fixture, GDK_KEY_Return));
  g_assert_true (key (fixture, GDK_KEY_Down));
  g_assert_true (key (fixture, GDK_KEY_Escape));
  g_assert_true (key (fixture, GDK_KEY_Return));
  g_assert_cmpuint (count_links (fixture), ==, 1);
  g_assert_true (key (fixture, GDK_KEY_Escape));
  fixture->wanted = LAB_CANVAS_TOOL_LINK;
  g_assert_true (key (fixture, GDK_KEY_Escape));
  g_assert_cmpint (fixture->wanted, ==, LAB_CANVAS_TOOL_SELECT);
  g_assert_false (key (fixture, GDK_KEY_x));
}

static void
test_pull (Fixture *fixture, gconstpointer unused)
{
  LabScene *scene = lab_stage_get_scene (fixture->stage);
  LabSceneLink *link;
  LabPoint dot;

  drag (fixture, 0, 0, 300, 0);
  link = lab_scene_item_link (
      lab_scene_find (scene, lab_topology_find_link (fixture->topology, "R1", "e0/0")));
  dot = link->geometry.dot[1];
  g_assert_cmpint (lab_scene_hit (scene, dot.x, dot.y, 1).kind, ==, LAB_HIT_LINK_END);
  g_assert_true (press (fixture, dot.x, dot.y));
  g_assert_true (link->item.flags & LAB_SCENE_HIDDEN);
  move (fixture, 250, 200);
  /* Let go over nothing: it stays. */
  release (fixture, 150, 200, TRUE, 0);
  joined (fixture, "R1", "e0/0", "R2", "e0/0");
  g_assert_false (link->item.flags & LAB_SCENE_HIDDEN);
  /* Back to where it was: no step. */
  drag (fixture, dot.x, dot.y, 300, 0);
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Add link R1 e0/0 – R2 e0/0");
  drag (fixture, dot.x, dot.y, 300, 300);
  joined (fixture, "R1", "e0/0", "R3", "e0/0");
  g_assert_null (lab_topology_find_link (fixture->topology, "R2", "e0/0"));
  g_assert_cmpuint (count_links (fixture), ==, 1);
  g_assert_true (lab_history_undo (fixture->history));
  joined (fixture, "R1", "e0/0", "R2", "e0/0");
}

static void
test_bend (Fixture *fixture, gconstpointer unused)
{
  LabScene *scene = lab_stage_get_scene (fixture->stage);
  g_autoptr (LabTool) tool = lab_tool_bend_new (fixture->stage);
  LabToolEvent event;
  LabSceneLink *record;
  LabLink *link;

  drag (fixture, 0, 0, 300, 0);
  link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  event = event_at (fixture, 150, 0, FALSE, 0);
  g_assert_cmpint (event.hit.kind, ==, LAB_HIT_LINK);
  g_assert_true (lab_tool_begin (tool, &event));
  g_assert_true (lab_selection_get_single (fixture->selection) == link);
  event = event_at (fixture, 150, 30, TRUE, 0);
  lab_tool_motion (tool, &event);
  event = event_at (fixture, 170, 60, TRUE, 0);
  lab_tool_motion (tool, &event);
  lab_tool_end (tool, &event);
  g_assert_cmpfloat (lab_link_get_bend (link), ==, 60);
  record = lab_scene_item_link (lab_scene_find (scene, link));
  g_assert_cmpfloat_with_epsilon (record->geometry.middle.y, 60, 0.5);
  /* One step, however many motions. */
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Bend link");
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpfloat (lab_link_get_bend (link), ==, 0);
  g_assert_true (lab_history_redo (fixture->history));
  /* Near its straight way it falls back into it. */
  event = event_at (fixture, 150, 60, FALSE, 0);
  g_assert_true (lab_tool_begin (tool, &event));
  event = event_at (fixture, 150, 4, TRUE, 0);
  lab_tool_motion (tool, &event);
  lab_tool_cancel (tool);
  g_assert_cmpfloat (lab_link_get_bend (link), ==, 60);
  event = event_at (fixture, 150, 60, FALSE, 0);
  g_assert_true (lab_tool_begin (tool, &event));
  event = event_at (fixture, 150, 4, TRUE, 0);
  lab_tool_motion (tool, &event);
  lab_tool_end (tool, &event);
  g_assert_cmpfloat (lab_link_get_bend (link), ==, 0);
}

static void
tip_is (Fixture *fixture, gpointer object, const char *expected)
{
  g_autofree char *text =
      lab_tip_text (lab_scene_find (lab_stage_get_scene (fixture->stage), object));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_tips (Fixture *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "R1");
  LabLinkRun run = { { LAB_LINE_UP, LAB_LINE_DOWN }, { 5000, 0 }, { 0, 0 } };
  LabLink *link;

  tip_is (fixture, node, "R1\nNot running");
  drag (fixture, 0, 0, 300, 0);
  link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  tip_is (fixture, link, "R1 e0/0 – R2 e0/0");
  lab_link_set_run (link, &run);
  tip_is (fixture, link, "R1 e0/0 – R2 e0/0\nR1 e0/0: line up\nR2 e0/0: line down\n→ 5.0 kb/s");
  {
    g_autoptr (JsonNode) impair = json_from_string (
        "{\"a-to-b\":{\"delay\":100},\"b-to-a\":{\"delay\":100,\"loss\":1}}", NULL);

    g_assert_true (
        lab_stage_apply (fixture->stage, lab_edit_new_set_link ("R1", "e0/0", "impair", impair)));
  }
  tip_is (fixture, link,
          "R1 e0/0 – R2 e0/0\nR1 e0/0: line up\nR2 e0/0: line down\n"
          "Impaired from R1: 100 ms delay; from R2: 100 ms delay, 1 % loss\n→ 5.0 kb/s");
  lab_node_set_run (node, LAB_RUN_CRASHED, "It ended.", FALSE);
  tip_is (fixture, node, "R1\nCrashed\nIt ended.\ne0/0 – R2 e0/0");
}

static LabSceneNode *
scene_node (Fixture *fixture, const char *name)
{
  return lab_scene_item_node (lab_scene_find (lab_stage_get_scene (fixture->stage),
                                              lab_topology_find_node (fixture->topology, name)));
}

/* A name makes room for the cable, and does not come back for nothing. */
static void
test_names (Fixture *fixture, gconstpointer unused)
{
  LabSceneNode *node = scene_node (fixture, "R1");
  double right = node->label.x1;

  g_assert_cmpfloat (node->label.y0, >, 0);
  drag (fixture, 0, 0, 0, 300);
  node = scene_node (fixture, "R1");
  g_assert_cmpfloat (node->label.y1, <, 0);
  g_assert_cmpfloat (node->label.x1, ==, right);
  /* The hub's is below it still: the cable comes from above. */
  g_assert_cmpfloat (scene_node (fixture, "H")->label.y0, >, 300);
  g_assert_true (lab_history_undo (fixture->history));
  drag (fixture, 0, 0, 300, 0);
  node = scene_node (fixture, "R1");
  g_assert_cmpfloat (node->label.y1, <, 0);
  /* Where somebody puts it, it stays. */
  {
    g_autoptr (JsonNode) below = json_from_string ("{\"x\":0,\"y\":40}", NULL);

    g_assert_true (lab_stage_apply (fixture->stage, lab_edit_new_set_node ("R1", "label", below)));
  }
  drag (fixture, 0, 0, 0, 300);
  node = scene_node (fixture, "R1");
  g_assert_cmpfloat ((node->label.y0 + node->label.y1) / 2, ==, 40);
}

/* What the cable hangs at goes away. */
static void
test_gone (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "R1", NULL };
  g_autoptr (LabEdit) edit = lab_edit_new_remove_nodes (names);

  click (fixture, 0, 0);
  g_assert_true (lab_history_apply (fixture->history, edit, NULL));
  g_assert_true (press (fixture, 300, 0));
  release (fixture, 300, 300, TRUE, 0);
  joined (fixture, "R2", "e0/0", "R3", "e0/0");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/canvas/tool-link/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("drag", test_drag);
  ADD ("target", test_target);
  ADD ("refused", test_refused);
  ADD ("click", test_click);
  ADD ("port", test_port);
  ADD ("keys", test_keys);
  ADD ("pull", test_pull);
  ADD ("bend", test_bend);
  ADD ("tips", test_tips);
  ADD ("names", test_names);
  ADD ("gone", test_gone);

  return g_test_run ();
}
