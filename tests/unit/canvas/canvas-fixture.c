/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the canvas' tests share. */

#include "config.h"

#include "canvas-fixture.h"

#include <string.h>

#include "lab-file.h"

#define NODE(name, x, y, more)                                                                     \
  "{\"name\":\"" name "\",\"kind\":\"iou\",\"image\":{\"name\":\"x\"},\"ethernet\":1,\"x\":" x     \
  ",\"y\":" y more "}"
#define LINK(a, port_a, b, port_b)                                                                 \
  "{\"a\":{\"node\":\"" a "\",\"port\":\"" port_a "\"},\"b\":{\"node\":\"" b                       \
  "\",\"port\":\"" port_b "\"}}"

static const char document[] =
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e03\","
    "\"name\":\"Test\",\"nodes\":[" NODE ("A", "0", "0", ",\"id\":1") "," NODE ("B", "200", "0", ",\"id\":2") "," NODE (
        "C",
        "200",
        "200",
        ",\"id\":3") "," NODE ("N",
                               "0",
                               "200",
                               ",\"id\":4,\"locked\":true") "],\"links\":[" LINK ("A",
                                                                                  "e0/0",
                                                                                  "B",
                                                                                  "e0/0") "," LINK ("B",
                                                                                                    "e0/1",
                                                                                                    "A",
                                                                                                    "e0/1") "," LINK ("B",
                                                                                                                      "e0/2",
                                                                                                                      "C",
                                                                                                                      "e0/0") "],\"drawings\":["
                                                                                                                              "{\"id\":1,\"kind\":\"rectangle\",\"x\":300,\"y\":300,\"width\":80,\"height\":60,"
                                                                                                                              "\"fill\":\"#ff0000\"},"
                                                                                                                              "{\"id\":2,\"kind\":\"rectangle\",\"x\":-200,\"y\":0,\"width\":40,\"height\":40,\"layer\":-1,"
                                                                                                                              "\"fill\":\"#00ff00\"}]}";

static void
problem_cb (CanvasFixture *fixture, const char *text)
{
  g_free (fixture->problem);
  fixture->problem = g_strdup (text);
}

void
canvas_fixture_set_up (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->topology = lab_file_parse (document, strlen (document), "test", &error);
  g_assert_no_error (error);
  fixture->history = lab_history_new (fixture->topology);
  fixture->selection = lab_selection_new (fixture->topology);
  fixture->stage = lab_stage_new (fixture->topology, fixture->history, fixture->selection);
  fixture->scene = lab_stage_get_scene (fixture->stage);
  g_signal_connect_swapped (fixture->stage, "problem", G_CALLBACK (problem_cb), fixture);
}

void
canvas_fixture_tear_down (CanvasFixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->stage);
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->history);
  g_assert_finalize_object (fixture->topology);
  g_free (fixture->problem);
}

LabNode *
canvas_node (CanvasFixture *fixture, const char *name)
{
  LabNode *node = lab_topology_find_node (fixture->topology, name);

  g_assert_nonnull (node);

  return node;
}

LabSceneNode *
canvas_scene_node (CanvasFixture *fixture, const char *name)
{
  LabSceneNode *node =
      lab_scene_item_node (lab_scene_find (fixture->scene, canvas_node (fixture, name)));

  g_assert_nonnull (node);

  return node;
}

LabDrawing *
canvas_drawing (CanvasFixture *fixture, guint position)
{
  GListModel *drawings = lab_topology_get_drawings (fixture->topology);
  g_autoptr (LabDrawing) drawing = g_list_model_get_item (drawings, position);

  g_assert_nonnull (drawing);

  return drawing;
}

void
canvas_apply (CanvasFixture *fixture, LabEdit *edit)
{
  g_autoptr (LabEdit) owned = edit;
  g_autoptr (GError) error = NULL;

  lab_history_apply (fixture->history, owned, &error);
  g_assert_no_error (error);
}

void
canvas_select (CanvasFixture *fixture, const char *first, const char *second)
{
  gpointer items[2] = { canvas_node (fixture, first), NULL };

  if (second != NULL)
    items[1] = canvas_node (fixture, second);
  lab_selection_set (fixture->selection, items, second != NULL ? 2 : 1);
}

static LabToolEvent
event_at (double x, double y, gboolean moved, GdkModifierType state)
{
  return (LabToolEvent){ .x = x,
                         .y = y,
                         .view_x = x,
                         .view_y = y,
                         .state = state,
                         .button = 1,
                         .n_press = 1,
                         .moved = moved };
}

gboolean
canvas_begin (CanvasFixture *fixture, LabTool *tool, double x, double y, GdkModifierType state)
{
  LabToolEvent event = event_at (x, y, FALSE, state);

  event.hit = lab_scene_hit (fixture->scene, x, y, 1);

  return lab_tool_begin (tool, &event);
}

void
canvas_move (LabTool *tool, double x, double y, GdkModifierType state)
{
  LabToolEvent event = event_at (x, y, TRUE, state);

  lab_tool_motion (tool, &event);
}

void
canvas_end (LabTool *tool, double x, double y, gboolean moved)
{
  LabToolEvent event = event_at (x, y, moved, 0);

  lab_tool_end (tool, &event);
}

void
canvas_assert_at (LabNode *node, double x, double y)
{
  g_assert_cmpfloat (lab_node_get_x (node), ==, x);
  g_assert_cmpfloat (lab_node_get_y (node), ==, y);
}
