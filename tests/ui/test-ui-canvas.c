/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas by pointer, wheel and keys: what is selected, moved, seen. Cables and drawings are
 * tried in test-ui-cables.c. */

#include "config.h"

#include <adwaita.h>

#include "lab-canvas.h"
#include "lab-file.h"
#include "lab-look.h"
#include "lab-node-proxy.h"
#include "lab-node-template.h"
#include "lab-runtime.h"
#include "ui-harness.h"

#define TITLE  "Canvas"
#define WIDTH  1000
#define HEIGHT 700

typedef struct
{
  LabTopology *topology;
  LabHistory *history;
  LabSelection *selection;
  LabCanvas *canvas;
  GtkWidget *window;
  GtkWidget *source; /* a button that devices are dragged from */
  int origin[4];

  LabNode *activated;
  GObject *menu_item;
  guint n_menus;
  LabNodeTemplate *dropped;
  double dropped_at[2];
  gboolean ask_count;
} Fixture;

#define NODE(name, id, x, y, more)                                                                 \
  "{\"name\":\"" name "\",\"id\":" id ",\"kind\":\"iou\",\"x\":" x ",\"y\":" y                     \
  ",\"image\":{\"name\":\"x\"},\"symbol\":\"router\"" more "}"

static const char document[] =
    "{\"format\":\"labwright\",\"version\":1,\"uuid\":\"6c0a7f1e-3b52-4d0e-9a51-7d1f0c2b8e0c\","
    "\"name\":\"Canvas\",\"nodes\":[" NODE ("R1", "1", "-200", "-120", "") "," NODE (
        "R2",
        "2",
        "0",
        "-120",
        "") "," NODE ("R3",
                      "3",
                      "200",
                      "-120",
                      "") "," NODE ("R4",
                                    "4",
                                    "-200",
                                    "120",
                                    "") "," NODE ("R5",
                                                  "5",
                                                  "0",
                                                  "120",
                                                  ",\"locked\":true") "," NODE ("R6",
                                                                                "6",
                                                                                "200",
                                                                                "120",
                                                                                "") "],\"links\":[{"
                                                                                    "\"a\":{"
                                                                                    "\"node\":"
                                                                                    "\"R1\","
                                                                                    "\"port\":\"e0/"
                                                                                    "0\"},\"b\":{"
                                                                                    "\"node\":"
                                                                                    "\"R2\","
                                                                                    "\"port\":\"e0/"
                                                                                    "0\"}},"
                                                                                    "{\"a\":{"
                                                                                    "\"node\":"
                                                                                    "\"R2\","
                                                                                    "\"port\":\"e0/"
                                                                                    "1\"},\"b\":{"
                                                                                    "\"node\":"
                                                                                    "\"R6\","
                                                                                    "\"port\":\"e0/"
                                                                                    "1\"}}]}";

static void
impair (Fixture *fixture, const char *name, const char *port, const char *json)
{
  g_autoptr (JsonNode) value = json_from_string (json, NULL);
  g_autoptr (LabEdit) edit = lab_edit_new_set_link (name, port, "impair", value);

  g_assert_true (lab_history_apply (fixture->history, edit, NULL));
}

static void
activate_cb (Fixture *fixture, LabNode *node)
{
  fixture->activated = node;
}

static void
menu_cb (Fixture *fixture, GObject *item, double x, double y)
{
  fixture->menu_item = item;
  fixture->n_menus++;
}

static void
drop_cb (Fixture *fixture, LabNodeTemplate *template, double x, double y, gboolean ask_count)
{
  g_clear_pointer (&fixture->dropped, lab_node_template_unref);
  fixture->dropped = lab_node_template_ref (template);
  fixture->dropped_at[0] = x;
  fixture->dropped_at[1] = y;
  fixture->ask_count = ask_count;
}

static GtkWidget *
new_source (void)
{
  GtkWidget *label = gtk_label_new ("PC");
  GtkDragSource *drag = gtk_drag_source_new ();
  g_autoptr (JsonNode) json =
      json_from_string ("{\"kind\":\"iou\",\"image\":{\"name\":\"labwright-pc\"}}", NULL);
  g_autoptr (LabNodeTemplate) template = lab_node_template_new ("PC", "PC{n}", "host", json);
  g_autoptr (GdkContentProvider) content =
      gdk_content_provider_new_typed (LAB_TYPE_NODE_TEMPLATE, template);

  gtk_drag_source_set_content (drag, content);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_size_request (label, 80, 40);

  return label;
}

static void
fill_window (Fixture *fixture)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  fixture->canvas =
      LAB_CANVAS (lab_canvas_new (fixture->topology, fixture->history, fixture->selection));
  g_signal_connect_swapped (fixture->canvas, "activate-node", G_CALLBACK (activate_cb), fixture);
  g_signal_connect_swapped (fixture->canvas, "context-menu", G_CALLBACK (menu_cb), fixture);
  g_signal_connect_swapped (fixture->canvas, "drop-template", G_CALLBACK (drop_cb), fixture);
  fixture->source = new_source ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (fixture->canvas));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), fixture->source);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
}

static gboolean
is_on_screen (gpointer data)
{
  return ui_find_window (TITLE, ((Fixture *) data)->origin);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->topology = lab_file_parse (document, strlen (document), "test", &error);
  g_assert_no_error (error);
  fixture->history = lab_history_new (fixture->topology);
  fixture->selection = lab_selection_new (fixture->topology);
  fixture->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (fixture->window), TITLE);
  gtk_window_set_decorated (GTK_WINDOW (fixture->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  fill_window (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_assert_true (ui_wait (is_on_screen, fixture, 10000));
  ui_settle (500);
  g_assert_true (ui_find_window (TITLE, fixture->origin));
  lab_canvas_set_zoom (fixture->canvas, 1);
  lab_canvas_centre_on (fixture->canvas, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->canvas));
  ui_settle (200);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  LabCanvas *canvas = fixture->canvas;

  g_object_add_weak_pointer (G_OBJECT (canvas), (gpointer *) &fixture->canvas);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (200);
  /* Nothing holds it any more: tools, proxies, timers are gone with it. */
  g_assert_null (fixture->canvas);
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->history);
  g_assert_finalize_object (fixture->topology);
  g_clear_pointer (&fixture->dropped, lab_node_template_unref);
}

static void
place (Fixture *fixture, double x, double y, int at[2])
{
  double at_x;
  double at_y;

  lab_canvas_world_to_widget (fixture->canvas, x, y, &at_x, &at_y);
  gtk_widget_translate_coordinates (GTK_WIDGET (fixture->canvas), fixture->window, at_x, at_y,
                                    &at_x, &at_y);
  at[0] = fixture->origin[0] + (int) at_x;
  at[1] = fixture->origin[1] + (int) at_y;
}

static void
click (Fixture *fixture, double x, double y, guint button)
{
  int at[2];

  place (fixture, x, y, at);
  ui_click (at[0], at[1], button);
  ui_settle (120);
}

static void
drag (Fixture *fixture, double x0, double y0, double x1, double y1, guint button)
{
  int from[2];
  int to[2];

  place (fixture, x0, y0, from);
  place (fixture, x1, y1, to);
  ui_move (from[0], from[1]);
  ui_settle (60);
  ui_drag (from[0], from[1], to[0], to[1], button);
  ui_settle (150);
}

static void
key (const char *combination)
{
  ui_key (combination);
  ui_settle (120);
}

static LabNode *
node (Fixture *fixture, const char *name)
{
  LabNode *found = lab_topology_find_node (fixture->topology, name);

  g_assert_nonnull (found);

  return found;
}

static void
assert_at (Fixture *fixture, const char *name, double x, double y)
{
  g_assert_cmpfloat (lab_node_get_x (node (fixture, name)), ==, x);
  g_assert_cmpfloat (lab_node_get_y (node (fixture, name)), ==, y);
}

static void
assert_selected (Fixture *fixture, const char *names)
{
  g_auto (GStrv) selected = lab_selection_get_node_names (fixture->selection);
  g_autofree char *joined = g_strjoinv (" ", selected);

  g_assert_cmpstr (joined, ==, names);
}

static void
test_select (Fixture *fixture, gconstpointer unused)
{
  click (fixture, -200, -120, 1);
  assert_selected (fixture, "R1");
  ui_key_down ("ctrl");
  click (fixture, 0, -120, 1);
  ui_key_up ("ctrl");
  assert_selected (fixture, "R1 R2");
  /* From the left top of all to below the upper row. */
  drag (fixture, -300, -220, 260, -20, 1);
  assert_selected (fixture, "R1 R2 R3");
  ui_shot ("canvas-selected");
  click (fixture, -320, 240, 1);
  assert_selected (fixture, "");
  key ("ctrl+a");
  assert_selected (fixture, "R1 R2 R3 R4 R5 R6");
  key ("Escape");
  assert_selected (fixture, "");
}

static void
test_move (Fixture *fixture, gconstpointer unused)
{
  drag (fixture, -200, -120, -130, -50, 1);
  assert_at (fixture, "R1", -140, -60);
  g_assert_true (lab_history_undo (fixture->history));
  assert_at (fixture, "R1", -200, -120);
  g_assert_false (lab_history_can_undo (fixture->history));
  /* Locked. */
  drag (fixture, 0, 120, 60, 160, 1);
  assert_at (fixture, "R5", 0, 120);
}

static void
test_escape_takes_a_move_back (Fixture *fixture, gconstpointer unused)
{
  int from[2];
  int to[2];

  place (fixture, 200, -120, from);
  place (fixture, 120, 0, to);
  ui_move (from[0], from[1]);
  ui_settle (60);
  ui_press (1);
  ui_move ((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  ui_settle (60);
  ui_move (to[0], to[1]);
  ui_settle (100);
  assert_at (fixture, "R3", 120, 0);
  key ("Escape");
  assert_at (fixture, "R3", 200, -120);
  ui_move (to[0] + 40, to[1]);
  ui_settle (60);
  ui_release (1);
  ui_settle (100);
  assert_at (fixture, "R3", 200, -120);
  g_assert_false (lab_history_can_undo (fixture->history));
}

static void
test_arrows (Fixture *fixture, gconstpointer unused)
{
  click (fixture, -200, -120, 1);
  key ("Right");
  assert_at (fixture, "R1", -180, -120);
  key ("shift+Up");
  assert_at (fixture, "R1", -180, -121);
  /* With Ctrl to the neighbour. */
  key ("ctrl+Right");
  assert_selected (fixture, "R2");
  key ("ctrl+Down");
  assert_selected (fixture, "R5");
}

static void
test_tab (Fixture *fixture, gconstpointer unused)
{
  key ("Tab");
  assert_selected (fixture, "R1");
  key ("Tab");
  key ("Tab");
  assert_selected (fixture, "R3");
  key ("shift+Tab");
  assert_selected (fixture, "R2");
  ui_shot ("canvas-focus");
  key ("Return");
  g_assert_true (fixture->activated == node (fixture, "R2"));
}

static void
test_double_click (Fixture *fixture, gconstpointer unused)
{
  int at[2];

  place (fixture, 200, 120, at);
  ui_double_click (at[0], at[1]);
  ui_settle (150);
  g_assert_true (fixture->activated == node (fixture, "R6"));
  assert_at (fixture, "R6", 200, 120);
}

static void
be_busy_cb (Fixture *fixture)
{
  g_usleep (900000);
}

/* The window is busy with the first click for longer than a double click may take: what counts is
 * when the hand clicked. */
static void
test_busy_double_click (Fixture *fixture, gconstpointer unused)
{
  int at[2];

  place (fixture, 200, 120, at);
  g_signal_connect_swapped (fixture->selection, "changed", G_CALLBACK (be_busy_cb), fixture);
  ui_post_double_click (at[0], at[1]);
  ui_settle (3000);
  g_assert_true (fixture->activated == node (fixture, "R6"));
  /* And two clicks are none. */
  fixture->activated = NULL;
  ui_click (at[0], at[1], 1);
  ui_settle (700);
  ui_click (at[0], at[1], 1);
  ui_settle (200);
  g_assert_null (fixture->activated);
}

static void
test_menu (Fixture *fixture, gconstpointer unused)
{
  click (fixture, 0, -120, 3);
  g_assert_true (fixture->menu_item == (GObject *) node (fixture, "R2"));
  assert_selected (fixture, "R2");
  click (fixture, -320, 240, 3);
  g_assert_null (fixture->menu_item);
  assert_selected (fixture, "");
  click (fixture, 200, -120, 1);
  key ("Menu");
  key ("shift+F10");
  g_assert_true (fixture->menu_item == (GObject *) node (fixture, "R3"));
  g_assert_cmpuint (fixture->n_menus, ==, 4);
}

static void
test_rename (Fixture *fixture, gconstpointer unused)
{
  click (fixture, -200, -120, 1);
  key ("F2");
  ui_type ("R2\n");
  ui_settle (200);
  /* Taken: it is said in place, and the entry stays. */
  ui_shot ("canvas-name-refused");
  g_assert_nonnull (lab_topology_find_node (fixture->topology, "R1"));
  key ("ctrl+a");
  ui_type ("Edge\n");
  ui_settle (150);
  g_assert_nonnull (lab_topology_find_node (fixture->topology, "Edge"));
  key ("F2");
  ui_type ("Other");
  key ("Escape");
  g_assert_nonnull (lab_topology_find_node (fixture->topology, "Edge"));
  /* Keys are the canvas' again. */
  key ("Right");
  assert_at (fixture, "Edge", -180, -120);
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

/* What was typed is there when one comes back from another window. */
static void
test_rename_elsewhere (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *other = gtk_window_new ();

  click (fixture, -200, -120, 1);
  key ("F2");
  ui_type ("Half");
  gtk_window_set_title (GTK_WINDOW (other), "Elsewhere");
  gtk_window_present (GTK_WINDOW (other));
  g_assert_true (ui_wait (is_active, other, 5000));
  gtk_window_destroy (GTK_WINDOW (other));
  g_assert_true (ui_wait (is_active, fixture->window, 5000));
  ui_settle (150);
  ui_type ("way\n");
  ui_settle (150);
  g_assert_nonnull (lab_topology_find_node (fixture->topology, "Halfway"));
  /* Within the window it is given up. */
  key ("F2");
  ui_type ("Other");
  click (fixture, 100, 100, 1);
  key ("Escape");
  g_assert_nonnull (lab_topology_find_node (fixture->topology, "Halfway"));
}

static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  click (fixture, 0, -120, 1);
  key ("Delete");
  g_assert_null (lab_topology_find_node (fixture->topology, "R2"));
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 0);
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_cmpuint (g_list_model_get_n_items (lab_topology_get_links (fixture->topology)), ==, 2);
  ui_settle (200);
}

/* What is under the pointer stays there. */
static void
test_wheel_zoom (Fixture *fixture, gconstpointer unused)
{
  int before[2];
  int after[2];

  place (fixture, 200, 120, before);
  ui_move (before[0], before[1]);
  ui_settle (60);
  ui_key_down ("ctrl");
  ui_wheel (before[0], before[1], -4);
  ui_settle (150);
  ui_key_up ("ctrl");
  g_assert_cmpfloat_with_epsilon (lab_canvas_get_zoom (fixture->canvas), 1.4641, 0.001);
  place (fixture, 200, 120, after);
  g_assert_cmpint (ABS (after[0] - before[0]), <=, 1);
  g_assert_cmpint (ABS (after[1] - before[1]), <=, 1);
  key ("ctrl+0");
  g_assert_cmpfloat (lab_canvas_get_zoom (fixture->canvas), ==, 1);
  key ("ctrl+minus");
  g_assert_cmpfloat (lab_canvas_get_zoom (fixture->canvas), <, 1);
  key ("ctrl+plus");
  g_assert_cmpfloat (lab_canvas_get_zoom (fixture->canvas), ==, 1);
}

static void
assert_moved (Fixture *fixture, const int before[2], int dx, int dy)
{
  int after[2];

  place (fixture, 0, 0, after);
  g_assert_cmpint (ABS (after[0] - before[0] - dx), <=, 1);
  g_assert_cmpint (ABS (after[1] - before[1] - dy), <=, 1);
}

static void
test_pan (Fixture *fixture, gconstpointer unused)
{
  int before[2];
  int now[2];

  place (fixture, 0, 0, before);
  drag (fixture, 0, 0, 120, 60, 2);
  assert_moved (fixture, before, 120, 60);
  ui_key_down ("space");
  ui_settle (60);
  drag (fixture, 0, 0, -120, -60, 1);
  ui_key_up ("space");
  ui_settle (60);
  assert_moved (fixture, before, 0, 0);
  assert_selected (fixture, "");
  ui_wheel (before[0], before[1] + 60, 2);
  ui_settle (300);
  place (fixture, 0, 0, now);
  g_assert_cmpint (now[1], <, before[1]);
  g_assert_cmpint (now[0], ==, before[0]);
  ui_key_down ("shift");
  ui_wheel (before[0], before[1] + 60, 2);
  ui_settle (300);
  ui_key_up ("shift");
  place (fixture, 0, 0, now);
  g_assert_cmpint (now[0], <, before[0]);
}

static double
zoom_at_width (Fixture *fixture, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, HEIGHT);
  ui_settle (500);
  g_assert_cmpint (gtk_widget_get_width (fixture->window), ==, width);

  return lab_canvas_get_zoom (fixture->canvas);
}

/* Whatever the window's size, until somebody zooms. */
static void
assert_stays_fitted (Fixture *fixture)
{
  double zoom = lab_canvas_get_zoom (fixture->canvas);

  g_assert_true (lab_canvas_get_fitted (fixture->canvas));
  g_assert_cmpfloat (zoom_at_width (fixture, WIDTH - 300), <, zoom);
  g_assert_cmpfloat (zoom_at_width (fixture, WIDTH), ==, zoom);
  lab_canvas_set_zoom (fixture->canvas, zoom * 1.1);
  g_assert_false (lab_canvas_get_fitted (fixture->canvas));
  g_assert_cmpfloat (zoom_at_width (fixture, WIDTH - 300), >, zoom);
  zoom_at_width (fixture, WIDTH);
}

static void
test_fit_and_reveal (Fixture *fixture, gconstpointer unused)
{
  const char *names[] = { "R6", NULL };
  g_autoptr (LabEdit) edit = NULL;
  double x = 4000;
  double y = 120;

  edit = lab_edit_new_move_nodes (names, &x, &y);
  g_assert_true (lab_history_apply (fixture->history, edit, NULL));
  key ("ctrl+1");
  g_assert_cmpfloat (lab_canvas_get_zoom (fixture->canvas), <, 0.3);
  ui_shot ("canvas-fitted");
  assert_stays_fitted (fixture);
  lab_canvas_set_zoom (fixture->canvas, 1);
  lab_canvas_centre_on (fixture->canvas, 0, 0);
  lab_canvas_flash (fixture->canvas, node (fixture, "R6"));
  lab_canvas_world_to_widget (fixture->canvas, 4000, 120, &x, &y);
  g_assert_cmpfloat (x, <, WIDTH);
  g_assert_cmpfloat (x, >, WIDTH - 200);
  ui_settle (200);
  ui_shot ("canvas-flash");
}

/* A drag that comes to the edge scrolls on. */
static void
test_autoscroll (Fixture *fixture, gconstpointer unused)
{
  int from[2];

  place (fixture, 200, 120, from);
  ui_move (from[0], from[1]);
  ui_settle (60);
  ui_press (1);
  ui_move (from[0] + 60, from[1]);
  ui_settle (40);
  ui_move (fixture->origin[0] + WIDTH - 6, from[1]);
  ui_settle (600);
  ui_release (1);
  ui_settle (150);
  g_assert_cmpfloat (lab_node_get_x (node (fixture, "R6")), >, 560);
}

static void
test_drop (Fixture *fixture, gconstpointer unused)
{
  int to[2];

  place (fixture, 93, 12, to);
  ui_drag (fixture->origin[0] + WIDTH / 2, fixture->origin[1] + 20, to[0], to[1], 1);
  ui_settle (400);
  g_assert_nonnull (fixture->dropped);
  g_assert_cmpstr (lab_node_template_get_title (fixture->dropped), ==, "PC");
  g_assert_cmpfloat (fixture->dropped_at[0], ==, 100);
  g_assert_cmpfloat (fixture->dropped_at[1], ==, 20);
  g_assert_false (fixture->ask_count);
}

static LabNodeProxy *
find_proxy (Fixture *fixture, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (LAB_IS_NODE_PROXY (child) &&
        lab_node_proxy_get_node (LAB_NODE_PROXY (child)) == node (fixture, name))
      return LAB_NODE_PROXY (child);

  return NULL;
}

static void
test_proxies (Fixture *fixture, gconstpointer unused)
{
  LabNodeProxy *proxy = find_proxy (fixture, "R2");
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  graphene_rect_t bounds;
  double x;
  double y;

  g_assert_nonnull (proxy);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (proxy)), ==,
                   GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  g_ptr_array_add (links, lab_topology_find_link (fixture->topology, "R2", "e0/0"));
  g_ptr_array_add (links, lab_topology_find_link (fixture->topology, "R2", "e0/1"));
  text = lab_node_proxy_describe (node (fixture, "R2"), links);
  g_assert_cmpstr (text, ==, "Not running, 2 links: e0/0 to R1 e0/0, e0/1 to R6 e0/1");
  g_free (text);
  impair (fixture, "R2", "e0/1", "{\"a-to-b\":{\"loss\":1},\"b-to-a\":{\"loss\":1}}");
  text = lab_node_proxy_describe (node (fixture, "R2"), links);
  g_assert_cmpstr (text, ==,
                   "Not running, 2 links: e0/0 to R1 e0/0, e0/1 to R6 e0/1 (Impaired both ways: "
                   "1 % loss)");
  g_free (text);
  lab_node_set_run (node (fixture, "R2"), LAB_RUN_CRASHED, "It ended by itself.", FALSE);
  text = lab_node_proxy_describe (node (fixture, "R2"), links);
  g_assert_true (
      g_str_has_prefix (text, "Crashed: It ended by itself. 2 links: e0/0 to R1 e0/0, "));
  /* It lies where the device lies. */
  ui_settle (300);
  lab_canvas_world_to_widget (fixture->canvas, 0, -120, &x, &y);
  g_assert_true (
      gtk_widget_compute_bounds (GTK_WIDGET (proxy), GTK_WIDGET (fixture->canvas), &bounds));
  g_assert_true (
      graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y)));
  /* And does what the device can. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (proxy), "node.open-console", NULL));
  g_assert_true (fixture->activated == node (fixture, "R2"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (proxy), "node.connect", NULL));
  g_assert_cmpint (lab_canvas_get_tool (fixture->canvas), ==, LAB_CANVAS_TOOL_LINK);
  key ("Escape");
  key ("Escape");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (proxy), "node.delete", NULL));
  ui_settle (200);
  g_assert_null (lab_topology_find_node (fixture->topology, "R2"));
}

static void
act (Fixture *fixture, const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), name, NULL));
}

/* What menus call. Each is one step to undo. */
static void
test_actions (Fixture *fixture, gconstpointer unused)
{
  act (fixture, "canvas.toggle-grid");
  g_assert_false (lab_topology_get_show_grid (fixture->topology));
  act (fixture, "canvas.toggle-snap");
  g_assert_false (lab_topology_get_snap (fixture->topology));
  act (fixture, "canvas.toggle-port-labels");
  g_assert_false (lab_topology_get_port_labels (fixture->topology));
  act (fixture, "canvas.toggle-rates");
  g_assert_true (lab_topology_get_rates (fixture->topology));
  /* Without the grid a drag goes where the pointer goes. */
  drag (fixture, -200, -120, -133, -51, 1);
  assert_at (fixture, "R1", -133, -51);
  click (fixture, -133, -51, 1);
  ui_key_down ("ctrl");
  click (fixture, 0, -120, 1);
  ui_key_up ("ctrl");
  act (fixture, "canvas.align-top");
  assert_at (fixture, "R1", -133, -120);
  act (fixture, "canvas.lock");
  g_assert_true (lab_node_get_locked (node (fixture, "R1")));
  ui_settle (100);
  act (fixture, "canvas.unlock");
  act (fixture, "canvas.raise-to-top");
  g_assert_cmpint (lab_node_get_layer (node (fixture, "R1")), >, 0);
  act (fixture, "canvas.select-all");
  act (fixture, "canvas.select-none");
  assert_selected (fixture, "");
  while (lab_history_undo (fixture->history))
    ;
  assert_at (fixture, "R1", -200, -120);
  g_assert_true (lab_topology_get_show_grid (fixture->topology));
}

static void
set_state (Fixture *fixture, const char *name, LabRunState state, gboolean restart)
{
  lab_node_set_run (node (fixture, name), state, NULL, restart);
}

/* Looked at by people: each state has a shape. */
static void
test_states (Fixture *fixture, gconstpointer unused)
{
  AdwStyleManager *styles = adw_style_manager_get_default ();

  set_state (fixture, "R1", LAB_RUN_READY, FALSE);
  set_state (fixture, "R2", LAB_RUN_BOOTING, FALSE);
  set_state (fixture, "R3", LAB_RUN_CRASHED, FALSE);
  set_state (fixture, "R4", LAB_RUN_FROZEN, TRUE);
  set_state (fixture, "R5", LAB_RUN_STARTING, FALSE);
  set_state (fixture, "R6", LAB_RUN_UNSUPPORTED, FALSE);
  impair (fixture, "R1", "e0/0", "{\"a-to-b\":{\"delay\":100},\"b-to-a\":{\"loss\":1}}");
  impair (fixture, "R2", "e0/1", "{\"a-to-b\":{\"delay\":100}}");
  click (fixture, 200, 120, 1);
  ui_settle (200);
  ui_shot ("canvas-states");
  adw_style_manager_set_color_scheme (styles, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_settle (300);
  ui_shot ("canvas-dark");
  /* The plane is dark now, at a place where nothing lies. */
  {
    int at[2];
    guint32 pixel;

    place (fixture, -95, 33, at);
    pixel = ui_pixel (at[0], at[1]);
    g_assert_cmpuint (pixel & 0xff, <, 0x40);
  }
  adw_style_manager_set_color_scheme (styles, ADW_COLOR_SCHEME_DEFAULT);
  ui_settle (200);
}

#define TEST(name, func) g_test_add ("/canvas/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();

  TEST ("select", test_select);
  TEST ("move", test_move);
  TEST ("escape-takes-a-move-back", test_escape_takes_a_move_back);
  TEST ("arrows", test_arrows);
  TEST ("tab", test_tab);
  TEST ("double-click", test_double_click);
  TEST ("busy-double-click", test_busy_double_click);
  TEST ("menu", test_menu);
  TEST ("rename", test_rename);
  TEST ("rename-elsewhere", test_rename_elsewhere);
  TEST ("delete", test_delete);
  TEST ("wheel-zoom", test_wheel_zoom);
  TEST ("pan", test_pan);
  TEST ("fit-and-reveal", test_fit_and_reveal);
  TEST ("autoscroll", test_autoscroll);
  TEST ("drop", test_drop);
  TEST ("proxies", test_proxies);
  TEST ("actions", test_actions);
  TEST ("states", test_states);

  return g_test_run ();
}
