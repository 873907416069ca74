/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures, the flight recorder and the timeline in the inspector of a lab that runs, with the real
 * engine and relay. */

#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lab-capture-dialog.h"
#include "lab-capture.h"
#include "lab-client-record.h"
#include "lab-file.h"
#include "lab-inspector.h"
#include "lab-runtime.h"
#include "lab-timeline-dialog.h"
#include "lab-timeline.h"
#include "ui-harness.h"

#define PATIENCE 30000

static const char lab[] =
    "{ \"format\": \"labwright\", \"version\": 1,"
    "  \"uuid\": \"01234567-89ab-cdef-0123-456789abcd02\", \"name\": \"Record\","
    "  \"nodes\": ["
    "    { \"name\": \"PC1\", \"id\": 1, \"kind\": \"iou\", \"x\": 0, \"y\": 0,"
    "      \"image\": { \"name\": \"labwright-pc\" }, \"ethernet\": 1,"
    "      \"start\": [\"set pcname %h\", \"ip 10.0.0.1/24 10.0.0.2\"] },"
    "    { \"name\": \"PC2\", \"id\": 2, \"kind\": \"iou\", \"x\": 400, \"y\": 0,"
    "      \"image\": { \"name\": \"labwright-pc\" }, \"ethernet\": 1,"
    "      \"start\": [\"set pcname %h\", \"ip 10.0.0.2/24 10.0.0.1\"] } ],"
    "  \"links\": ["
    "    { \"a\": { \"node\": \"PC1\", \"port\": \"e0/0\" }, \"b\": { \"node\": \"PC2\", \"port\": "
    "\"e0/0\" } } ],"
    "  \"timeline\": { \"start\": \"by-hand\", \"events\": ["
    "    { \"at\": 0, \"do\": \"unplug\", \"node\": \"PC1\", \"port\": \"e0/0\", \"for\": 60 } ] },"
    "  \"recorder\": 1 }";

typedef struct
{
  LabTopology *topology;
  LabSession *session;
  LabSelection *selection;
  GtkWidget *window;
  LabLink *link;
  gboolean done;
  char *said;
  const char *wanted;
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
message_cb (LabSession *session,
            LabSessionMessage kind,
            const char *text,
            const char *detail,
            Fixture *fixture)
{
  g_free (fixture->said);
  fixture->said = g_strdup (text);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->topology = lab_file_parse (lab, sizeof lab - 1, "test", &error);
  g_assert_no_error (error);
  fixture->link = lab_topology_find_link (fixture->topology, "PC1", "e0/0");
  fixture->session = lab_session_new (fixture->topology, NULL);
  g_signal_connect (fixture->session, "message", G_CALLBACK (message_cb), fixture);
  fixture->selection = lab_selection_new (fixture->topology);
  fixture->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (fixture->window), "inspector");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 900);
  gtk_window_set_child (GTK_WINDOW (fixture->window),
                        lab_inspector_new (fixture->session, fixture->selection));
  gtk_window_present (GTK_WINDOW (fixture->window));
  lab_session_set_watched (fixture->session, TRUE);
  lab_session_control (fixture->session, LAB_CLIENT_START, NULL);
  g_assert_true (ui_wait (runs, fixture, PATIENCE));
}

static void
down_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (lab_session_shutdown_finish (LAB_SESSION (source), result, NULL));
  ((Fixture *) data)->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Fixture *) data)->done;
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  fixture->done = FALSE;
  lab_session_shutdown_async (fixture->session, down_cb, fixture);
  g_assert_true (ui_wait (is_done, fixture, PATIENCE));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_settle (50);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->session);
  g_object_unref (fixture->topology);
  g_free (fixture->said);
}

typedef gboolean (*Is) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget *root, Is is, gconstpointer data)
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

/* A row that can be seen, by its title. */
static gboolean
is_row (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_BUTTON (widget);
}

static gboolean
is_spin (GtkWidget *widget, gconstpointer unused)
{
  return GTK_IS_SPIN_BUTTON (widget);
}

static gboolean
is_label (GtkWidget *widget, gconstpointer part)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), part) != NULL;
}

static gboolean
row_there (gpointer data)
{
  Fixture *fixture = data;

  return find (fixture->window, is_row, fixture->wanted) != NULL;
}

static gboolean
row_gone (gpointer data)
{
  return !row_there (data);
}

static gboolean
is_marked (gpointer data)
{
  LabLinkRun run;

  lab_link_get_run (((Fixture *) data)->link, &run);
  return run.captured;
}

static gboolean
has_said (gpointer data)
{
  Fixture *fixture = data;

  return fixture->said != NULL && strstr (fixture->said, fixture->wanted) != NULL;
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = lab_client_start_capture_finish (LAB_CLIENT (source), result, &error);

  g_assert_no_error (error);
  ((Fixture *) data)->done = TRUE;
}

static void
start_capture (Fixture *fixture, const char *file)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "ports", g_variant_new_parsed ("[('PC1', 'e0/0')]"));
  g_variant_dict_insert (&dict, "file", "s", file);
  fixture->done = FALSE;
  lab_client_start_capture_async (lab_session_get_client (fixture->session),
                                  g_variant_dict_end (&dict), NULL, started_cb, fixture);
  g_assert_true (ui_wait (is_done, fixture, PATIENCE));
}

/* A capture is a row at the link and at the lab, and a mark; the button stops it. One that fails
 * says so, once. */
static void
test_captures (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *file = ui_path ("frames.pcapng");
  GtkWidget *row;

  start_capture (fixture, file);
  fixture->wanted = "frames.pcapng";
  g_assert_true (ui_wait (row_there, fixture, PATIENCE));
  ui_shot ("record-lab");
  lab_selection_set_single (fixture->selection, fixture->link);
  fixture->wanted = "Plugged In";
  g_assert_true (ui_wait (row_there, fixture, PATIENCE));
  fixture->wanted = "frames.pcapng";
  g_assert_true (ui_wait (row_there, fixture, PATIENCE));
  g_assert_true (ui_wait (is_marked, fixture, PATIENCE));
  ui_settle (300);
  ui_shot ("record-link");
  row = find (fixture->window, is_row, "frames.pcapng");
  g_signal_emit_by_name (find (row, is_button, NULL), "clicked");
  g_assert_true (ui_wait (row_gone, fixture, PATIENCE));
  g_assert_true (ui_wait (has_said, fixture, PATIENCE));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  g_unlink (file);

  start_capture (fixture, "/dev/full");
  fixture->wanted = "No space left";
  g_assert_true (ui_wait (has_said, fixture, PATIENCE));
}

static GtkWidget *
find_window (const char *title)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_strcmp0 (gtk_window_get_title (window), title) == 0)
        return GTK_WIDGET (window);
    }
  return NULL;
}

static gboolean
file_is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static GtkWidget *
spin_row (GtkWidget *dialog, const char *title)
{
  GtkWidget *row = find (dialog, is_row, title);

  g_assert_nonnull (row);

  return row;
}

/* A user's hand on a number. */
static void
turn (GtkWidget *row, double value)
{
  GtkWidget *spin = find (row, is_spin, NULL);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  ui_settle (700);
}

/* How many files stay can be said where there are several; and the engine is told all of it. */
static void
check_ring (GtkWidget *dialog, LabLink *link)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  g_autoptr (GVariant) ports = NULL;
  g_autoptr (GVariant) options = NULL;
  GtkWidget *kept = spin_row (dialog, "Newest Files Kept");
  guint64 number;

  g_assert_false (gtk_widget_get_sensitive (kept));
  turn (spin_row (dialog, "New File After (s)"), 60);
  g_assert_true (gtk_widget_get_sensitive (kept));
  turn (kept, 5);
  ui_shot ("record-dialog-ring");
  turn (spin_row (dialog, "New File After (s)"), 0);
  g_assert_false (gtk_widget_get_sensitive (kept));

  g_ptr_array_add (links, link);
  ports = g_variant_ref_sink (lab_capture_ports (links));
  options = g_variant_ref_sink (lab_capture_build_options (
      ports, "/x", NULL, &(const LabCaptureFiles){ .megabytes = 0, .seconds = 60, .kept = 5 }));
  g_assert_true (g_variant_lookup (options, "seconds", "t", &number));
  g_assert_cmpuint (number, ==, 60);
  g_assert_true (g_variant_lookup (options, "files", "t", &number));
  g_assert_cmpuint (number, ==, 5);
  g_assert_false (g_variant_lookup (options, "size", "t", &number));
}

/* The dialog opens the program with the capture as its standard input; where it is not installed it
 * says so, and files work. */
static void
test_wireshark (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *folder = ui_path ("bin");
  g_autofree char *program = g_build_filename (folder, "wireshark", NULL);
  g_autofree char *out = ui_path ("live.pcapng");
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\n[ \"$*\" = '-k -i -' ] || exit 1\n"
                                             "head -c 28 > '%s.part' && mv '%s.part' '%s'\n",
                                             out, out, out);
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autofree char *longer = g_strdup_printf ("%s:%s", folder, path);
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  g_autofree char *bytes = NULL;
  GtkWidget *dialog;
  gsize length;

  g_ptr_array_add (links, fixture->link);
  g_setenv ("PATH", "/nonexistent", TRUE);
  lab_capture_dialog_show (GTK_WINDOW (fixture->window), fixture->session, links);
  ui_settle (300);
  ui_shot ("record-no-wireshark");
  dialog = find_window ("Capture");
  g_assert_nonnull (find (dialog, is_label, "Wireshark is not installed"));
  gtk_window_close (GTK_WINDOW (dialog));
  ui_settle (100);

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (program, script, -1, NULL));
  g_chmod (program, 0700);
  g_setenv ("PATH", longer, TRUE);
  lab_capture_dialog_show (GTK_WINDOW (fixture->window), fixture->session, links);
  ui_settle (300);
  ui_shot ("record-dialog");
  check_ring (find_window ("Capture"), fixture->link);
  gtk_widget_activate_action (find_window ("Capture"), "capture.live", NULL);
  g_assert_true (ui_wait (file_is_there, out, PATIENCE));
  g_assert_true (g_file_get_contents (out, &bytes, &length, NULL));
  g_assert_cmpint (memcmp (bytes, "\x0a\x0d\x0d\x0a", 4), ==, 0);
  g_setenv ("PATH", path, TRUE);
  g_unlink (out);
  g_unlink (program);
  g_rmdir (folder);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (lab_client_run_timeline_finish (LAB_CLIENT (source), result, NULL));
  ((Fixture *) data)->done = TRUE;
}

static gboolean
goes_on (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *row = find (fixture->window, is_row, "Unplug PC1 e0/0");

  return row != NULL && strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "now") != NULL;
}

/* The editor adds an event as one step that is undone; the inspector shows what goes on. */
static void
test_timeline (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *dialog;

  lab_timeline_dialog_show (GTK_WINDOW (fixture->window), fixture->session);
  ui_settle (300);
  dialog = find_window ("Timeline");
  gtk_widget_activate_action (dialog, "timeline.add", NULL);
  ui_settle (200);
  ui_shot ("record-timeline");
  gtk_widget_activate_action (dialog, "timeline.apply", NULL);
  ui_settle (100);
  g_assert_null (find_window ("Timeline"));
  {
    g_autoptr (GPtrArray) events = lab_topology_dup_timeline (fixture->topology);

    g_assert_cmpuint (events->len, ==, 2);
    g_assert_cmpfloat (((LabTimelineEvent *) events->pdata[1])->at, ==, 30);
  }
  g_assert_true (lab_history_undo (lab_session_get_history (fixture->session)));
  {
    g_autoptr (GPtrArray) events = lab_topology_dup_timeline (fixture->topology);

    g_assert_cmpuint (events->len, ==, 1);
  }
  fixture->done = FALSE;
  lab_client_run_timeline_async (lab_session_get_client (fixture->session), TRUE, NULL, ran_cb,
                                 fixture);
  g_assert_true (ui_wait (is_done, fixture, PATIENCE));
  g_assert_true (ui_wait (goes_on, fixture, PATIENCE));
  ui_settle (300);
  ui_shot ("record-running");
}

int
main (int argc, char **argv)
{
  ui_init (&argc, &argv);
  ui_init_gtk ();
  g_test_add ("/ui/record/captures", Fixture, NULL, set_up, test_captures, tear_down);
  g_test_add ("/ui/record/wireshark", Fixture, NULL, set_up, test_wireshark, tear_down);
  g_test_add ("/ui/record/timeline", Fixture, NULL, set_up, test_timeline, tear_down);
  return g_test_run ();
}
