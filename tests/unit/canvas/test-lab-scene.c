/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies where, and what is under a point. */

#include "config.h"

#include <stdlib.h>

#include "canvas-fixture.h"
#include "lab-runtime.h"

#define TEST(name, func)                                                                           \
  g_test_add ("/canvas/scene/" name, CanvasFixture, NULL, canvas_fixture_set_up, func,             \
              canvas_fixture_tear_down)

static LabSceneLink *
nth_link (CanvasFixture *fixture, guint i)
{
  return g_ptr_array_index (lab_scene_get_links (fixture->scene), i);
}

static void
test_links_know_their_nodes (CanvasFixture *fixture, gconstpointer unused)
{
  LabSceneNode *a = canvas_scene_node (fixture, "A");
  LabSceneNode *b = canvas_scene_node (fixture, "B");

  g_assert_true (nth_link (fixture, 0)->ends[0] == a);
  g_assert_true (nth_link (fixture, 1)->ends[0] == b);
  g_assert_cmpuint (a->links->len, ==, 2);
  g_assert_cmpuint (b->links->len, ==, 3);
}

/* Both links between A and B have a lane; they run the other way round, and lie apart. */
static void
test_parallel_links_have_lanes (CanvasFixture *fixture, gconstpointer unused)
{
  LabSceneLink *first = nth_link (fixture, 0);
  LabSceneLink *second = nth_link (fixture, 1);

  g_assert_cmpuint (first->place.n_lanes, ==, 2);
  g_assert_cmpuint (second->place.n_lanes, ==, 2);
  g_assert_cmpuint (first->place.lane, !=, second->place.lane);
  g_assert_false (first->place.turned);
  g_assert_true (second->place.turned);
  g_assert_cmpfloat (fabs (first->geometry.middle.y - second->geometry.middle.y), >, 5);
  g_assert_cmpuint (nth_link (fixture, 2)->place.n_lanes, ==, 1);
}

static void
test_links_follow_a_move (CanvasFixture *fixture, gconstpointer unused)
{
  const char *names[] = { "C", NULL };
  double x = 400;
  double y = 200;
  guint64 moved = nth_link (fixture, 2)->item.serial;
  LabPoint before = nth_link (fixture, 2)->geometry.dot[1];

  canvas_apply (fixture, lab_edit_new_move_nodes (names, &x, &y));
  g_assert_cmpfloat (nth_link (fixture, 2)->geometry.dot[1].x, >, before.x + 50);
  g_assert_cmpuint (nth_link (fixture, 2)->item.serial, !=, moved);
  g_assert_cmpfloat (canvas_scene_node (fixture, "C")->x, ==, 400);
}

/* What was painted anew by itself is painted anew by the next change, too. */
static void
test_serials_are_never_used_twice (CanvasFixture *fixture, gconstpointer unused)
{
  LabDrawing *drawing = canvas_drawing (fixture, 0);
  guint id = lab_drawing_get_id (drawing);
  guint64 last = 0;

  for (int step = 1; step <= 3; step++)
    {
      g_autoptr (JsonNode) x = json_node_init_int (json_node_alloc (), step);

      canvas_apply (fixture, lab_edit_new_set_drawing (id, "x", x));
      g_assert_cmpuint (lab_scene_find (fixture->scene, drawing)->serial, !=, last);
      lab_scene_repaint (fixture->scene, drawing);
      last = lab_scene_find (fixture->scene, drawing)->serial;
    }
}

/* A link whose device is far from what moved is not painted anew. */
static void
test_a_move_leaves_others_alone (CanvasFixture *fixture, gconstpointer unused)
{
  const char *names[] = { "N", NULL };
  double x = 0;
  double y = 900;
  guint64 link = nth_link (fixture, 0)->item.serial;
  guint64 node = canvas_scene_node (fixture, "A")->item.serial;

  canvas_apply (fixture, lab_edit_new_move_nodes (names, &x, &y));
  g_assert_cmpuint (nth_link (fixture, 0)->item.serial, ==, link);
  g_assert_cmpuint (canvas_scene_node (fixture, "A")->item.serial, ==, node);
}

static void
test_a_name_finds_its_links (CanvasFixture *fixture, gconstpointer unused)
{
  canvas_apply (fixture, lab_edit_new_rename_node ("B", "Middle"));
  g_assert_true (nth_link (fixture, 0)->ends[1] == canvas_scene_node (fixture, "Middle"));
  g_assert_cmpuint (canvas_scene_node (fixture, "Middle")->links->len, ==, 3);
}

static void
test_what_is_deleted_is_gone (CanvasFixture *fixture, gconstpointer unused)
{
  const char *names[] = { "B", NULL };
  LabNode *b = canvas_node (fixture, "B");

  canvas_apply (fixture, lab_edit_new_remove_nodes (names));
  g_assert_null (lab_scene_find (fixture->scene, b));
  g_assert_cmpuint (lab_scene_get_links (fixture->scene)->len, ==, 0);
  g_assert_cmpint (lab_scene_hit (fixture->scene, 200, 0, 1).kind, ==, LAB_HIT_NOTHING);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpuint (lab_scene_get_links (fixture->scene)->len, ==, 3);
  g_assert_true (nth_link (fixture, 0)->ends[1] == canvas_scene_node (fixture, "B"));
}

static void
test_layers_are_ordered (CanvasFixture *fixture, gconstpointer unused)
{
  GPtrArray *front = lab_scene_get_front (fixture->scene);
  g_autoptr (JsonNode) layer = json_node_init_int (json_node_alloc (), 5);

  g_assert_cmpuint (lab_scene_get_back (fixture->scene)->len, ==, 1);
  g_assert_cmpuint (front->len, ==, 5);
  /* Within a layer, drawings lie under devices. */
  g_assert_cmpint (((LabSceneItem *) front->pdata[0])->kind, ==, LAB_SCENE_DRAWING);
  canvas_apply (fixture, lab_edit_new_set_node ("A", "layer", layer));
  front = lab_scene_get_front (fixture->scene);
  g_assert_true (((LabSceneItem *) front->pdata[4])->object == canvas_node (fixture, "A"));
}

static void
test_hits (CanvasFixture *fixture, gconstpointer unused)
{
  LabScene *scene = fixture->scene;
  LabSceneNode *a = canvas_scene_node (fixture, "A");
  LabSceneLink *link = nth_link (fixture, 2);
  LabPoint handle = lab_scene_handle_point (a, 0, 1);
  LabHit hit = lab_scene_hit (scene, 3, -3, 1);

  g_assert_cmpint (hit.kind, ==, LAB_HIT_NODE);
  g_assert_true (hit.item == &a->item);
  hit = lab_scene_hit (scene, handle.x - 2, handle.y - 2, 1);
  g_assert_cmpint (hit.kind, ==, LAB_HIT_HANDLE);
  g_assert_cmpuint (hit.part, ==, 0);
  hit = lab_scene_hit (scene, a->label.x0 + 1, a->label.y0 + 1, 1);
  g_assert_cmpint (hit.kind, ==, LAB_HIT_NODE_LABEL);
  hit = lab_scene_hit (scene, link->geometry.middle.x + 3, link->geometry.middle.y, 1);
  g_assert_cmpint (hit.kind, ==, LAB_HIT_LINK);
  g_assert_true (hit.item == &link->item);
  hit = lab_scene_hit (scene, link->geometry.dot[1].x, link->geometry.dot[1].y, 1);
  g_assert_cmpint (hit.kind, ==, LAB_HIT_LINK_END);
  g_assert_cmpuint (hit.part, ==, 1);
  hit = lab_scene_hit (scene, (link->port_label[0].x0 + link->port_label[0].x1) / 2,
                       (link->port_label[0].y0 + link->port_label[0].y1) / 2, 1);
  g_assert_cmpint (hit.kind, ==, LAB_HIT_PORT_LABEL);
  g_assert_cmpint (lab_scene_hit (scene, 340, 330, 1).kind, ==, LAB_HIT_DRAWING);
  g_assert_cmpint (lab_scene_hit (scene, -180, 20, 1).kind, ==, LAB_HIT_DRAWING);
  g_assert_cmpint (lab_scene_hit (scene, -400, -400, 1).kind, ==, LAB_HIT_NOTHING);
}

/* Seen from afar there are no handles and no labels, but a device keeps a size one can hit. */
static void
test_hits_from_afar (CanvasFixture *fixture, gconstpointer unused)
{
  LabSceneNode *a = canvas_scene_node (fixture, "A");
  LabPoint handle = lab_scene_handle_point (a, 0, 0.2);

  g_assert_cmpint (lab_scene_hit (fixture->scene, handle.x, handle.y, 0.2).kind, !=,
                   LAB_HIT_HANDLE);
  g_assert_cmpint (lab_scene_hit (fixture->scene, 40, -40, 0.1).kind, ==, LAB_HIT_NODE);
}

static void
test_in_a_box (CanvasFixture *fixture, gconstpointer unused)
{
  LabBox upper = { -50, -50, 250, 50 };
  LabBox corner = { -200, -200, 0, 0 };
  g_autoptr (GPtrArray) row = lab_scene_get_in_box (fixture->scene, &upper);
  g_autoptr (GPtrArray) touched = lab_scene_get_in_box (fixture->scene, &corner);

  /* A, B, and both links between them. */
  g_assert_cmpuint (row->len, ==, 4);
  /* A device is taken when it is touched. */
  g_assert_cmpuint (touched->len, ==, 1);
}

/* A rotated drawing is in the box if all of it is. */
static void
test_in_a_box_rotated (CanvasFixture *fixture, gconstpointer unused)
{
  LabDrawing *drawing = canvas_drawing (fixture, 0);
  LabBox upright = { 295, 295, 385, 365 };
  LabBox turned = { 305, 285, 375, 375 };
  g_autoptr (JsonNode) angle = json_node_init_int (json_node_alloc (), 90);
  g_autoptr (GPtrArray) before = lab_scene_get_in_box (fixture->scene, &upright);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpuint (before->len, ==, 1);
  canvas_apply (fixture,
                lab_edit_new_set_drawing (lab_drawing_get_id (drawing), "rotation", angle));
  g_clear_pointer (&before, g_ptr_array_unref);
  before = lab_scene_get_in_box (fixture->scene, &upright);
  after = lab_scene_get_in_box (fixture->scene, &turned);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (after->len, ==, 1);
}

static void
test_neighbours (CanvasFixture *fixture, gconstpointer unused)
{
  LabSceneNode *a = canvas_scene_node (fixture, "A");
  LabSceneNode *c = canvas_scene_node (fixture, "C");

  g_assert_true (lab_scene_neighbour (fixture->scene, a, LAB_DIRECTION_RIGHT) ==
                 canvas_scene_node (fixture, "B"));
  g_assert_true (lab_scene_neighbour (fixture->scene, a, LAB_DIRECTION_DOWN) ==
                 canvas_scene_node (fixture, "N"));
  g_assert_null (lab_scene_neighbour (fixture->scene, a, LAB_DIRECTION_LEFT));
  g_assert_true (lab_scene_neighbour (fixture->scene, c, LAB_DIRECTION_LEFT) ==
                 canvas_scene_node (fixture, "N"));
}

static void
test_preview_leaves_the_document (CanvasFixture *fixture, gconstpointer unused)
{
  LabDrawing *object = canvas_drawing (fixture, 0);
  LabSceneDrawing *drawing = lab_scene_item_drawing (lab_scene_find (fixture->scene, object));

  lab_scene_preview_drawing (fixture->scene, drawing, 1000, 1000, 80, 60);
  g_assert_cmpint (lab_scene_hit (fixture->scene, 1040, 1030, 1).kind, ==, LAB_HIT_DRAWING);
  g_assert_cmpfloat (lab_drawing_get_x (object), ==, 300);
  lab_scene_end_preview (fixture->scene);
  g_assert_cmpint (lab_scene_hit (fixture->scene, 1040, 1030, 1).kind, ==, LAB_HIT_NOTHING);
}

/* Whatever is done and undone, the scene is that of a document read anew. */
static void
test_random_edits (CanvasFixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "A", "B", "C", "N" };

  for (guint i = 0; i < 300; i++)
    {
      const char *chosen[] = { names[g_test_rand_int_range (0, 4)], NULL };
      double x = g_test_rand_int_range (-500, 500);
      double y = g_test_rand_int_range (-500, 500);
      g_autoptr (LabEdit) edit = g_test_rand_int_range (0, 3) > 0
                                     ? lab_edit_new_move_nodes (chosen, &x, &y)
                                     : lab_edit_new_remove_nodes (chosen);
      g_autoptr (LabScene) fresh = NULL;
      GPtrArray *links;

      /* Removing what is gone already is refused, which is as good. */
      lab_history_apply (fixture->history, edit, NULL);
      if (g_test_rand_int_range (0, 2) == 0)
        lab_history_undo (fixture->history);
      fresh = lab_scene_new (fixture->topology);
      links = lab_scene_get_links (fresh);
      g_assert_cmpuint (links->len, ==, lab_scene_get_links (fixture->scene)->len);
      g_assert_cmpuint (lab_scene_get_nodes (fresh)->len, ==,
                        lab_scene_get_nodes (fixture->scene)->len);
      for (guint j = 0; j < links->len; j++)
        {
          LabSceneLink *wanted = g_ptr_array_index (links, j);
          LabSceneLink *link = nth_link (fixture, j);

          g_assert_cmpuint (link->geometry.n_points, ==, wanted->geometry.n_points);
          g_assert_cmpuint (link->place.lane, ==, wanted->place.lane);
          if (wanted->geometry.n_points > 0)
            g_assert_cmpfloat (link->geometry.middle.x, ==, wanted->geometry.middle.x);
        }
    }
}

static void
note_cb (LabScene *scene, guint what, guint *seen)
{
  *seen |= what;
}

/* Rates come twice a second: for them nothing may be told or placed anew. */
static void
test_rates_are_marks (CanvasFixture *fixture, gconstpointer unused)
{
  g_autoptr (LabLink) link = g_list_model_get_item (lab_topology_get_links (fixture->topology), 0);
  LabLinkRun run = { .bits = { 1000, 0 } };
  guint seen = 0;

  g_signal_connect (fixture->scene, "changed", G_CALLBACK (note_cb), &seen);
  lab_link_set_run (link, &run);
  g_assert_cmpuint (seen, ==, LAB_SCENE_MARKS);
  lab_node_set_run (canvas_node (fixture, "A"), LAB_RUN_READY, NULL, FALSE);
  g_assert_cmpuint (seen, ==, LAB_SCENE_MARKS | LAB_SCENE_CONTENT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST ("links-know-their-nodes", test_links_know_their_nodes);
  TEST ("parallel-links-have-lanes", test_parallel_links_have_lanes);
  TEST ("links-follow-a-move", test_links_follow_a_move);
  TEST ("a-move-leaves-others-alone", test_a_move_leaves_others_alone);
  TEST ("serials", test_serials_are_never_used_twice);
  TEST ("a-name-finds-its-links", test_a_name_finds_its_links);
  TEST ("what-is-deleted-is-gone", test_what_is_deleted_is_gone);
  TEST ("layers-are-ordered", test_layers_are_ordered);
  TEST ("hits", test_hits);
  TEST ("hits-from-afar", test_hits_from_afar);
  TEST ("in-a-box", test_in_a_box);
  TEST ("in-a-box-rotated", test_in_a_box_rotated);
  TEST ("neighbours", test_neighbours);
  TEST ("preview-leaves-the-document", test_preview_leaves_the_document);
  TEST ("random-edits", test_random_edits);
  TEST ("rates-are-marks", test_rates_are_marks);

  return g_test_run ();
}
