/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Panes give way when there is little room, come back, and keep their sizes; notices are shown one
 * at a time, the most urgent first. */

#include "config.h"

#include <adwaita.h>

#include "lab-app-settings.h"
#include "lab-notice.h"
#include "lab-panes.h"
#include "ui-harness.h"

static LabPanes *
make_panes (void)
{
  LabPanes *panes = LAB_PANES (g_object_ref_sink (lab_panes_new ()));

  for (LabPane pane = LAB_PANE_DOCK; pane < LAB_N_PANES; pane++)
    {
      GtkWidget *child = gtk_label_new ("pane");

      gtk_widget_set_size_request (child, 100, 80);
      lab_panes_set_child (panes, pane, child);
      g_object_set_data (G_OBJECT (panes), "dcik" + pane, child);
    }

  return panes;
}

static void
assert_shown (LabPanes *panes, const char *expected)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  for (LabPane pane = LAB_PANE_DOCK; pane < LAB_N_PANES; pane++)
    if (lab_panes_get_shown (panes, pane))
      g_string_append_c (shown, "dcik"[pane]);
  g_assert_cmpstr (shown->str, ==, expected);
}

static void
test_wide (void)
{
  g_autoptr (LabPanes) panes = make_panes ();

  assert_shown (panes, "dci");
  lab_panes_set_shown (panes, LAB_PANE_CONSOLES, TRUE);
  assert_shown (panes, "dcik");
  lab_panes_set_shown (panes, LAB_PANE_DOCK, FALSE);
  assert_shown (panes, "cik");
  lab_panes_set_filled (panes, TRUE);
  assert_shown (panes, "k");
  lab_panes_set_shown (panes, LAB_PANE_CONSOLES, FALSE);
  assert_shown (panes, "ci");
}

/* With little room one side pane, with very little one pane; what was wanted comes back. */
static void
test_narrow (void)
{
  g_autoptr (LabPanes) panes = make_panes ();

  lab_panes_set_size_class (panes, LAB_SIZE_MEDIUM);
  assert_shown (panes, "dc");
  lab_panes_set_shown (panes, LAB_PANE_INSPECTOR, TRUE);
  assert_shown (panes, "ci");
  lab_panes_set_shown (panes, LAB_PANE_INSPECTOR, FALSE);
  assert_shown (panes, "dc");

  lab_panes_set_size_class (panes, LAB_SIZE_NARROW);
  assert_shown (panes, "c");
  lab_panes_set_shown (panes, LAB_PANE_DOCK, TRUE);
  assert_shown (panes, "d");
  lab_panes_set_shown (panes, LAB_PANE_INSPECTOR, TRUE);
  assert_shown (panes, "i");
  lab_panes_set_shown (panes, LAB_PANE_INSPECTOR, FALSE);
  assert_shown (panes, "c");

  lab_panes_set_size_class (panes, LAB_SIZE_WIDE);
  assert_shown (panes, "dci");
}

static int
width_of (LabPanes *panes, LabPane pane)
{
  return gtk_widget_get_width (g_object_get_data (G_OBJECT (panes), "dcik" + pane));
}

typedef struct
{
  LabPanes *panes;
  LabPane pane;
  int width;
} Wish;

static gboolean
has_width (gpointer data)
{
  Wish *wish = data;

  return width_of (wish->panes, wish->pane) == wish->width;
}

static void
assert_width (LabPanes *panes, LabPane pane, int width)
{
  Wish wish = { panes, pane, width };

  if (!ui_wait (has_width, &wish, 5000))
    g_assert_cmpint (width_of (panes, pane), ==, width);
}

static gboolean
has_window_width (gpointer data)
{
  Wish *wish = data;

  return gtk_widget_get_width (GTK_WIDGET (wish->panes)) == wish->width;
}

/* A side pane at the right keeps its width while it is hidden and the window changes. */
static void
test_sizes (void)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (LabPanes) panes = make_panes ();
  GSettings *settings = lab_app_settings ();

  g_settings_set_int (settings, "dock-width", 200);
  g_settings_set_int (settings, "inspector-width", 310);
  lab_panes_restore (panes, settings);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 500);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (panes));
  gtk_window_present (GTK_WINDOW (window));
  assert_width (panes, LAB_PANE_DOCK, 200);
  assert_width (panes, LAB_PANE_INSPECTOR, 310);

  lab_panes_set_shown (panes, LAB_PANE_INSPECTOR, FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 500);
  g_assert_true (ui_wait (has_window_width, &(Wish){ panes, LAB_PANE_DOCK, 800 }, 5000));
  lab_panes_set_shown (panes, LAB_PANE_INSPECTOR, TRUE);
  assert_width (panes, LAB_PANE_INSPECTOR, 310);

  lab_panes_save (panes, settings);
  g_assert_cmpint (g_settings_get_int (settings, "dock-width"), ==, 200);
  g_assert_cmpint (g_settings_get_int (settings, "inspector-width"), ==, 310);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

static void
test_notice (void)
{
  g_autoptr (LabNotice) notice = LAB_NOTICE (g_object_ref_sink (lab_notice_new ()));

  g_assert_null (lab_notice_get_text (notice));
  lab_notice_say (notice, LAB_NOTICE_NO_SANDBOX, "No sandbox.", NULL, NULL, NULL, NULL);
  g_assert_cmpstr (lab_notice_get_text (notice), ==, "No sandbox.");
  lab_notice_say (notice, LAB_NOTICE_ENGINE_LOST, "Lost.", "Revive", "win.revive", NULL, NULL);
  g_assert_cmpstr (lab_notice_get_text (notice), ==, "Lost.");
  lab_notice_say (notice, LAB_NOTICE_FILE_CHANGED, "Changed.", "Read", "win.revert", "Keep",
                  "win.keep-mine");
  g_assert_cmpstr (lab_notice_get_text (notice), ==, "Lost.");
  lab_notice_withdraw (notice, LAB_NOTICE_ENGINE_LOST);
  g_assert_cmpstr (lab_notice_get_text (notice), ==, "Changed.");
  lab_notice_withdraw (notice, LAB_NOTICE_FILE_CHANGED);
  lab_notice_withdraw (notice, LAB_NOTICE_NO_SANDBOX);
  g_assert_null (lab_notice_get_text (notice));
}

/* The first visible button below @widget. */
static GtkWidget *
find_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_child_visible (child) ? find_button (child) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
count_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static gboolean
is_one (gpointer data)
{
  return *(guint *) data == 1;
}

static gboolean
is_mapped (gpointer data)
{
  GtkWidget *button = find_button (data);

  return button != NULL && gtk_widget_get_mapped (button) && gtk_widget_get_width (button) > 20;
}

/* A person presses the button of a notice. */
static void
test_notice_button (void)
{
  static const GActionEntry entries[] = { { "revive", count_cb } };
  GtkWidget *window = gtk_window_new ();
  GtkWidget *notice = lab_notice_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  int rectangle[4];
  double x;
  double y;
  guint n = 0;
  GtkWidget *button;

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, 1, &n);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_window_set_title (GTK_WINDOW (window), "Notice");
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 200);
  gtk_widget_set_valign (notice, GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (window), notice);
  lab_notice_say (LAB_NOTICE (notice), LAB_NOTICE_ENGINE_LOST, "The engine ended.", "_Revive",
                  "win.revive", NULL, NULL);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (ui_wait (is_mapped, notice, 5000));
  ui_settle (500); /* it slides in */
  g_assert_true (ui_find_window ("Notice", rectangle));
  button = find_button (notice);
  g_assert_true (gtk_widget_translate_coordinates (button, window, 20, 15, &x, &y));
  ui_click (rectangle[0] + (int) x, rectangle[1] + (int) y, 1);
  g_assert_true (ui_wait (is_one, &n, 3000));
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();

  g_test_add_func ("/ui/panes/wide", test_wide);
  g_test_add_func ("/ui/panes/narrow", test_narrow);
  g_test_add_func ("/ui/panes/sizes", test_sizes);
  g_test_add_func ("/ui/notice/order", test_notice);
  g_test_add_func ("/ui/notice/button", test_notice_button);

  return g_test_run ();
}
