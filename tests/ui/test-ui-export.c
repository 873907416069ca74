/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialog that exports a picture, from the first click to the file. */

#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "lab-export-dialog.h"
#include "lab-file.h"
#include "ui-harness.h"

typedef struct
{
  char *path;
  char *text;
} Done;

static gboolean
window_is_there (gpointer title)
{
  int rectangle[4];

  return ui_find_window (title, rectangle);
}

static void
wait_for_window (const char *title)
{
  g_assert_true (ui_wait (window_is_there, (gpointer) title, 5000));
  ui_settle (300);
}

static void
done_cb (GtkWindow *parent, const char *path, const char *text, gpointer data)
{
  Done *done = data;

  done->path = g_strdup (path);
  done->text = g_strdup (text);
}

static gboolean
is_done (gpointer data)
{
  return ((Done *) data)->text != NULL;
}

static gpointer
find_row (GtkWidget *widget, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer row = find_row (child, title);

      if (row != NULL)
        return row;
    }

  return NULL;
}

static GtkWidget *
find_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (toplevels, i);

      if (LAB_IS_EXPORT_DIALOG (window))
        return window;
    }

  return NULL;
}

static gboolean
has_subtitle (gpointer row)
{
  const char *subtitle = adw_action_row_get_subtitle (row);

  return subtitle != NULL && strstr (subtitle, "pixels") != NULL;
}

static void
test_png (void)
{
  g_autofree char *sample = ui_sample ("campus.lab", "campus.lab");
  g_autofree char *target = ui_path ("picture.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (LabTopology) topology = lab_file_load (sample, &error);
  g_autoptr (LabSelection) selection = lab_selection_new (topology);
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget *window = gtk_window_new ();
  AdwComboRow *scale;
  Done done = { NULL, NULL };

  g_assert_no_error (error);
  gtk_window_set_title (GTK_WINDOW (window), "Parent");
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_present (GTK_WINDOW (window));
  wait_for_window ("Parent");
  lab_selection_add (selection, lab_topology_find_node (topology, "PC1"));
  lab_export_dialog_present (GTK_WINDOW (window), topology, selection, done_cb, &done);
  wait_for_window ("Export Picture");
  scale = find_row (find_dialog (), "cale");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (scale)));

  adw_combo_row_set_selected (find_row (find_dialog (), "ormat"), LAB_PICTURE_PNG);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (scale)));
  g_assert_true (ui_wait (has_subtitle, scale, 5000));
  ui_settle (300);
  ui_shot ("export-dialog");

  /* A name is typed into the file dialog. */
  g_assert_true (gtk_widget_activate_action (find_dialog (), "export.save", NULL));
  ui_choose_path (target);
  g_assert_true (ui_wait (is_done, &done, 10000));
  g_assert_cmpstr (done.path, ==, target);
  g_assert_cmpstr (done.text, ==, "Picture saved as picture.png");
  texture = gdk_texture_new_from_filename (target, &error);
  g_assert_no_error (error);
  /* 200 % of the whole lab. */
  g_assert_cmpint (gdk_texture_get_width (texture), >, 1900);
  ui_settle (100);
  g_assert_null (find_dialog ());
  gtk_window_destroy (GTK_WINDOW (window));
  g_free (done.path);
  g_free (done.text);
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  ui_init_gtk ();

  g_test_add_func ("/ui/export/png", test_png);

  return g_test_run ();
}
