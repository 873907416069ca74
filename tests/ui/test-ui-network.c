/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The inspector of a lab that runs, with the real engine and relay: a switch's addresses come by
 * themselves and go by Clear, and a slider changes the line at once. */

#include "config.h"

#include <adwaita.h>

#include "lab-client-relay.h"
#include "lab-file.h"
#include "lab-impair-row.h"
#include "lab-inspector.h"
#include "lab-mac-table.h"
#include "lab-runtime.h"
#include "ui-harness.h"

#define PATIENCE 30000

static const char lab[] =
    "{ \"format\": \"labwright\", \"version\": 1,"
    "  \"uuid\": \"01234567-89ab-cdef-0123-456789abcd01\", \"name\": \"Network\","
    "  \"nodes\": ["
    "    { \"name\": \"PC1\", \"id\": 1, \"kind\": \"iou\", \"x\": 0, \"y\": 0,"
    "      \"image\": { \"name\": \"labwright-pc\" }, \"ethernet\": 1,"
    "      \"start\": [\"set pcname %h\", \"ip 10.0.0.1/24 10.0.0.2\"] },"
    "    { \"name\": \"PC2\", \"id\": 2, \"kind\": \"iou\", \"x\": 400, \"y\": 0,"
    "      \"image\": { \"name\": \"labwright-pc\" }, \"ethernet\": 1,"
    "      \"start\": [\"set pcname %h\", \"ip 10.0.0.2/24 10.0.0.1\"] },"
    "    { \"name\": \"SW1\", \"id\": 3, \"kind\": \"switch\", \"x\": 200, \"y\": 0, \"ports\": ["
    "      {}, {} ] } ],"
    "  \"links\": ["
    "    { \"a\": { \"node\": \"PC1\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"SW1\", \"port\": "
    "\"e0\" } },"
    "    { \"a\": { \"node\": \"PC2\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"SW1\", \"port\": "
    "\"e1\" } } ] }";

typedef struct
{
  LabTopology *topology;
  LabSession *session;
  LabSelection *selection;
  GtkWidget *window;
  GtkWidget *inspector;
  const char *wanted; /* of the relay's answer */
  gboolean seen;
  gboolean asking;
  gboolean down;
} Fixture;

static gboolean
runs (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 1; i <= 2; i++)
    if (lab_node_get_run_state (lab_topology_find_node_by_id (fixture->topology, i)) !=
        LAB_RUN_READY)
      return FALSE;
  return TRUE;
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
  fixture->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (fixture->window), "inspector");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 340, 900);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->inspector);
  gtk_window_present (GTK_WINDOW (fixture->window));
  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  g_assert_true (ui_wait (runs, fixture, PATIENCE));
}

static void
down_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lab_session_shutdown_finish (LAB_SESSION (source), result, &error));
  g_assert_no_error (error);
  ((Fixture *) data)->down = TRUE;
}

static gboolean
is_down (gpointer data)
{
  return ((Fixture *) data)->down;
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  lab_session_shutdown_async (fixture->session, down_cb, fixture);
  g_assert_true (ui_wait (is_down, fixture, PATIENCE));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (50);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->session);
  g_object_unref (fixture->topology);
}

static GtkWidget *
find (GtkWidget *root, gboolean (*is) (GtkWidget *widget, gconstpointer data), gconstpointer data)
{
  if (is (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, is, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

static gboolean
is_number (GtkWidget *widget, gconstpointer key)
{
  return LAB_IS_IMPAIR_ROW (widget) &&
         g_str_equal (lab_impair_row_get_key (LAB_IMPAIR_ROW (widget)), key);
}

static GtkWidget *
inside (GtkWidget *root, GType type)
{
  return find (root, has_type, GSIZE_TO_POINTER (type));
}

static void
select_item (Fixture *fixture, gpointer item)
{
  lab_selection_set (fixture->selection, &item, 1);
  ui_settle (300);
}

static guint
count_addresses (Fixture *fixture)
{
  GtkWidget *table = inside (fixture->inspector, LAB_TYPE_MAC_TABLE);
  GtkWidget *view = inside (table, GTK_TYPE_COLUMN_VIEW);

  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))));
}

static gboolean
has_addresses (gpointer data)
{
  return count_addresses (data) == 2;
}

static gboolean
has_none (gpointer data)
{
  return count_addresses (data) == 0;
}

static void
test_addresses (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *table = inside (fixture->inspector, LAB_TYPE_MAC_TABLE);
  GtkWidget *clear = inside (table, GTK_TYPE_BUTTON);

  select_item (fixture, lab_topology_find_node (fixture->topology, "PC1"));
  g_assert_false (gtk_widget_get_visible (table));
  select_item (fixture, lab_topology_find_node (fixture->topology, "SW1"));
  g_assert_true (ui_wait (has_addresses, fixture, PATIENCE));
  g_assert_true (gtk_widget_get_visible (table));
  ui_settle (300);
  ui_shot ("inspector-addresses");
  g_assert_true (gtk_widget_get_sensitive (clear));
  g_signal_emit_by_name (clear, "clicked");
  g_assert_true (ui_wait (has_none, fixture, PATIENCE));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = lab_client_relay_finish (LAB_CLIENT (source), result, &error);

  g_assert_no_error (error);
  fixture->asking = FALSE;
  fixture->seen = fixture->wanted == NULL
                      ? lines[0] == NULL
                      : lines[0] != NULL && strstr (lines[0], fixture->wanted) != NULL;
}

static gboolean
relay_says (gpointer data)
{
  Fixture *fixture = data;

  if (!fixture->seen && !fixture->asking)
    {
      fixture->asking = TRUE;
      lab_client_relay_async (lab_session_get_client (fixture->session), "list impairments", NULL,
                              asked_cb, fixture);
    }
  return fixture->seen;
}

static void
wait_relay (Fixture *fixture, const char *wanted)
{
  fixture->wanted = wanted;
  fixture->seen = FALSE;
  g_assert_true (ui_wait (relay_says, fixture, PATIENCE));
  while (fixture->asking)
    ui_settle (10);
}

/* The slider is still held when the relay has what it says. */
static void
test_slider (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *row;
  GtkRange *scale;

  select_item (fixture, lab_topology_find_link (fixture->topology, "PC1", "e0/0"));
  row = find (fixture->inspector, is_number, "delay");
  scale = GTK_RANGE (inside (row, GTK_TYPE_SCALE));
  for (double place = 1; place < 200; place++)
    gtk_range_set_value (scale, place);
  gtk_range_set_value (scale, 200);
  wait_relay (fixture, "delay=2000ms");
  g_assert_true (lab_history_undo (lab_session_get_history (fixture->session)));
  g_assert_false (lab_history_can_undo (lab_session_get_history (fixture->session)));
  wait_relay (fixture, NULL);
}

static void
refused_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = lab_client_relay_finish (LAB_CLIENT (source), result, &error);

  g_assert_null (lines);
  g_assert_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "n9"));
  fixture->seen = TRUE;
}

static gboolean
is_seen (gpointer data)
{
  return ((Fixture *) data)->seen;
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  lab_client_relay_async (lab_session_get_client (fixture->session), "switch macs n9", NULL,
                          refused_cb, fixture);
  g_assert_true (ui_wait (is_seen, fixture, PATIENCE));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ui/network/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();
  ADD ("addresses", test_addresses);
  ADD ("slider", test_slider);
  ADD ("refused", test_refused);

  return g_test_run ();
}
