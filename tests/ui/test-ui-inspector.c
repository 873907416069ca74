/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector shows what is selected and changes it: each edit is one step, and undo brings both
 * the document and what is shown back. */

#include "config.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "lab-config-editor.h"
#include "lab-file.h"
#include "lab-impair.h"
#include "lab-impair-row.h"
#include "lab-inspector.h"
#include "lab-look.h"
#include "lab-spin-row.h"
#include "ui-harness.h"

static const char lab[] =
    "{ \"format\": \"labwright\", \"version\": 1,"
    "  \"uuid\": \"01234567-89ab-cdef-0123-456789abcdef\", \"name\": \"Inspector\","
    "  \"nodes\": ["
    "    { \"name\": \"R1\", \"id\": 1, \"kind\": \"iou\", \"x\": 0, \"y\": 0, \"image\": { "
    "\"name\": \"l3\" },"
    "      \"ethernet\": 2, \"ram\": 256, \"start\": [\"hostname R1\"] },"
    "    { \"name\": \"R2\", \"id\": 2, \"kind\": \"iou\", \"x\": 100, \"y\": 0, \"image\": { "
    "\"name\": \"l3\" },"
    "      \"template\": \"Border\", \"ethernet\": 2, \"ram\": 512 },"
    "    { \"name\": \"SW1\", \"id\": 3, \"kind\": \"switch\", \"x\": 200, \"y\": 0, \"ports\": ["
    "      { \"mode\": \"access\", \"vlan\": 1 }, { \"mode\": \"access\", \"vlan\": 1 } ] } ],"
    "  \"links\": ["
    "    { \"a\": { \"node\": \"R1\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"SW1\", \"port\": "
    "\"e0\" } } ],"
    "  \"drawings\": [ { \"id\": 1, \"kind\": \"rectangle\", \"x\": 0, \"y\": 0, \"width\": 10, "
    "\"height\": 10,"
    "    \"stroke\": \"#102030\", \"stroke-width\": 1 } ] }";

typedef struct
{
  LabTopology *topology;
  LabSession *session;
  LabHistory *history;
  LabSelection *selection;
  GtkWidget *window;
  GtkWidget *inspector;
  char *before;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->topology = lab_file_parse (lab, sizeof lab - 1, "test", &error);
  g_assert_no_error (error);
  fixture->session = lab_session_new (fixture->topology, NULL);
  fixture->history = lab_session_get_history (fixture->session);
  fixture->selection = lab_selection_new (fixture->topology);
  fixture->inspector = lab_inspector_new (fixture->session, fixture->selection);
  fixture->before = lab_file_to_string (fixture->topology, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (fixture->window), "inspector");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 340, 900);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->inspector);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_settle (100);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *inspector = g_object_ref (fixture->inspector);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (50);
  g_assert_finalize_object (inspector);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->session);
  g_object_unref (fixture->topology);
  g_free (fixture->before);
}

static LabNode *
node (Fixture *fixture, const char *name)
{
  return lab_topology_find_node (fixture->topology, name);
}

/* The first widget below @root that is shown and for which @wanted answers TRUE. */
static GtkWidget *
find (GtkWidget *root,
      gboolean (*wanted) (GtkWidget *widget, gconstpointer data),
      gconstpointer data)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;

      if (!gtk_widget_get_visible (child) || !gtk_widget_get_child_visible (child))
        continue;
      found = wanted (child, data) ? child : find (child, wanted, data);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
has_title (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
has_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

/* While pages slide, both are there, and may have rows of one name. */
static gboolean
rests (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *stack = find (fixture->inspector, has_type, GSIZE_TO_POINTER (GTK_TYPE_STACK));

  return stack == NULL || !gtk_stack_get_transition_running (GTK_STACK (stack));
}

static void
select_items (Fixture *fixture, gpointer first, gpointer second)
{
  gpointer items[] = { first, second };

  lab_selection_set (fixture->selection, items, second != NULL ? 2 : 1);
  ui_settle (50);
  g_assert_true (ui_wait (rests, fixture, 5000));
}

typedef struct
{
  Fixture *fixture;
  const char *title;
  GtkWidget *found;
} Row;

static gboolean
is_found (gpointer data)
{
  Row *wanted = data;

  wanted->found = find (wanted->fixture->inspector, has_title, wanted->title);

  return wanted->found != NULL;
}

/* A page of another kind slides in first. */
static GtkWidget *
row (Fixture *fixture, const char *title)
{
  Row wanted = { fixture, title, NULL };
  GtkWidget *found;

  ui_wait (is_found, &wanted, 2000);
  found = wanted.found;
  if (found == NULL)
    g_error ("there is no row “%s”", title);

  return found;
}

static GtkWidget *
inside (GtkWidget *widget, GType type)
{
  GtkWidget *found = find (widget, has_type, GSIZE_TO_POINTER (type));

  g_assert_nonnull (found);

  return found;
}

/* What the user's hand does to a spin button: several steps, one change. */
static void
turn (Fixture *fixture, const char *title, double value)
{
  GtkWidget *button = inside (row (fixture, title), GTK_TYPE_SPIN_BUTTON);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button), value - 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button), value);
}

static gboolean
is_changed (gpointer data)
{
  Fixture *fixture = data;

  return lab_history_can_undo (fixture->history);
}

static void
spin (Fixture *fixture, const char *title, double value)
{
  turn (fixture, title, value);
  g_assert_true (ui_wait (is_changed, fixture, 5000));
}

static gboolean
is_asked (gpointer data)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ()) == 2;
}

static gboolean
is_answered (gpointer data)
{
  return !is_asked (data);
}

/* One step was made; undone, all is as it was. */
static void
assert_one_step (Fixture *fixture)
{
  g_autofree char *after = NULL;

  g_assert_true (lab_history_can_undo (fixture->history));
  g_assert_true (lab_history_undo (fixture->history));
  g_assert_false (lab_history_can_undo (fixture->history));
  after = lab_file_to_string (fixture->topology, NULL);
  g_assert_cmpstr (after, ==, fixture->before);
  ui_settle (50);
}

static void
test_settings (Fixture *fixture, gconstpointer unused)
{
  select_items (fixture, node (fixture, "R1"), NULL);
  ui_shot ("inspector-node");
  spin (fixture, "Memory (MB)", 512);
  g_assert_cmpuint (lab_node_get_ram (node (fixture, "R1")), ==, 512);
  assert_one_step (fixture);
  g_assert_cmpfloat (lab_spin_row_get_value (LAB_SPIN_ROW (row (fixture, "Memory (MB)"))), ==, 256);

  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (inside (row (fixture, "Layer 1 Keepalives"), GTK_TYPE_CHECK_BUTTON)),
      FALSE);
  g_assert_false (lab_node_get_keepalives (node (fixture, "R1")));
  assert_one_step (fixture);
}

/* The image is not here, and so its templates are not. */
static void
test_template (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *template;

  select_items (fixture, node (fixture, "R2"), NULL);
  template = row (fixture, "Template");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (template)), ==, 1);
  ui_settle (200);
  ui_shot ("inspector-template");
  adw_combo_row_set_selected (ADW_COMBO_ROW (template), 0);
  ui_settle (50);
  g_assert_null (lab_node_get_template (node (fixture, "R2")));
  assert_one_step (fixture);
  g_assert_cmpstr (lab_node_get_template (node (fixture, "R2")), ==, "Border");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (template)), ==, 1);

  /* Another image has other templates. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (fixture, "Image")), 0);
  ui_settle (50);
  g_assert_cmpstr (lab_node_get_image_name (node (fixture, "R2")), ==, "labwright-pc");
  g_assert_null (lab_node_get_template (node (fixture, "R2")));
  g_assert_false (gtk_widget_get_visible (template));
  assert_one_step (fixture);
  g_assert_true (gtk_widget_get_visible (template));
  select_items (fixture, node (fixture, "R1"), NULL);
  g_assert_false (gtk_widget_get_visible (template));
}

/* Nothing is lost by an adapter more, so nobody is asked. */
static void
test_adapters (Fixture *fixture, gconstpointer unused)
{
  select_items (fixture, node (fixture, "R1"), NULL);
  spin (fixture, "Ethernet Adapters", 3);
  g_assert_cmpuint (lab_node_get_ethernet_adapters (node (fixture, "R1")), ==, 3);
  assert_one_step (fixture);
}

/* The link's port goes: the dialog lists it, and cancelling changes nothing. */
static void
test_lost_links (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *after = NULL;

  select_items (fixture, node (fixture, "R1"), NULL);
  turn (fixture, "Ethernet Adapters", 0);
  g_assert_true (ui_wait (is_asked, NULL, 5000));
  ui_settle (300);
  ui_shot ("inspector-lost-links");
  g_assert_cmpuint (lab_node_get_ethernet_adapters (node (fixture, "R1")), ==, 2);
  ui_key ("Escape");
  g_assert_true (ui_wait (is_answered, NULL, 5000));
  ui_settle (50);
  after = lab_file_to_string (fixture->topology, NULL);
  g_assert_cmpstr (after, ==, fixture->before);
  g_assert_cmpfloat (lab_spin_row_get_value (LAB_SPIN_ROW (row (fixture, "Ethernet Adapters"))), ==,
                     2);
}

/* A name that is taken stays to be mended, with the reason below it. */
static void
test_name (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *name;
  GtkWidget *error;

  select_items (fixture, node (fixture, "R1"), NULL);
  name = row (fixture, "Name");
  gtk_editable_set_text (GTK_EDITABLE (name), "R2");
  g_signal_emit_by_name (name, "apply");
  g_assert_false (lab_history_can_undo (fixture->history));
  g_assert_true (gtk_widget_has_css_class (name, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "R2");
  error = gtk_widget_get_next_sibling (
      gtk_widget_get_parent (gtk_widget_get_ancestor (name, GTK_TYPE_LIST_BOX)));
  g_assert_true (gtk_widget_get_visible (error));

  gtk_editable_set_text (GTK_EDITABLE (name), "Core");
  g_assert_false (gtk_widget_get_visible (error));
  g_signal_emit_by_name (name, "apply");
  g_assert_nonnull (node (fixture, "Core"));
  assert_one_step (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "R1");
}

/* Typing is one step after a pause; the echo does not move the cursor, and undo takes it back. */
static void
test_config (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *view;
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  select_items (fixture, node (fixture, "R1"), NULL);
  view = inside (inside (fixture->inspector, LAB_TYPE_CONFIG_EDITOR), GTK_SOURCE_TYPE_VIEW);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_end_iter (buffer, &iter);
  gtk_text_buffer_insert (buffer, &iter, "\nip cef", -1);
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 4);
  gtk_text_buffer_place_cursor (buffer, &iter);
  g_assert_false (lab_history_can_undo (fixture->history));
  lab_inspector_commit (LAB_INSPECTOR (fixture->inspector));
  g_assert_cmpstr (lab_node_get_start_config (node (fixture, "R1")), ==, "hostname R1\nip cef\n");
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_offset (&iter), ==, 4);
  assert_one_step (fixture);
  g_assert_cmpint (gtk_text_buffer_get_line_count (buffer), ==, 1);
}

/* Ctrl+Z in the text is about the text, and never brings that of another device. */
static void
test_config_undo (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *view;
  GtkTextBuffer *buffer;

  select_items (fixture, node (fixture, "R1"), NULL);
  view = inside (inside (fixture->inspector, LAB_TYPE_CONFIG_EDITOR), GTK_SOURCE_TYPE_VIEW);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_assert_false (gtk_text_buffer_get_can_undo (buffer));
  gtk_widget_grab_focus (view);
  ui_settle (200);
  ui_type ("xyz");
  ui_settle (200);
  g_assert_true (gtk_text_buffer_get_can_undo (buffer));
  ui_key ("ctrl+z");
  ui_settle (200);
  lab_inspector_commit (LAB_INSPECTOR (fixture->inspector));
  g_assert_cmpstr (lab_node_get_start_config (node (fixture, "R1")), ==, "hostname R1\n");
  select_items (fixture, node (fixture, "R2"), NULL);
  g_assert_false (gtk_text_buffer_get_can_undo (buffer));
}

/* What is typed is not lost when something else is selected. */
static void
test_config_left (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *view;

  select_items (fixture, node (fixture, "R1"), NULL);
  view = inside (inside (fixture->inspector, LAB_TYPE_CONFIG_EDITOR), GTK_SOURCE_TYPE_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "no ip routing", -1);
  select_items (fixture, node (fixture, "R2"), NULL);
  g_assert_true (ui_wait (is_changed, fixture, 5000));
  g_assert_cmpstr (lab_node_get_start_config (node (fixture, "R1")), ==, "no ip routing\n");
  g_assert_null (lab_node_get_start_config (node (fixture, "R2")));
  assert_one_step (fixture);
}

static const char *
shown (GtkWidget *combo)
{
  gpointer item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (combo));

  return item != NULL ? gtk_string_object_get_string (item) : NULL;
}

/* What they differ in is shown as neither's, and can be made the same. */
static void
test_several_images (Fixture *fixture, gconstpointer unused)
{
  select_items (fixture, node (fixture, "R1"), node (fixture, "R2"));
  g_assert_cmpstr (shown (row (fixture, "Image")), ==, "l3");
  g_assert_cmpstr (shown (row (fixture, "Template")), ==, "—");
  select_items (fixture, node (fixture, "R1"), NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (fixture, "Image")), 0);
  ui_settle (50);
  g_assert_cmpstr (lab_node_get_image_name (node (fixture, "R1")), ==, "labwright-pc");

  select_items (fixture, node (fixture, "R1"), node (fixture, "R2"));
  g_assert_cmpstr (shown (row (fixture, "Image")), ==, "—");
  ui_settle (200);
  ui_shot ("inspector-several-images");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (fixture, "Image")), 0);
  ui_settle (50);
  g_assert_cmpstr (lab_node_get_image_name (node (fixture, "R2")), ==, "labwright-pc");
  g_assert_cmpstr (shown (row (fixture, "Image")), ==, "labwright-pc");
}

static void
test_several (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *memory;

  select_items (fixture, node (fixture, "R1"), node (fixture, "R2"));
  memory = inside (row (fixture, "Memory (MB)"), GTK_TYPE_SPIN_BUTTON);
  ui_shot ("inspector-several");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (memory)), ==, "—");
  spin (fixture, "Memory (MB)", 1024);
  g_assert_cmpuint (lab_node_get_ram (node (fixture, "R1")), ==, 1024);
  g_assert_cmpuint (lab_node_get_ram (node (fixture, "R2")), ==, 1024);
  assert_one_step (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (memory)), ==, "—");
}

static void
test_switch (Fixture *fixture, gconstpointer unused)
{
  LabSwitchPort port;
  GtkWidget *entry;
  GtkWidget *mode;

  select_items (fixture, node (fixture, "SW1"), NULL);
  ui_shot ("inspector-switch");
  entry = inside (inside (fixture->inspector, GTK_TYPE_GRID), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "5000");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_false (lab_history_can_undo (fixture->history));
  gtk_editable_set_text (GTK_EDITABLE (entry), "20");
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (lab_node_get_switch_port (node (fixture, "SW1"), 0, &port));
  g_assert_cmpuint (port.vlan, ==, 20);
  assert_one_step (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "1");

  mode = inside (inside (fixture->inspector, GTK_TYPE_GRID), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (mode), LAB_SWITCH_QINQ);
  g_assert_true (lab_node_get_switch_port (node (fixture, "SW1"), 0, &port));
  g_assert_cmpint (port.mode, ==, LAB_SWITCH_QINQ);
  g_assert_cmpuint (port.vlan, ==, 1);
  assert_one_step (fixture);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (mode)), ==, LAB_SWITCH_ACCESS);
}

static void
assert_impaired (LabLink *link, guint end, const char *words)
{
  g_autofree char *now = lab_link_dup_impairment (link, end);

  g_assert_cmpstr (now, ==, words);
}

/* A point of @widget on the screen. */
static void
screen_point (GtkWidget *widget, double x, double y, int *screen_x, int *screen_y)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  int rectangle[4];
  double window_x;
  double window_y;

  g_assert_true (ui_find_window (gtk_window_get_title (GTK_WINDOW (root)), rectangle));
  g_assert_true (
      gtk_widget_translate_coordinates (widget, GTK_WIDGET (root), x, y, &window_x, &window_y));
  *screen_x = rectangle[0] + (int) window_x;
  *screen_y = rectangle[1] + (int) window_y;
}

static void
test_impairments (Fixture *fixture, gconstpointer unused)
{
  LabLink *link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  GtkWidget *alike;
  GtkWidget *preset;
  GtkRange *delay;
  LabHistory *history = fixture->history;

  select_items (fixture, link, NULL);
  preset = row (fixture, "Kind of Line");
  delay = GTK_RANGE (inside (row (fixture, "Delay (ms)"), GTK_TYPE_SCALE));
  alike = inside (row (fixture, "Both Directions Alike"), GTK_TYPE_SWITCH);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (alike)));

  /* Each motion counts at once, all of them are one step. */
  for (double place = 1; place <= 200; place++)
    gtk_range_set_value (delay, place);
  assert_impaired (link, 0, "delay=2000ms");
  assert_impaired (link, 1, "delay=2000ms");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (preset)), ==, 6);
  assert_one_step (fixture);
  g_assert_cmpfloat (gtk_range_get_value (delay), ==, 0);

  /* A kind of line with different directions shows both of them. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (preset), 1);
  assert_impaired (link, 0, "delay=270ms jitter=5ms loss=0.5% rate=2Mbit");
  assert_impaired (link, 1, "delay=270ms jitter=5ms loss=0.5% rate=20Mbit");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (alike)));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (fixture, "Direction")), 1);
  gtk_widget_grab_focus (inside (row (fixture, "Rate (kbit/s)"), GTK_TYPE_SCALE));
  ui_settle (500);
  ui_shot ("inspector-impairments");
  spin (fixture, "Rate (kbit/s)", 8000);
  assert_impaired (link, 0, "delay=270ms jitter=5ms loss=0.5% rate=2Mbit");
  assert_impaired (link, 1, "delay=270ms jitter=5ms loss=0.5% rate=8Mbit");
  gtk_switch_set_active (GTK_SWITCH (alike), TRUE);
  assert_impaired (link, 0, "delay=270ms jitter=5ms loss=0.5% rate=8Mbit");
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (alike)));
  while (lab_history_can_undo (history))
    lab_history_undo (history);
  assert_impaired (link, 0, NULL);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (preset)), ==, 0);
}

/* By hand: one drag is one step, the next another. */
static void
test_slider (Fixture *fixture, gconstpointer unused)
{
  LabLink *link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  GtkWidget *scale;
  g_autofree char *first = NULL;
  int x;
  int y;
  int width;

  select_items (fixture, link, NULL);
  scale = inside (row (fixture, "Delay (ms)"), GTK_TYPE_SCALE);
  ui_settle (400);
  width = gtk_widget_get_width (scale);
  screen_point (scale, 0, gtk_widget_get_height (scale) / 2.0, &x, &y);
  ui_drag (x + 14, y, x + width / 3, y, 1);
  ui_settle (100);
  first = lab_link_dup_impairment (link, 0);
  g_assert_nonnull (first);
  ui_drag (x + width / 3, y, x + width / 2, y, 1);
  ui_settle (100);
  g_assert_true (lab_history_undo (fixture->history));
  assert_impaired (link, 0, first);
  assert_one_step (fixture);
}

/* What is folded: filters, bursts, the seed. */
static void
test_more_impairments (Fixture *fixture, gconstpointer unused)
{
  LabLink *link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  GtkWidget *more;

  select_items (fixture, link, NULL);
  more = row (fixture, "More");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (more), TRUE);
  ui_settle (400);
  spin (fixture, "A Burst Begins (%)", 2);
  assert_impaired (link, 0, "burst=2/25/100/0");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (fixture, "Filter")), 1);
  gtk_editable_set_text (GTK_EDITABLE (row (fixture, "Frames, as icmp or port 53")), "icmp");
  g_signal_emit_by_name (row (fixture, "Frames, as icmp or port 53"), "apply");
  assert_impaired (link, 1, "burst=2/25/100/0 only=icmp");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (fixture, "Filter")), 2);
  assert_impaired (link, 1, "burst=2/25/100/0 drop=icmp");
  gtk_editable_set_text (GTK_EDITABLE (row (fixture, "Seed, Empty for Chance")), "x");
  g_signal_emit_by_name (row (fixture, "Seed, Empty for Chance"), "apply");
  assert_impaired (link, 1, "burst=2/25/100/0 drop=icmp");
  gtk_editable_set_text (GTK_EDITABLE (row (fixture, "Seed, Empty for Chance")), "7");
  g_signal_emit_by_name (row (fixture, "Seed, Empty for Chance"), "apply");
  assert_impaired (link, 1, "seed=7 burst=2/25/100/0 drop=icmp");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (fixture, "Filter")), 0);
  assert_impaired (link, 0, "seed=7 burst=2/25/100/0");
  gtk_widget_grab_focus (inside (row (fixture, "Bit Errors (%)"), GTK_TYPE_SCALE));
  ui_settle (500);
  ui_shot ("inspector-impairments-more");
  while (lab_history_can_undo (fixture->history))
    lab_history_undo (fixture->history);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (more), FALSE);
}

static void
test_link (Fixture *fixture, gconstpointer unused)
{
  LabLink *link = lab_topology_find_link (fixture->topology, "R1", "e0/0");
  GtkWidget *plugged;

  select_items (fixture, link, NULL);
  ui_shot ("inspector-link");
  plugged = inside (row (fixture, "Plugged In"), GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (plugged), FALSE);
  g_assert_false (lab_link_get_plugged (link));
  assert_one_step (fixture);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (plugged)));
  spin (fixture, "Width", 4);
  g_assert_cmpfloat (lab_link_get_width (link), ==, 4);
  assert_one_step (fixture);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row (fixture, "Line")), 1);
  g_assert_cmpstr (lab_link_get_dash (link), ==, "dash");
  assert_one_step (fixture);

  /* An end leads to its device. */
  g_signal_emit_by_name (row (fixture, "SW1 e0"), "activated");
  g_assert_true (lab_selection_get_single (fixture->selection) == node (fixture, "SW1"));
}

static void
test_drawing (Fixture *fixture, gconstpointer unused)
{
  GListModel *drawings = lab_topology_get_drawings (fixture->topology);
  g_autoptr (LabDrawing) drawing = g_list_model_get_item (drawings, 0);

  select_items (fixture, drawing, NULL);
  ui_shot ("inspector-drawing");
  spin (fixture, "Line Width", 3);
  g_assert_cmpfloat (lab_drawing_get_stroke_width (drawing), ==, 3);
  assert_one_step (fixture);
  gtk_switch_set_active (GTK_SWITCH (inside (row (fixture, "Locked"), GTK_TYPE_SWITCH)), TRUE);
  g_assert_true (lab_drawing_get_locked (drawing));
  assert_one_step (fixture);
}

static void
test_lab (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *name = row (fixture, "Name of the Lab");

  ui_shot ("inspector-lab");
  gtk_editable_set_text (GTK_EDITABLE (name), "Other");
  g_signal_emit_by_name (name, "apply");
  g_assert_cmpstr (lab_topology_get_name (fixture->topology), ==, "Other");
  assert_one_step (fixture);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Inspector");
  gtk_switch_set_active (GTK_SWITCH (inside (row (fixture, "Grid"), GTK_TYPE_SWITCH)), FALSE);
  g_assert_false (lab_topology_get_show_grid (fixture->topology));
  assert_one_step (fixture);
}

/* What is shown may be deleted: the lab is shown then. */
static void
test_deleted (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  select_items (fixture, node (fixture, "R1"), NULL);
  g_ptr_array_add (items, node (fixture, "R1"));
  lab_session_delete (fixture->session, items);
  ui_settle (50);
  g_assert_nonnull (row (fixture, "Name of the Lab"));
  assert_one_step (fixture);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/inspector/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("settings", test_settings);
  ADD ("template", test_template);
  ADD ("adapters", test_adapters);
  ADD ("lost-links", test_lost_links);
  ADD ("name", test_name);
  ADD ("config", test_config);
  ADD ("config-undo", test_config_undo);
  ADD ("config-left", test_config_left);
  ADD ("several", test_several);
  ADD ("several-images", test_several_images);
  ADD ("switch", test_switch);
  ADD ("impairments", test_impairments);
  ADD ("slider", test_slider);
  ADD ("more-impairments", test_more_impairments);
  ADD ("link", test_link);
  ADD ("drawing", test_drawing);
  ADD ("lab", test_lab);
  ADD ("deleted", test_deleted);

  return g_test_run ();
}
