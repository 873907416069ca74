/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cables and drawings on the canvas, by pointer and keys as a person makes them. */

#include "config.h"

#include <gtk/gtk.h>

#include "lab-canvas.h"
#include "lab-drawing-edits.h"
#include "lab-file.h"
#include "lab-look.h"
#include "lab-runtime.h"
#include "ui-harness.h"

#define TITLE "Cables"

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
  LabSelection *selection;
  LabCanvas *canvas;
  GtkWidget *window;
  int origin[4]; /* of the window's content on the screen */
  char *problem;
} Fixture;

/* R1 and R2 side by side, R3 below R1, and a hub with one port below R2. */
static const char document[] =
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e0b\","
    "\"name\":\"Cables\",\"nodes\":["
    "{\"name\":\"R1\",\"id\":1,\"kind\":\"iou\",\"x\":-200,\"y\":-120,\"image\":{\"name\":\"x\"},"
    "\"ethernet\":1,\"serial\":1,\"symbol\":\"router\"},"
    "{\"name\":\"R2\",\"id\":2,\"kind\":\"iou\",\"x\":200,\"y\":-120,\"image\":{\"name\":\"x\"},"
    "\"ethernet\":1,\"serial\":1,\"symbol\":\"router\"},"
    "{\"name\":\"R3\",\"id\":3,\"kind\":\"iou\",\"x\":-200,\"y\":160,\"image\":{\"name\":\"x\"},"
    "\"ethernet\":1,\"serial\":1,\"symbol\":\"router\"},"
    "{\"name\":\"H\",\"id\":4,\"kind\":\"hub\",\"x\":200,\"y\":160,\"ports\":1}]}";

static void
problem_cb (Fixture *fixture, const char *text)
{
  g_free (fixture->problem);
  fixture->problem = g_strdup (text);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *canvas;

  fixture->topology = lab_file_parse (document, strlen (document), "test", NULL);
  g_assert_nonnull (fixture->topology);
  fixture->history = lab_history_new (fixture->topology);
  fixture->selection = lab_selection_new (fixture->topology);
  canvas = lab_canvas_new (fixture->topology, fixture->history, fixture->selection);
  fixture->canvas = LAB_CANVAS (canvas);
  g_signal_connect_swapped (canvas, "problem", G_CALLBACK (problem_cb), fixture);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), canvas);
  fixture->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (fixture->window), TITLE);
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), scrolled);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_settle (600);
  g_assert_true (ui_find_window (TITLE, fixture->origin));
  lab_canvas_set_zoom (fixture->canvas, 1);
  lab_canvas_centre_on (fixture->canvas, 0, 0);
  gtk_widget_grab_focus (canvas);
  ui_settle (200);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (200);
  g_clear_object (&fixture->selection);
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->topology);
  g_free (fixture->problem);
}

/* Where a world point is on the screen. */
static void
place (Fixture *fixture, double x, double y, int *screen_x, int *screen_y)
{
  double at_x;
  double at_y;

  lab_canvas_world_to_widget (fixture->canvas, x, y, &at_x, &at_y);
  gtk_widget_translate_coordinates (GTK_WIDGET (fixture->canvas), fixture->window, at_x, at_y,
                                    &at_x, &at_y);
  *screen_x = fixture->origin[0] + (int) at_x;
  *screen_y = fixture->origin[1] + (int) at_y;
}

static void
move_to (Fixture *fixture, double x, double y)
{
  int at_x;
  int at_y;

  place (fixture, x, y, &at_x, &at_y);
  ui_move (at_x, at_y);
  ui_settle (80);
}

static void
drag (Fixture *fixture, double x0, double y0, double x1, double y1)
{
  int from[2];
  int to[2];

  place (fixture, x0, y0, &from[0], &from[1]);
  place (fixture, x1, y1, &to[0], &to[1]);
  ui_move (from[0], from[1]);
  ui_settle (80);
  ui_drag (from[0], from[1], to[0], to[1], 1);
  ui_settle (150);
}

static void
click (Fixture *fixture, double x, double y)
{
  int at_x;
  int at_y;

  place (fixture, x, y, &at_x, &at_y);
  ui_click (at_x, at_y, 1);
  ui_settle (120);
}

/* The upper right handle of a device, as the scene places it: 6 pixels out. */
#define HANDLE 33.0

static void
joined (Fixture *fixture, const char *a, const char *port_a, const char *b, const char *port_b)
{
  LabLink *link = lab_topology_find_link (fixture->topology, a, port_a);

  g_assert_nonnull (link);
  g_assert_true (lab_link_touches (link, b, port_b));
}

static void
test_handle (Fixture *fixture, gconstpointer unused)
{
  drag (fixture, -200 + HANDLE, -120 - HANDLE, 200, -120);
  joined (fixture, "R1", "e0/0", "R2", "e0/0");
  drag (fixture, -200 + HANDLE, -120 - HANDLE, 200, 160);
  joined (fixture, "R1", "e0/1", "H", "e0");
  drag (fixture, -200 + HANDLE, 160 - HANDLE, 200, 160);
  g_assert_cmpstr (fixture->problem, ==, "H has no free Ethernet port.");
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 2);
  ui_shot ("cables-drawn");
}

/* What is seen while a cable hangs at the pointer. */
static void
test_ghost (Fixture *fixture, gconstpointer unused)
{
  int x;
  int y;

  place (fixture, -200 + HANDLE, -120 - HANDLE, &x, &y);
  ui_move (x, y);
  ui_settle (100);
  ui_press (1);
  move_to (fixture, -60, -60);
  move_to (fixture, 60, -80);
  ui_shot ("cable-over-plane");
  move_to (fixture, 195, -118);
  ui_shot ("cable-over-device");
  ui_key ("Escape");
  ui_settle (100);
  ui_release (1);
  ui_settle (100);
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 0);
}

/* Why a cable cannot end where the pointer is. */
static void
test_hint (Fixture *fixture, gconstpointer unused)
{
  int x;
  int y;

  drag (fixture, -200 + HANDLE, -120 - HANDLE, 200, 160);
  joined (fixture, "R1", "e0/0", "H", "e0");
  place (fixture, -200 + HANDLE, 160 - HANDLE, &x, &y);
  ui_move (x, y);
  ui_settle (100);
  ui_press (1);
  move_to (fixture, 0, 160);
  move_to (fixture, 200, 160);
  ui_shot ("cable-refused");
  ui_release (1);
  ui_settle (100);
  g_assert_cmpstr (fixture->problem, ==, "H has no free Ethernet port.");
}

static void
test_keys (Fixture *fixture, gconstpointer unused)
{
  click (fixture, -200, -120);
  ui_key ("l");
  ui_settle (100);
  ui_key ("Right");
  ui_settle (100);
  ui_shot ("cable-by-keys");
  ui_key ("Return");
  ui_settle (100);
  joined (fixture, "R1", "e0/0", "R2", "e0/0");
  ui_key ("Escape");
  ui_settle (100);
  g_assert_cmpint (lab_canvas_get_tool (fixture->canvas), ==, LAB_CANVAS_TOOL_SELECT);
}

static void
test_chooser (Fixture *fixture, gconstpointer unused)
{
  int x;
  int y;

  drag (fixture, -200 + HANDLE, -120 - HANDLE, -200, 160);
  joined (fixture, "R1", "e0/0", "R3", "e0/0");
  place (fixture, -200 + HANDLE, -120 - HANDLE, &x, &y);
  ui_move (x, y);
  ui_settle (100);
  ui_key_down ("ctrl");
  ui_press (1);
  move_to (fixture, 0, -60);
  move_to (fixture, 200, -120);
  ui_release (1);
  ui_key_up ("ctrl");
  ui_settle (500);
  ui_shot ("cable-ports");
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 1);
  /* The list of R1 has the focus, at the first free port: one down, then Enter. */
  ui_key ("Down");
  ui_key ("Return");
  ui_settle (400);
  joined (fixture, "R1", "e0/2", "R2", "e0/0");
}

static void
test_pull (Fixture *fixture, gconstpointer unused)
{
  drag (fixture, -200 + HANDLE, -120 - HANDLE, 200, -120);
  joined (fixture, "R1", "e0/0", "R2", "e0/0");
  /* The dot before R2: 28 units of symbol and 7 of air. */
  drag (fixture, 200 - 35, -120, -200, 160);
  joined (fixture, "R1", "e0/0", "R3", "e0/0");
  ui_shot ("cable-pulled");
  /* The same end again, with its port chosen: R3 is below R1, so the dot is above it. */
  {
    int x;
    int y;

    place (fixture, -200, 160 - 35, &x, &y);
    ui_move (x, y);
    ui_settle (100);
    ui_key_down ("ctrl");
    ui_press (1);
    move_to (fixture, 0, 0);
    move_to (fixture, 200, -120);
    ui_release (1);
    ui_key_up ("ctrl");
    ui_settle (500);
    ui_shot ("cable-pulled-ports");
    ui_key ("Down");
    ui_key ("Return");
    ui_settle (400);
  }
  joined (fixture, "R1", "e0/0", "R2", "e0/1");
}

static void
test_look (Fixture *fixture, gconstpointer unused)
{
  LabLink *link;
  LabLinkShape shape;

  drag (fixture, -200 + HANDLE, -120 - HANDLE, 200, -120);
  click (fixture, 0, -120);
  link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  g_assert_true (lab_selection_get_single (fixture->selection) == link);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "link.toggle-plugged", NULL));
  g_assert_false (lab_link_get_plugged (link));
  ui_settle (200);
  ui_shot ("cable-unplugged");
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "link.shape", "s", "curved"));
  g_assert_true (lab_link_get_shape (link, &shape) && shape == LAB_LINK_CURVED);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "link.width", "s", "4");
  g_assert_cmpfloat (lab_link_get_width (link), ==, 4);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "link.width", "s", "default");
  g_assert_cmpfloat (lab_link_get_width (link), ==, 1.5);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "link.toggle-port-labels", NULL);
  g_assert_true (lab_link_get_port_label_hidden (link, 0));
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "canvas.reset-labels", NULL);
  g_assert_false (lab_link_get_port_label_hidden (link, 0));
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "link.plug", NULL);
  {
    const LabLinkRun run = { { LAB_LINE_UP, LAB_LINE_DOWN }, { 43210, 870 }, { 0, 0 } };

    lab_link_set_run (link, &run);
  }
  lab_selection_clear (fixture->selection);
  move_to (fixture, -120, -80);
  ui_settle (1200);
  ui_shot ("cable-told");
}

static guint
count_drawings (Fixture *fixture)
{
  return g_list_model_get_n_items (lab_topology_get_drawings (fixture->topology));
}

static void
test_shapes (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (LabDrawing) drawing = NULL;

  lab_canvas_set_tool (fixture->canvas, LAB_CANVAS_TOOL_RECTANGLE);
  drag (fixture, -100, -60, 100, 60);
  g_assert_cmpuint (count_drawings (fixture), ==, 1);
  g_assert_cmpint (lab_canvas_get_tool (fixture->canvas), ==, LAB_CANVAS_TOOL_SELECT);
  drawing = g_list_model_get_item (lab_topology_get_drawings (fixture->topology), 0);
  g_assert_cmpfloat (lab_drawing_get_width (drawing), ==, 200);
  ui_shot ("shape-drawn");
  /* By its lower right corner. */
  drag (fixture, 100, 60, 140, 100);
  g_assert_cmpfloat (lab_drawing_get_width (drawing), ==, 240);
  g_assert_cmpfloat (lab_drawing_get_height (drawing), ==, 160);
  /* By the handle above it: level with its middle is a quarter turn. */
  drag (fixture, 20, -60 - 22, 160, 20);
  g_assert_cmpfloat (lab_drawing_get_rotation (drawing), ==, 90);
  ui_shot ("shape-turned");
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "drawing.fill", "s", "#ff0000");
  g_assert_cmpstr (lab_drawing_get_fill (drawing), ==, "#ff0000");
}

static void
test_note (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (LabDrawing) note = NULL;

  lab_canvas_set_tool (fixture->canvas, LAB_CANVAS_TOOL_TEXT);
  click (fixture, -60, 0);
  ui_settle (400);
  ui_type ("First line");
  ui_key ("Return");
  ui_type ("second");
  ui_settle (100);
  ui_shot ("note-written");
  ui_key ("ctrl+Return");
  ui_settle (400);
  g_assert_cmpuint (count_drawings (fixture), ==, 1);
  note = g_list_model_get_item (lab_topology_get_drawings (fixture->topology), 0);
  g_assert_cmpstr (lab_drawing_get_text (note), ==, "First line\nsecond\n");
  /* Opened again, and left as it was. */
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "drawing.edit-text", NULL));
  ui_settle (400);
  ui_type ("nothing");
  ui_key ("Escape");
  ui_settle (400);
  g_assert_cmpstr (lab_drawing_get_text (note), ==, "First line\nsecond\n");
  ui_shot ("note");
}

static void
test_picture (Fixture *fixture, gconstpointer unused)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='120' height='60'>"
                            "<rect width='120' height='60' fill='#c01c28'/></svg>";
  g_autoptr (GBytes) good = g_bytes_new_static (svg, sizeof svg - 1);
  g_autoptr (LabDrawing) drawing = lab_drawing_new_picture ("image/svg+xml", good, 0, 0, NULL);
  g_autoptr (LabEdit) edit = NULL;
  int x;
  int y;

  g_assert_cmpfloat (lab_drawing_get_width (drawing), ==, 120);
  edit = lab_edit_new_add_drawing (drawing);
  g_assert_true (lab_history_apply (fixture->history, edit, NULL));
  ui_settle (800);
  place (fixture, 10, 10, &x, &y);
  g_assert_cmphex (ui_pixel (x, y), ==, 0xc01c28);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/cables/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();

  ADD ("handle", test_handle);
  ADD ("ghost", test_ghost);
  ADD ("hint", test_hint);
  ADD ("keys", test_keys);
  ADD ("chooser", test_chooser);
  ADD ("pull", test_pull);
  ADD ("look", test_look);
  ADD ("shapes", test_shapes);
  ADD ("note", test_note);
  ADD ("picture", test_picture);

  return g_test_run ();
}
