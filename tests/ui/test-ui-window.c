/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window itself: start page, a new lab, its title, accelerators by focus, what closing asks. */

#include "config.h"

#include <adwaita.h>

#include "lab-accels.h"
#include "lab-application.h"
#include "lab-canvas.h"
#include "lab-drawing.h"
#include "lab-edit.h"
#include "lab-notice.h"
#include "lab-rights.h"
#include "lab-window.h"
#include "ui-harness.h"

static GtkApplication *application;

static LabWindow *
open_window (void)
{
  LabWindow *window = lab_window_new (application);

  gtk_window_present (GTK_WINDOW (window));
  ui_settle (300);

  return window;
}

static LabDrawing *
make_note (void)
{
  g_autoptr (JsonNode) json =
      json_from_string ("{ \"kind\": \"text\", \"x\": 0, \"y\": 0, \"text\": \"Note\" }", NULL);

  return lab_drawing_new_from_json (json, NULL);
}

static void
change (LabWindow *window)
{
  g_autoptr (LabDrawing) note = make_note ();

  g_assert_true (
      lab_session_apply (lab_window_get_session (window), lab_edit_new_add_drawing (note)));
}

static gboolean
enabled (LabWindow *window, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

/* The dialog that is open, or NULL. */
static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return ADW_MESSAGE_DIALOG (window);
    }

  return NULL;
}

static void
answer (const char *response)
{
  AdwMessageDialog *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  adw_message_dialog_response (dialog, response);
  gtk_window_close (GTK_WINDOW (dialog)); /* as a button does */
  ui_settle (200);
}

static void
test_start_page (void)
{
  LabWindow *window = open_window ();
  GWeakRef ref;

  g_weak_ref_init (&ref, window);
  g_assert_true (lab_window_is_empty (window));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Labwright");
  ui_settle (700);
  ui_shot ("window-start");
  gtk_window_close (GTK_WINDOW (window));
  ui_settle (100);
  g_assert_null (g_weak_ref_get (&ref));
}

static void
test_new_lab (void)
{
  LabWindow *window = open_window ();

  lab_window_begin (window);
  ui_settle (400);
  g_assert_false (lab_window_is_empty (window));
  g_assert_false (enabled (window, "undo"));
  g_assert_true (enabled (window, "save"));
  g_assert_false (enabled (window, "delete"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Untitled Lab — Labwright");

  change (window);
  g_assert_true (enabled (window, "undo"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==,
                   "Untitled Lab (edited) — Labwright");
  g_action_group_activate_action (G_ACTION_GROUP (window), "undo", NULL);
  g_assert_false (enabled (window, "undo"));
  g_assert_true (enabled (window, "redo"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Untitled Lab — Labwright");
  gtk_window_close (GTK_WINDOW (window));
  ui_settle (200);
  g_assert_null (find_dialog ());
}

static GtkWidget *
find_canvas (GtkWidget *widget)
{
  GtkWidget *found = LAB_IS_CANVAS (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_canvas (child);

  return found;
}

/* A window that is closed with a menu open takes the menu along. */
static void
test_close_with_menu (void)
{
  LabWindow *window = open_window ();
  GtkWidget *canvas;
  GWeakRef ref;

  g_weak_ref_init (&ref, window);
  lab_window_begin (window);
  ui_settle (400);
  canvas = find_canvas (GTK_WIDGET (window));
  g_assert_nonnull (canvas);
  /* At once: later GTK 4.8 would look for a tooltip of what is gone. */
  g_signal_emit_by_name (canvas, "context-menu", NULL, 100.0, 100.0);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (300);
  g_assert_null (g_weak_ref_get (&ref));
}

static void
test_close_asks (void)
{
  LabWindow *window = open_window ();
  GWeakRef ref;

  g_weak_ref_init (&ref, window);
  lab_window_begin (window);
  change (window);
  gtk_window_close (GTK_WINDOW (window));
  ui_settle (300);
  ui_shot ("window-close");
  answer ("cancel");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
  gtk_window_close (GTK_WINDOW (window));
  ui_settle (300);
  answer ("discard");
  g_assert_null (g_weak_ref_get (&ref));
}

static void
test_contexts (void)
{
  GtkWidget *entry = g_object_ref_sink (gtk_entry_new ());
  GtkWidget *text = g_object_ref_sink (gtk_text_view_new ());

  g_assert_cmpint (lab_accels_context_of (NULL), ==, LAB_ACCEL_PLANE);
  g_assert_cmpint (lab_accels_context_of (gtk_widget_get_first_child (entry)), ==, LAB_ACCEL_TEXT);
  g_assert_cmpint (lab_accels_context_of (text), ==, LAB_ACCEL_TEXT);
  g_object_unref (entry);
  g_object_unref (text);
}

static gboolean
has_session (gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  return window != NULL && lab_window_get_session (LAB_WINDOW (window)) != NULL;
}

static gboolean
has_no_window (gpointer data)
{
  return gtk_application_get_windows (data) == NULL;
}

/* A file has one window; what is open can be closed together. */
static void
test_open_files (void)
{
  g_autofree char *path = ui_sample ("two-hosts.lab", "two.lab");
  g_autofree char *other_path = ui_sample ("campus.lab", "other.lab");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) other = g_file_new_for_path (other_path);
  LabApplication *self = LAB_APPLICATION (application);
  GtkWindow *window;

  lab_application_open_file (self, file, NULL);
  g_assert_true (ui_wait (has_session, application, 5000));
  window = gtk_application_get_active_window (application);
  g_assert_true (lab_window_has_file (LAB_WINDOW (window), file));
  g_assert_false (lab_window_has_file (LAB_WINDOW (window), other));
  lab_application_open_file (self, file, NULL);
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (application)), ==, 1);
  lab_application_open_file (self, other, window);
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (application)), ==, 2);
  ui_settle (500);
  ui_shot ("window-lab");
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  g_assert_true (ui_wait (has_no_window, application, 5000));
}

/* A file that is no lab: the window stays on its start page and says so. */
static void
test_open_nonsense (void)
{
  g_autofree char *path = ui_path ("nonsense.lab");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  LabWindow *window = open_window ();

  g_assert_true (g_file_set_contents (path, "nonsense", -1, NULL));
  lab_window_open (window, file);
  ui_settle (500);
  g_assert_true (lab_window_is_empty (window));
  ui_shot ("window-error");
  gtk_window_close (GTK_WINDOW (window));
  ui_settle (100);
}

/* Ctrl+Z in an entry is the entry's, on the canvas the lab's. */
static void
test_undo_key (void)
{
  LabWindow *window = open_window ();

  lab_window_begin (window);
  change (window);
  ui_settle (400);
  ui_key ("ctrl+z");
  ui_settle (200);
  g_assert_false (enabled (window, "undo"));
  ui_key ("ctrl+shift+z");
  ui_settle (200);
  g_assert_true (enabled (window, "undo"));
  gtk_window_close (GTK_WINDOW (window));
  ui_settle (300);
  answer ("discard");
}

static GtkWidget *
find_notice (GtkWidget *root)
{
  if (LAB_IS_NOTICE (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_notice (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
asks_for_rights (gpointer window)
{
  const char *text = lab_notice_get_text (LAB_NOTICE (find_notice (window)));

  return text != NULL && strstr (text, "NAT1") != NULL;
}

static gboolean
asks_for_nothing (gpointer window)
{
  return lab_notice_get_text (LAB_NOTICE (find_notice (window))) == NULL;
}

static void
add_nat (LabWindow *window)
{
  g_autoptr (JsonNode) json =
      json_from_string ("{ \"name\": \"NAT1\", \"kind\": \"nat\", \"x\": 0, \"y\": 0 }", NULL);
  g_autoptr (LabNode) node = lab_node_new_from_json (json, NULL);

  g_assert_true (lab_session_apply (lab_window_get_session (window), lab_edit_new_add_node (node)));
}

/* A lab gets what it asks for by the user's word alone, which is not in the lab. */
static void
test_rights (void)
{
  LabWindow *window = open_window ();
  g_autofree char *path = lab_rights_path ();
  const char *uuid;

  g_assert_true (g_str_has_prefix (path, ui_root ()));
  lab_window_begin (window);
  ui_settle (400);
  uuid = lab_topology_get_uuid (lab_session_get_topology (lab_window_get_session (window)));
  g_assert_false (enabled (window, "allow"));
  add_nat (window);
  g_assert_true (ui_wait (asks_for_rights, window, 5000));
  g_assert_cmpint (lab_rights_load (uuid), ==, 0);
  g_action_group_activate_action (G_ACTION_GROUP (window), "allow", NULL);
  ui_settle (500);
  ui_shot ("window-allow");
  answer ("cancel");
  g_assert_true (asks_for_rights (window));
  g_action_group_activate_action (G_ACTION_GROUP (window), "allow", NULL);
  ui_settle (300);
  answer ("allow");
  g_assert_true (ui_wait (asks_for_nothing, window, 5000));
  g_assert_cmpint (lab_rights_load (uuid), ==, LAB_RIGHT_NETWORK);

  g_action_group_activate_action (G_ACTION_GROUP (window), "allow", NULL);
  ui_settle (300);
  answer ("revoke");
  g_assert_true (ui_wait (asks_for_rights, window, 5000));
  g_assert_cmpint (lab_rights_load (uuid), ==, 0);
  g_assert_true (lab_history_undo (lab_session_get_history (lab_window_get_session (window))));
  g_assert_true (ui_wait (asks_for_nothing, window, 5000));
  gtk_window_close (GTK_WINDOW (window));
  ui_settle (300);
  if (find_dialog () != NULL)
    answer ("discard");
}

int
main (int argc, char *argv[])
{
  int status;

  ui_init (&argc, &argv);
  ui_init_gtk ();
  application = GTK_APPLICATION (lab_application_new ());
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add_func ("/ui/window/start-page", test_start_page);
  g_test_add_func ("/ui/window/new-lab", test_new_lab);
  g_test_add_func ("/ui/window/rights", test_rights);
  g_test_add_func ("/ui/window/close-asks", test_close_asks);
  g_test_add_func ("/ui/window/contexts", test_contexts);
  g_test_add_func ("/ui/window/undo-key", test_undo_key);
  g_test_add_func ("/ui/window/open-files", test_open_files);
  g_test_add_func ("/ui/window/open-nonsense", test_open_nonsense);
  /* Last: with a menu gone this way, the next window is late to get the keyboard. */
  g_test_add_func ("/ui/window/close-with-menu", test_close_with_menu);

  status = g_test_run ();
  g_object_unref (application);

  return status;
}
