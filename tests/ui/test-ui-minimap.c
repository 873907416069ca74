/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The minimap over a real canvas: there when it is needed, and it moves the view. */

#include "config.h"

#include <adwaita.h>

#include "lab-file.h"
#include "lab-minimap.h"
#include "ui-harness.h"

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
  LabSelection *selection;
  GtkWidget *window;
  LabCanvas *canvas;
  GtkWidget *minimap;
  int place[4]; /* of the window */
} Fixture;

static gboolean
window_is_there (gpointer title)
{
  int rectangle[4];

  return ui_find_window (title, rectangle);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sample = ui_sample ("campus.lab", "campus.lab");
  g_autoptr (GError) error = NULL;
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->topology = lab_file_load (sample, &error);
  g_assert_no_error (error);
  fixture->history = lab_history_new (fixture->topology);
  fixture->selection = lab_selection_new (fixture->topology);
  fixture->canvas =
      LAB_CANVAS (lab_canvas_new (fixture->topology, fixture->history, fixture->selection));
  fixture->minimap = lab_minimap_new (fixture->canvas);
  gtk_widget_set_halign (fixture->minimap, GTK_ALIGN_END);
  gtk_widget_set_valign (fixture->minimap, GTK_ALIGN_END);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (fixture->canvas));
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), fixture->minimap);
  fixture->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (fixture->window), "Minimap");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 800);
  gtk_window_set_child (GTK_WINDOW (fixture->window), overlay);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_assert_true (ui_wait (window_is_there, (gpointer) "Minimap", 5000));
  ui_settle (400);
  g_assert_true (ui_find_window ("Minimap", fixture->place));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (50);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->history);
  g_object_unref (fixture->topology);
}

/* A point of the map on the screen. */
static void
map_point (Fixture *fixture, double x, double y, int *screen_x, int *screen_y)
{
  double at_x;
  double at_y;

  g_assert_true (
      gtk_widget_translate_coordinates (fixture->minimap, fixture->window, x, y, &at_x, &at_y));
  *screen_x =
      fixture->place[0] + fixture->place[2] - (gtk_widget_get_width (fixture->window) - (int) at_x);
  *screen_y = fixture->place[1] + fixture->place[3] -
              (gtk_widget_get_height (fixture->window) - (int) at_y);
}

static void
test_needed (Fixture *fixture, gconstpointer data)
{
  LabMinimap *minimap = LAB_MINIMAP (fixture->minimap);

  lab_canvas_fit (fixture->canvas);
  ui_settle (300);
  g_assert_false (lab_minimap_get_active (minimap));
  g_assert_false (gtk_widget_get_can_target (fixture->minimap));
  lab_canvas_set_zoom (fixture->canvas, 2);
  ui_settle (300);
  g_assert_true (lab_minimap_get_active (minimap));
  g_assert_true (gtk_widget_get_can_target (fixture->minimap));
  g_assert_cmpfloat (gtk_widget_get_opacity (fixture->minimap), ==, 1);
  ui_shot ("minimap");
  lab_canvas_fit (fixture->canvas);
  ui_settle (300);
  g_assert_false (lab_minimap_get_active (minimap));
}

static void
test_moves_view (Fixture *fixture, gconstpointer data)
{
  double left;
  double right;
  double y;
  int x1;
  int y1;
  int x2;
  int y2;

  lab_canvas_set_zoom (fixture->canvas, 2);
  ui_settle (300);
  map_point (fixture, 20, 60, &x1, &y1);
  map_point (fixture, 160, 60, &x2, &y2);
  ui_click (x1, y1, 1);
  ui_settle (200);
  lab_canvas_get_centre (fixture->canvas, &left, &y);
  /* The left building is about -340 of the plane, the right one 340. */
  g_assert_cmpfloat (left, <, -250);
  ui_click (x2, y2, 1);
  ui_settle (200);
  lab_canvas_get_centre (fixture->canvas, &right, &y);
  g_assert_cmpfloat (right, >, 250);
  /* And back by dragging the rectangle. */
  ui_drag (x2, y2, x1, y1, 1);
  ui_settle (200);
  lab_canvas_get_centre (fixture->canvas, &right, &y);
  g_assert_cmpfloat_with_epsilon (right, left, 30);
}

static void
test_follows_document (Fixture *fixture, gconstpointer data)
{
  const char *names[] = { "PC8", NULL };
  double x = 4000;
  double y = 100;
  g_autoptr (LabEdit) edit = lab_edit_new_move_nodes (names, &x, &y);
  g_autoptr (GError) error = NULL;

  lab_canvas_fit (fixture->canvas);
  ui_settle (300);
  g_assert_false (lab_minimap_get_active (LAB_MINIMAP (fixture->minimap)));
  lab_history_apply (fixture->history, edit, &error);
  g_assert_no_error (error);
  ui_settle (400);
  g_assert_true (lab_minimap_get_active (LAB_MINIMAP (fixture->minimap)));
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();

  g_test_add ("/ui/minimap/needed", Fixture, NULL, set_up, test_needed, tear_down);
  g_test_add ("/ui/minimap/moves-view", Fixture, NULL, set_up, test_moves_view, tear_down);
  g_test_add ("/ui/minimap/follows-document", Fixture, NULL, set_up, test_follows_document,
              tear_down);

  return g_test_run ();
}
