/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawing shapes and changing them, driven as the canvas drives it, without a display. */

#include "config.h"

#include "lab-drawing-edits.h"
#include "lab-drawing-texture.h"
#include "lab-look.h"
#include "lab-tool.h"

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
  LabSelection *selection;
  LabStage *stage;
  LabCanvasTool wanted;
} Fixture;

static void
wanted_cb (Fixture *fixture, guint tool)
{
  fixture->wanted = (LabCanvasTool) tool;
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->topology = lab_topology_new ("Test");
  fixture->history = lab_history_new (fixture->topology);
  fixture->selection = lab_selection_new (fixture->topology);
  fixture->stage = lab_stage_new (fixture->topology, fixture->history, fixture->selection);
  fixture->wanted = LAB_CANVAS_TOOL_TEXT;
  g_signal_connect_swapped (fixture->stage, "tool-wanted", G_CALLBACK (wanted_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->stage);
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->history);
  g_assert_finalize_object (fixture->topology);
}

static void
stroke (LabTool *tool, LabHit hit, LabPoint from, LabPoint to, GdkModifierType state, gboolean end)
{
  LabToolEvent event = { from.x, from.y, 0, 0, state, 1, 1, FALSE, hit };

  g_assert_true (lab_tool_begin (tool, &event));
  event.hit = (LabHit){ LAB_HIT_NOTHING, NULL, 0 };
  event.moved = from.x != to.x || from.y != to.y;
  event.x = to.x;
  event.y = to.y;
  lab_tool_motion (tool, &event);
  if (end)
    lab_tool_end (tool, &event);
  else
    lab_tool_cancel (tool);
}

static LabDrawing *
draw (Fixture *fixture, LabCanvasTool kind, LabPoint from, LabPoint to, GdkModifierType state)
{
  g_autoptr (LabTool) tool = lab_tool_draw_new (fixture->stage, kind);
  GListModel *drawings = lab_topology_get_drawings (fixture->topology);
  guint before = g_list_model_get_n_items (drawings);
  g_autoptr (LabDrawing) drawing = NULL;

  stroke (tool, (LabHit){ LAB_HIT_NOTHING, NULL, 0 }, from, to, state, TRUE);
  if (g_list_model_get_n_items (drawings) == before)
    return NULL;
  drawing = g_list_model_get_item (drawings, before);

  return drawing;
}

static void
has_box (LabDrawing *drawing, double x, double y, double width, double height)
{
  g_assert_nonnull (drawing);
  g_assert_cmpfloat_with_epsilon (lab_drawing_get_x (drawing), x, 0.051);
  g_assert_cmpfloat_with_epsilon (lab_drawing_get_y (drawing), y, 0.051);
  g_assert_cmpfloat_with_epsilon (lab_drawing_get_width (drawing), width, 0.051);
  g_assert_cmpfloat_with_epsilon (lab_drawing_get_height (drawing), height, 0.051);
}

#define AT(x, y) ((LabPoint){ x, y })

static void
test_draw (Fixture *fixture, gconstpointer unused)
{
  LabDrawing *drawing = draw (fixture, LAB_CANVAS_TOOL_RECTANGLE, AT (205, 118), AT (99, 41), 0);

  /* On the grid, and behind the devices. */
  has_box (drawing, 100, 40, 100, 80);
  g_assert_cmpint (lab_drawing_get_kind (drawing), ==, LAB_DRAWING_RECTANGLE);
  g_assert_cmpint (lab_drawing_get_layer (drawing), <, 0);
  g_assert_true (lab_selection_get_single (fixture->selection) == drawing);
  g_assert_cmpint (fixture->wanted, ==, LAB_CANVAS_TOOL_SELECT);
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Add rectangle");

  drawing = draw (fixture, LAB_CANVAS_TOOL_ELLIPSE, AT (0, 0), AT (63, 41), GDK_ALT_MASK);
  has_box (drawing, 0, 0, 63, 41);
  drawing = draw (fixture, LAB_CANVAS_TOOL_ELLIPSE, AT (0, 0), AT (60, 20), GDK_SHIFT_MASK);
  has_box (drawing, 0, 0, 60, 60);
  /* A click makes one of a usual size, in the middle of which it was. */
  drawing = draw (fixture, LAB_CANVAS_TOOL_RECTANGLE, AT (400, 310), AT (400, 310), 0);
  has_box (drawing, 320, 260, 160, 100);

  drawing = draw (fixture, LAB_CANVAS_TOOL_LINE, AT (100, 100), AT (20, 160), 0);
  has_box (drawing, 100, 100, -80, 60);
  drawing = draw (fixture, LAB_CANVAS_TOOL_LINE, AT (100, 100), AT (20, 120), GDK_SHIFT_MASK);
  has_box (drawing, 100, 100, -80, 0);
  g_assert_null (draw (fixture, LAB_CANVAS_TOOL_LINE, AT (100, 100), AT (100, 100), 0));
}

static void
test_draw_cancel (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (LabTool) tool = lab_tool_draw_new (fixture->stage, LAB_CANVAS_TOOL_RECTANGLE);

  stroke (tool, (LabHit){ LAB_HIT_NOTHING, NULL, 0 }, AT (0, 0), AT (100, 100), 0, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_drawings (fixture->topology)), ==,
                    0);
  g_assert_true (lab_tool_key (tool, GDK_KEY_Escape, 0));
  g_assert_cmpint (fixture->wanted, ==, LAB_CANVAS_TOOL_SELECT);
  g_assert_true (lab_tool_key (tool, GDK_KEY_Return, 0));
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_drawings (fixture->topology)), ==,
                    1);
}

static void
pull (Fixture *fixture, LabDrawing *drawing, guint handle, LabPoint to, GdkModifierType state)
{
  g_autoptr (LabTool) tool = lab_tool_resize_new (fixture->stage);
  LabSceneItem *item = lab_scene_find (lab_stage_get_scene (fixture->stage), drawing);
  LabHit hit = { LAB_HIT_DRAWING_HANDLE, item, handle };

  stroke (tool, hit, AT (-1, -1), to, state, TRUE);
}

static void
test_resize (Fixture *fixture, gconstpointer unused)
{
  LabDrawing *drawing = draw (fixture, LAB_CANVAS_TOOL_RECTANGLE, AT (0, 0), AT (100, 60), 0);

  pull (fixture, drawing, 4, AT (201, 119), 0);
  has_box (drawing, 0, 0, 200, 120);
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Resize drawing");
  pull (fixture, drawing, 0, AT (20, 40), 0);
  has_box (drawing, 20, 40, 180, 80);
  pull (fixture, drawing, 3, AT (100, 500), 0);
  has_box (drawing, 20, 40, 80, 80);
  pull (fixture, drawing, 1, AT (7, 100), 0);
  has_box (drawing, 20, 100, 80, 20);
  /* Never turned inside out. */
  pull (fixture, drawing, 4, AT (-300, -300), 0);
  has_box (drawing, 20, 100, 4, 4);
  g_assert_true (lab_history_undo (fixture->history));
  has_box (drawing, 20, 100, 80, 20);
  pull (fixture, drawing, 4, AT (180, 110), GDK_SHIFT_MASK);
  has_box (drawing, 20, 100, 160, 40);
}

/* The corner opposite stays where it is. */
static void
test_resize_turned (Fixture *fixture, gconstpointer unused)
{
  LabScene *scene = lab_stage_get_scene (fixture->stage);
  LabDrawing *drawing = draw (fixture, LAB_CANVAS_TOOL_RECTANGLE, AT (0, 0), AT (100, 60), 0);
  LabSceneDrawing *record;
  LabPoint before;
  LabPoint after;

  pull (fixture, drawing, LAB_DRAWING_HANDLE_TURN, AT (130, 30), 0);
  g_assert_cmpfloat (lab_drawing_get_rotation (drawing), ==, 90);
  g_assert_cmpstr (lab_history_get_undo_label (fixture->history), ==, "Rotate drawing");
  pull (fixture, drawing, LAB_DRAWING_HANDLE_TURN, AT (80, -30), GDK_SHIFT_MASK);
  g_assert_cmpfloat (lab_drawing_get_rotation (drawing), ==, 30);
  record = lab_scene_item_drawing (lab_scene_find (scene, drawing));
  before = lab_scene_drawing_handle_point (record, 0);
  pull (fixture, drawing, 4, AT (200, 160), 0);
  record = lab_scene_item_drawing (lab_scene_find (scene, drawing));
  after = lab_scene_drawing_handle_point (record, 0);
  g_assert_cmpfloat_with_epsilon (before.x, after.x, 0.2);
  g_assert_cmpfloat_with_epsilon (before.y, after.y, 0.2);
  after = lab_scene_drawing_handle_point (record, 4);
  g_assert_cmpfloat_with_epsilon (after.x, 200, 0.2);
  g_assert_cmpfloat_with_epsilon (after.y, 160, 0.2);
}

static void
test_line_ends (Fixture *fixture, gconstpointer unused)
{
  LabDrawing *drawing = draw (fixture, LAB_CANVAS_TOOL_LINE, AT (0, 0), AT (100, 60), 0);

  pull (fixture, drawing, 0, AT (-40, 20), 0);
  has_box (drawing, -40, 20, 140, 40);
  pull (fixture, drawing, 4, AT (-60, 0), 0);
  has_box (drawing, -40, 20, -20, -20);
}

static void
test_edits (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (LabDrawing) note = lab_drawing_new_plain (LAB_DRAWING_TEXT, 1, 2, 0, 0, "one\ntwo");
  g_autoptr (GPtrArray) drawings = g_ptr_array_new ();
  g_autoptr (JsonNode) red = json_node_init_string (json_node_alloc (), "#ff0000");
  g_autoptr (JsonNode) font = json_node_init_string (json_node_alloc (), "Sans 20");
  LabDrawing *line = draw (fixture, LAB_CANVAS_TOOL_LINE, AT (0, 0), AT (100, 60), 0);
  LabDrawing *shape = draw (fixture, LAB_CANVAS_TOOL_RECTANGLE, AT (0, 0), AT (100, 60), 0);

  g_assert_true (lab_stage_apply (fixture->stage, lab_edit_new_add_drawing (note)));
  g_assert_null (lab_drawing_edit_text (note, "one\ntwo"));
  g_assert_true (lab_stage_apply (fixture->stage, lab_drawing_edit_text (note, "three")));
  g_assert_cmpstr (lab_drawing_get_text (note), ==, "three\n");
  g_assert_null (lab_drawing_edit_box (note, 1, 2, 0, 0, 0));

  g_ptr_array_add (drawings, line);
  g_ptr_array_add (drawings, shape);
  g_ptr_array_add (drawings, note);
  g_assert_true (lab_stage_apply (fixture->stage, lab_drawings_edit_look (drawings, "fill", red)));
  g_assert_cmpstr (lab_drawing_get_fill (shape), ==, "#ff0000");
  g_assert_cmpstr (lab_drawing_get_fill (note), ==, "#ff0000");
  g_assert_null (lab_drawing_get_fill (line));
  g_assert_true (lab_stage_apply (fixture->stage, lab_drawings_edit_look (drawings, "font", font)));
  g_assert_cmpstr (lab_drawing_get_font (note), ==, "Sans 20");
  g_assert_null (lab_drawing_get_font (shape));
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_null (lab_drawing_get_fill (note));

  g_assert_true (lab_stage_apply (fixture->stage, lab_drawing_edit_text (note, "")));
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_drawings (fixture->topology)), ==,
                    2);
}

static void
test_pictures (void)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>"
                            "<rect width='20' height='10' fill='#ff0000'/></svg>";
  g_autoptr (GBytes) vector = g_bytes_new_static (svg, sizeof svg - 1);
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("rubbish", 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture =
      lab_drawing_texture_decode (vector, "image/svg+xml", 40, 20, &error);
  guchar pixels[40 * 20 * 4];

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 40);
  gdk_texture_download (texture, pixels, 40 * 4);
  /* Blue, green, red. */
  g_assert_cmpuint (pixels[0], ==, 0);
  g_assert_cmpuint (pixels[2], ==, 255);
  g_assert_null (lab_drawing_texture_decode (rubbish, "image/png", 1, 1, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (lab_drawing_texture_decode (rubbish, "image/svg+xml", 1, 1, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_INVALID);
  g_clear_error (&error);
  /* Drawings of them: with their own size, about a point. */
  {
    g_autoptr (LabDrawing) drawing =
        lab_drawing_new_picture ("image/svg+xml", vector, 100, 50, &error);

    g_assert_no_error (error);
    has_box (drawing, 90, 45, 20, 10);
    g_assert_cmpstr (lab_drawing_get_picture_type (drawing), ==, "image/svg+xml");
  }
  g_assert_null (lab_drawing_new_picture ("image/png", rubbish, 0, 0, &error));
  g_assert_cmpstr (error->message, ==, "This picture is damaged.");
  g_clear_error (&error);
  /* Only what the file says it is. */
  g_assert_null (lab_drawing_texture_decode (vector, "image/png", 1, 1, &error));
  g_assert_error (error, LAB_ERROR, LAB_ERROR_INVALID);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/canvas/tool-draw/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("draw", test_draw);
  ADD ("draw-cancel", test_draw_cancel);
  ADD ("resize", test_resize);
  ADD ("resize-turned", test_resize_turned);
  ADD ("line-ends", test_line_ends);
  ADD ("edits", test_edits);
  g_test_add_func ("/canvas/tool-draw/pictures", test_pictures);

  return g_test_run ();
}
