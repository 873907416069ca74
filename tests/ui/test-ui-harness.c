/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The harness itself: what a hand does arrives at a widget. */

#include "config.h"

#include <adwaita.h>

#include "ui-harness.h"

static gboolean
window_is_there (gpointer title)
{
  int rectangle[4];

  return ui_find_window (title, rectangle);
}

static void
clicked_cb (GtkButton *button, guint *n)
{
  (*n)++;
}

static void
test_hand (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label ("Press");
  GtkWidget *entry = gtk_entry_new ();
  int rectangle[4];
  guint n = 0;

  gtk_window_set_title (GTK_WINDOW (window), "Harness");
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 300);
  gtk_widget_set_vexpand (button, TRUE);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  gtk_window_set_child (GTK_WINDOW (window), box);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), &n);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (ui_wait (window_is_there, (gpointer) "Harness", 5000));
  ui_settle (200);

  g_assert_true (ui_find_window ("Harness", rectangle));
  ui_click (rectangle[0] + 200, rectangle[1] + rectangle[3] - 40, 1);
  ui_settle (100);
  g_assert_cmpuint (n, ==, 1);

  gtk_widget_grab_focus (entry);
  ui_settle (50);
  ui_type ("Ping 10.0.0.1 / (X)");
  ui_key ("ctrl+a");
  ui_settle (100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Ping 10.0.0.1 / (X)");
  g_assert_cmpuint (ui_count_colours (rectangle[0], rectangle[1], 300, 200), >, 2);
  ui_shot ("harness");
  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle (50);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();

  g_test_add_func ("/ui/harness/hand", test_hand);

  return g_test_run ();
}
