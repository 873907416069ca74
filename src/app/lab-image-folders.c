/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row for a folder. One that is not there now could be taken out nowhere else: it has no images
 * whose page would offer it. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-image-folder.h"
#include "lab-image-folders.h"
#include "lab-image-library.h"
#include "lab-image-work.h"

#define MAX_HEIGHT 220

static gboolean
take_out_work (gpointer data, char **said, GError **error)
{
  *said = g_strdup_printf (_ ("Took out the folder %s"), (const char *) data);

  return lab_library_remove_folder (data, error);
}

static void
taken_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GtkWidget *list = GTK_WIDGET (source);
  g_autoptr (GtkWidget) button = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  gboolean done = lab_image_work_finish (result, &said, &error);
  GtkRoot *root = gtk_widget_get_root (list);

  gtk_widget_set_sensitive (button, TRUE);
  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (root)))
    return;
  if (done)
    gtk_widget_activate_action (list, "images.said", "s", said);
  else
    lab_ask_show (GTK_WINDOW (root), _ ("Not Taken Out"), error->message);
}

static void
take_out_cb (GtkButton *button)
{
  const char *path = g_object_get_data (G_OBJECT (button), "path");
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX);

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  lab_image_work_async (list, take_out_work, g_strdup (path), g_free, taken_out_cb,
                        g_object_ref (button));
}

static GtkWidget *
make_button (const char *path)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Take Out the Folder %s"), path);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (
      button, _ ("The library no longer looks into this folder; nothing in it is touched"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (path), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (take_out_cb), NULL);

  return button;
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  LabImageFolder *folder = item;
  const char *path = lab_image_folder_get_path (folder);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *missing = g_strdup_printf (_ ("Not there now: %s"), path);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               lab_image_folder_is_there (folder) ? path : missing);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_tooltip_text (row, path);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (path));

  return row;
}

static void
changed_cb (GListModel *folders, guint position, guint removed, guint added, GtkWidget *box)
{
  gtk_widget_set_visible (box, g_list_model_get_n_items (folders) > 0);
}

GtkWidget *
lab_image_folders_new (void)
{
  GListModel *folders = lab_image_library_get_folders (lab_image_library_get_default ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *heading = gtk_label_new (_ ("Folders"));
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_margin_start (heading, 14);
  gtk_widget_set_margin_top (heading, 12);
  gtk_widget_set_margin_bottom (heading, 6);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "background");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Folders"), -1);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), folders, make_row, NULL, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_widget_set_margin_bottom (scroller, 6);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), scroller);
  g_signal_connect_object (folders, "items-changed", G_CALLBACK (changed_cb), box, 0);
  changed_cb (folders, 0, 0, 0, box);

  return box;
}
