/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The image library. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-file-dialog.h"
#include "lab-image-folders.h"
#include "lab-image-library.h"
#include "lab-image-page.h"
#include "lab-image-work.h"
#include "lab-images-window.h"
#include "lab-open-image.h"

/* With less than these two, one of them is shown at a time. */
#define SIDE_WIDTH   240
#define DETAIL_WIDTH 320

struct _LabImagesWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *split; /* an AdwLeaflet: beside each other, or one at a time where there is no room */
  GtkWidget *list;
  GtkWidget *detail; /* an AdwBin */
  GtkWidget *back;
  GtkWidget *problem;
  GtkWidget *spinner;
  char *shown; /* (nullable): name of the image whose page is shown */
  guint adding;
};

G_DEFINE_FINAL_TYPE (LabImagesWindow, lab_images_window, ADW_TYPE_WINDOW)

static LabImageFile *
file_at (int index)
{
  return index >= 0 ? g_list_model_get_item (G_LIST_MODEL (lab_image_library_get_default ()),
                                             (guint) index)
                    : NULL;
}

static void
show_page (LabImagesWindow *self, LabImageFile *file)
{
  GtkWidget *page;

  g_free (self->shown);
  self->shown = file != NULL ? g_strdup (lab_image_file_get_name (file)) : NULL;
  if (file != NULL)
    page = lab_image_page_new (file);
  else
    {
      page = adw_status_page_new ();
      adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Image"));
      adw_status_page_set_description (
          ADW_STATUS_PAGE (page), _ ("Drop images or GNS3 appliances here, or add them with +."));
    }
  adw_bin_set_child (ADW_BIN (self->detail), page);
}

static void
selected_cb (LabImagesWindow *self, GtkListBoxRow *row)
{
  g_autoptr (LabImageFile) file = row != NULL ? file_at (gtk_list_box_row_get_index (row)) : NULL;

  if (file != NULL)
    show_page (self, file);
}

/* The row of the image that was shown, else the first. */
static void
select_again (LabImagesWindow *self)
{
  GListModel *library = G_LIST_MODEL (lab_image_library_get_default ());
  guint n_items = g_list_model_get_n_items (library);
  int wanted = n_items > 0 ? 0 : -1;
  GtkListBoxRow *row;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LabImageFile) file = g_list_model_get_item (library, i);

      if (g_strcmp0 (lab_image_file_get_name (file), self->shown) == 0)
        wanted = (int) i;
    }
  row = wanted >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), wanted) : NULL;
  if (row != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  else
    show_page (self, NULL);
}

static void
changed_cb (LabImagesWindow *self)
{
  const char *problem = lab_image_library_get_problem (lab_image_library_get_default ());

  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  select_again (self);
}

/* --- rows --- */

static char *
describe (LabImageFile *file)
{
  LabImageRecord *record = lab_image_file_get_record (file);
  const LabOpenImage *image = lab_open_image_find (lab_image_file_get_name (file));

  if (record == NULL)
    return image != NULL ? lab_open_image_dup_memory (image) : g_strdup ("");

  return lab_image_record_describe (record);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  LabImageFile *file = item;
  LabImageRecord *record = lab_image_file_get_record (file);
  const LabOpenImage *image = lab_open_image_find (lab_image_file_get_name (file));
  const char *name = record == NULL && image != NULL ? lab_open_image_get_title (image)
                                                     : lab_image_file_get_name (file);
  g_autofree char *about = describe (file);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_set_tooltip_text (row, name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (record != NULL && record->fault != LAB_IMAGE_GOOD)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("It cannot be started"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
    }

  return row;
}

/* --- adding --- */

static void
say (LabImagesWindow *self, const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabImagesWindow *self = LAB_IMAGES_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  gboolean done = lab_image_work_finish (result, &said, &error);

  self->adding--;
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->adding > 0);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (done)
    say (self, said);
  else
    lab_ask_show (GTK_WINDOW (self), _ ("Not Added"), error->message);
}

static void
add_files (LabImagesWindow *self, GSList *files)
{
  self->adding++;
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), TRUE);
  lab_image_add_async (self, files, added_cb, NULL);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabImagesWindow *self = LAB_IMAGES_WINDOW (source);
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  g_autoptr (GSList) files = file != NULL ? g_slist_append (NULL, file) : NULL;

  if (files != NULL)
    add_files (self, files);
}

static void
add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_file_dialog_async (GTK_WINDOW (widget), LAB_FILE_DIALOG_OPEN_IMAGE, NULL, NULL, chosen_cb,
                         NULL);
}

static gboolean
drop_cb (LabImagesWindow *self, const GValue *value)
{
  add_files (self, g_value_get_boxed (value));

  return TRUE;
}

/* --- folders --- */

static gboolean
folder_work (gpointer data, char **said, GError **error)
{
  *said = g_strdup_printf (_ ("Added the folder %s"), (const char *) data);

  return lab_library_add_folder (data, error);
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabImagesWindow *self = LAB_IMAGES_WINDOW (source);
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return;
  self->adding++;
  lab_image_work_async (self, folder_work, path, g_free, added_cb, NULL);
}

static void
add_folder (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lab_file_dialog_async (GTK_WINDOW (widget), LAB_FILE_DIALOG_OPEN_FOLDER, NULL, NULL,
                         folder_chosen_cb, NULL);
}

/* By the list of folders. */
static void
said (GtkWidget *widget, const char *name, GVariant *parameter)
{
  say (LAB_IMAGES_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* --- set-up --- */

static void
lab_images_window_dispose (GObject *object)
{
  g_clear_pointer (&LAB_IMAGES_WINDOW (object)->shown, g_free);

  G_OBJECT_CLASS (lab_images_window_parent_class)->dispose (object);
}

static void
lab_images_window_class_init (LabImagesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_images_window_dispose;
  gtk_widget_class_install_action (widget_class, "images.add", NULL, add);
  gtk_widget_class_install_action (widget_class, "images.add-folder", NULL, add_folder);
  gtk_widget_class_install_action (widget_class, "images.said", "s", said);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "images.add",
                                       NULL);
}

static GtkWidget *
bar_button (const char *icon, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

/* --- where there is room for one of them only --- */

static void
show_detail (LabImagesWindow *self)
{
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->split), self->detail);
}

static void
back_cb (LabImagesWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  adw_leaflet_navigate (ADW_LEAFLET (self->split), ADW_NAVIGATION_DIRECTION_BACK);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : self->list);
}

static void
update_back (LabImagesWindow *self)
{
  AdwLeaflet *split = ADW_LEAFLET (self->split);

  gtk_widget_set_visible (self->back, adw_leaflet_get_folded (split) &&
                                          adw_leaflet_get_visible_child (split) == self->detail);
}

static GtkWidget *
make_split (LabImagesWindow *self, GtkWidget *side)
{
  GtkWidget *split = adw_leaflet_new ();
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  AdwLeafletPage *page;

  self->detail = adw_bin_new ();
  gtk_widget_set_hexpand (self->detail, TRUE);
  gtk_widget_set_size_request (self->detail, DETAIL_WIDTH, -1);
  adw_leaflet_append (ADW_LEAFLET (split), side);
  page = adw_leaflet_append (ADW_LEAFLET (split), line);
  adw_leaflet_page_set_navigatable (page, FALSE);
  adw_leaflet_append (ADW_LEAFLET (split), self->detail);
  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (split), TRUE);
  g_signal_connect_object (split, "notify::folded", G_CALLBACK (update_back), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (split, "notify::visible-child", G_CALLBACK (update_back), self,
                           G_CONNECT_SWAPPED);

  return split;
}

static GtkWidget *
make_side (LabImagesWindow *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Images"), -1);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_size_request (side, SIDE_WIDTH, -1);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (side), scroller);
  gtk_box_append (GTK_BOX (side), lab_image_folders_new ());

  return side;
}

static GtkWidget *
make_bar (LabImagesWindow *self)
{
  GtkWidget *bar = adw_header_bar_new ();

  self->spinner = gtk_spinner_new ();
  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_set_tooltip_text (self->back, _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back"), -1);
  gtk_widget_set_visible (self->back, FALSE);
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (back_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), self->back);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), adw_window_title_new (_ ("Images"), ""));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar),
                             bar_button ("list-add-symbolic", _ ("Add Image"), "images.add"));
  adw_header_bar_pack_start (
      ADW_HEADER_BAR (bar),
      bar_button ("folder-new-symbolic", _ ("Add Folder"), "images.add-folder"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->spinner);

  return bar;
}

static void
lab_images_window_init (LabImagesWindow *self)
{
  LabImageLibrary *library = lab_image_library_get_default ();
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "error");
  self->split = make_split (self, make_side (self));
  gtk_box_append (GTK_BOX (outer), make_bar (self));
  gtk_box_append (GTK_BOX (outer), self->problem);
  gtk_box_append (GTK_BOX (outer), self->split);
  adw_toast_overlay_set_child (self->toasts, outer);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));

  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (show_detail), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (library), make_row, NULL, NULL);
  g_signal_connect_object (library, "items-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  changed_cb (self);
}

static LabImagesWindow *
present (GtkWindow *parent)
{
  static LabImagesWindow *window;

  if (window == NULL)
    {
      window = g_object_new (LAB_TYPE_IMAGES_WINDOW, "title", _ ("Images"), "default-width", 900,
                             "default-height", 640, NULL);
      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
    }
  if (parent != GTK_WINDOW (window))
    gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

void
lab_images_window_present (GtkWindow *parent)
{
  present (parent);
}

void
lab_images_window_show (GtkWindow *parent, const char *name)
{
  LabImagesWindow *self = present (parent);

  g_free (self->shown);
  self->shown = g_strdup (name);
  select_again (self);
  show_detail (self);
}
