/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector's list of saved configurations: it follows the files, shows and compares texts,
 * takes one as the start configuration (one step that undo takes back), and restores one through a
 * real engine that ends again. */

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "lab-file.h"
#include "lab-inspector.h"
#include "lab-saved-group.h"
#include "lab-saved-nvram.h"
#include "lab-saved-window.h"
#include "ui-harness.h"

#define UUID "01234567-89ab-cdef-0123-456789abcdef"

static const char lab[] =
    "{ \"format\": \"labwright\", \"version\": 1, \"uuid\": \"" UUID "\", \"name\": \"Saved\","
    "  \"nodes\": ["
    "    { \"name\": \"PC1\", \"id\": 1, \"kind\": \"iou\", \"x\": 0, \"y\": 0,"
    "      \"image\": { \"name\": \"labwright-pc\" }, \"ethernet\": 1,"
    "      \"start\": [\"set pcname %h\", \"ip 10.0.0.1/24\"] },"
    "    { \"name\": \"SW1\", \"id\": 2, \"kind\": \"switch\", \"x\": 200, \"y\": 0, \"ports\": ["
    "      { \"mode\": \"access\", \"vlan\": 1 } ] } ],"
    "  \"links\": [], \"drawings\": [] }";

typedef struct
{
  LabTopology *topology;
  LabSession *session;
  LabSelection *selection;
  GtkWidget *window;
  GtkWidget *inspector;
  GtkWidget *group;
  char *work;
} Fixture;

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
select_node (Fixture *fixture, const char *name)
{
  gpointer items[] = { lab_topology_find_node (fixture->topology, name) };

  lab_selection_set (fixture->selection, items, 1);
  ui_settle (200);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->topology = lab_file_parse (lab, sizeof lab - 1, "test", &error);
  g_assert_no_error (error);
  fixture->session = lab_session_new (fixture->topology, NULL);
  fixture->selection = lab_selection_new (fixture->topology);
  fixture->inspector = lab_inspector_new (fixture->session, fixture->selection);
  fixture->work = g_strdup_printf ("%s/%s/1", g_getenv ("LABWRIGHT_STATE_DIR"), UUID);
  {
    g_autofree char *history = g_build_filename (fixture->work, LAB_SAVED_FOLDER, NULL);

    g_assert_cmpint (g_mkdir_with_parents (history, 0700), ==, 0);
  }
  fixture->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (fixture->window), "saved");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 950);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->inspector);
  gtk_window_present (GTK_WINDOW (fixture->window));
  select_node (fixture, "PC1");
  fixture->group = find (fixture->inspector, LAB_TYPE_SAVED_GROUP);
  g_assert_nonnull (fixture->group);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  char *argv[] = { (char *) "rm", (char *) "-rf", fixture->work, NULL };

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (50);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->session);
  g_object_unref (fixture->topology);
  g_assert_true (
      g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_free (fixture->work);
}

static void
add (Fixture *fixture, const char *text, gint64 time)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  lab_saved_add (fixture->work, bytes, time, &error);
  g_assert_no_error (error);
}

static guint
count_rows (GtkWidget *root)
{
  guint n = ADW_IS_ACTION_ROW (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

static gboolean
has_three_rows (gpointer group)
{
  return count_rows (group) == 3;
}

static void
add_three (Fixture *fixture)
{
  gint64 time = (gint64) 1764180000 * G_USEC_PER_SEC;

  add (fixture, "set pcname PC1\nip 10.0.0.1/24\n", time);
  add (fixture, "set pcname PC1\nip 10.0.0.2/24\nset echo on\n", time + G_USEC_PER_SEC);
  add (fixture, "set pcname PC1\nip 10.0.0.3/24\n", time + 90 * G_USEC_PER_SEC);
  g_assert_true (ui_wait (has_three_rows, fixture->group, 10000));
}

static gboolean
window_is_open (gpointer open)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (LAB_IS_SAVED_WINDOW (window))
        {
          if (open != NULL)
            *(GtkWidget **) open = window;
          return TRUE;
        }
    }
  return FALSE;
}

static GtkWidget *
wait_window (void)
{
  GtkWidget *window = NULL;

  g_assert_true (ui_wait (window_is_open, &window, 5000));
  ui_settle (300);
  return window;
}

static void
activate (Fixture *fixture, const char *action, guint number)
{
  g_assert_true (gtk_widget_activate_action (fixture->group, action, "u", number));
}

/* All text below @root, in order. */
static void
collect_text (GtkWidget *root, GString *all)
{
  if (GTK_IS_TEXT_VIEW (root))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (root));
      g_autofree char *text = NULL;

      g_object_get (buffer, "text", &text, NULL);
      g_string_append_printf (all, "[%s]", text);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_text (child, all);
}

static void
assert_window (GtkWidget *window, const char *wanted)
{
  g_autoptr (GString) all = g_string_new (NULL);

  collect_text (window, all);
  g_assert_cmpstr (all->str, ==, wanted);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

static void
test_list (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpuint (count_rows (fixture->group), ==, 0);
  add_three (fixture);
  gtk_widget_child_focus (fixture->group, GTK_DIR_TAB_FORWARD); /* scrolls there */
  ui_settle (500);
  ui_shot ("saved-list");
  select_node (fixture, "SW1");
  g_assert_false (gtk_widget_get_mapped (fixture->group));
  select_node (fixture, "PC1");
  g_assert_true (ui_wait (has_three_rows, fixture->group, 5000));
}

static void
test_view (Fixture *fixture, gconstpointer unused)
{
  add_three (fixture);
  activate (fixture, "saved.view", 2);
  assert_window (wait_window (), "[set pcname PC1\nip 10.0.0.2/24\nset echo on\n]");
}

static void
test_compare (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *window;

  add_three (fixture);
  activate (fixture, "saved.compare-previous", 3);
  window = wait_window ();
  ui_shot ("saved-compare");
  assert_window (window, "[Saved configuration 2\n\n  set pcname PC1\n− ip 10.0.0.2/24\n"
                         "− set echo on\n]"
                         "[Saved configuration 3\n\n  set pcname PC1\n+ ip 10.0.0.3/24\n\n]");
  activate (fixture, "saved.compare-start", 1);
  assert_window (wait_window (), "[Start configuration\n\n  set pcname PC1\n  ip 10.0.0.1/24\n]"
                                 "[Saved configuration 1\n\n  set pcname PC1\n  ip 10.0.0.1/24\n]");
}

static gboolean
is_taken (gpointer node)
{
  return g_strcmp0 (lab_node_get_start_config (node), "set pcname %h\nip 10.0.0.3/24\n") == 0;
}

static void
test_take (Fixture *fixture, gconstpointer unused)
{
  LabNode *node = lab_topology_find_node (fixture->topology, "PC1");
  g_autofree char *before = g_strdup (lab_node_get_start_config (node));

  add_three (fixture);
  activate (fixture, "saved.take", 3);
  g_assert_true (ui_wait (is_taken, node, 5000));
  g_assert_true (lab_history_undo (lab_session_get_history (fixture->session)));
  g_assert_cmpstr (lab_node_get_start_config (node), ==, before);
}

static gboolean
nvram_holds_two (gpointer work)
{
  g_autoptr (GBytes) text = lab_saved_read_nvram (work, 1, NULL, NULL, NULL);
  gsize length = 0;
  const char *data = text != NULL ? g_bytes_get_data (text, &length) : NULL;

  return length > 0 && g_strstr_len (data, (gssize) length, "10.0.0.2/24") != NULL;
}

static gboolean
has_ended (gpointer unused)
{
  g_autofree char *path = g_build_filename (g_getenv ("LABWRIGHT_RUNTIME_DIR"), UUID, NULL);

  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_restore (Fixture *fixture, gconstpointer unused)
{
  add_three (fixture);
  activate (fixture, "saved.restore", 2);
  ui_settle (600);
  g_assert_false (nvram_holds_two (fixture->work));
  ui_shot ("saved-restore");
  ui_key ("Return");
  g_assert_true (ui_wait (nvram_holds_two, fixture->work, 15000));
  g_assert_true (ui_wait (has_ended, NULL, 15000));
  ui_settle (500);
  ui_shot ("saved-restored");
}

static gboolean
is_ready (gpointer node)
{
  return lab_node_get_run_state (node) == LAB_RUN_READY;
}

static gboolean
has_one_row (gpointer group)
{
  return count_rows (group) == 1;
}

static void
down_cb (GObject *object, GAsyncResult *result, gpointer done)
{
  g_assert_true (lab_session_shutdown_finish (LAB_SESSION (object), result, NULL));
  *(gboolean *) done = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

/* A device that never ran has no folder that could be watched. */
static void
test_first_run (Fixture *fixture, gconstpointer unused)
{
  const char *const names[] = { "PC1", NULL };
  g_autofree char *history = g_build_filename (fixture->work, LAB_SAVED_FOLDER, NULL);
  LabNode *node = lab_topology_find_node (fixture->topology, "PC1");
  g_autoptr (GBytes) text = g_bytes_new_static ("set pcname PC1\n", 15);
  g_autoptr (GError) error = NULL;
  gboolean down = FALSE;

  select_node (fixture, "SW1");
  g_assert_cmpint (g_rmdir (history), ==, 0);
  select_node (fixture, "PC1");
  lab_session_control (fixture->session, LAB_CLIENT_START, names);
  g_assert_true (ui_wait (is_ready, node, 20000));
  ui_settle (500);
  g_assert_cmpuint (count_rows (fixture->group), ==, 0);
  lab_saved_write_nvram (fixture->work, 1, 0, text, &error);
  g_assert_no_error (error);
  g_assert_true (ui_wait (has_one_row, fixture->group, 10000));
  lab_session_shutdown_async (fixture->session, down_cb, &down);
  g_assert_true (ui_wait (is_true, &down, 20000));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ui_init_gtk ();
  ADD ("/ui/saved/list", test_list);
  ADD ("/ui/saved/view", test_view);
  ADD ("/ui/saved/compare", test_compare);
  ADD ("/ui/saved/take", test_take);
  ADD ("/ui/saved/restore", test_restore);
  ADD ("/ui/saved/first-run", test_first_run);
  return g_test_run ();
}
