/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The start page. Its lists are filled each time it comes into view. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lab-app-settings.h"
#include "lab-recent.h"
#include "lab-running-labs.h"
#include "lab-sample-card.h"
#include "lab-samples.h"
#include "lab-start-page.h"

#define MOST_RECENT 8

struct _LabStartPage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *running_group;
  GtkListBox *running_list;
  GtkWidget *recent_group;
  GtkListBox *recent_list;
  GtkWidget *samples_group;
  GtkFlowBox *samples;

  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LabStartPage, lab_start_page, GTK_TYPE_WIDGET)

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static GtkWidget *
make_row (const char *title, const char *subtitle, const char *age, const char *uri)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_subtitle = g_markup_escape_text (subtitle, -1);
  GtkWidget *label = gtk_label_new (age);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-uri");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);

  return row;
}

/* --- recent labs --- */

static char *
folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (folder, home))
    return g_strconcat ("~", folder + strlen (home), NULL);

  return g_steal_pointer (&folder);
}

static void
fill_recent (LabStartPage *self)
{
  g_autoptr (GPtrArray) recent = lab_recent_list (MOST_RECENT);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  clear_list (self->recent_list);
  for (guint i = 0; i < recent->len; i++)
    {
      LabRecent *lab = g_ptr_array_index (recent, i);
      g_autofree char *folder = folder_of (lab->path);
      g_autofree char *age = lab_recent_describe_age (lab->at, now);
      g_autofree char *uri = g_filename_to_uri (lab->path, NULL, NULL);

      gtk_list_box_append (self->recent_list, make_row (lab->title, folder, age, uri));
    }
  gtk_widget_set_visible (self->recent_group, recent->len > 0);
}

/* --- labs that run --- */

static void
running_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabStartPage) self = user_data;
  g_autoptr (GPtrArray) labs = lab_running_labs_finish (result, NULL);

  if (labs == NULL || self->running_list == NULL)
    return;
  clear_list (self->running_list);
  for (guint i = 0; i < labs->len; i++)
    {
      LabRunningLab *lab = g_ptr_array_index (labs, i);
      g_autofree char *name = g_filename_display_basename (lab->path);
      g_autofree char *folder = folder_of (lab->path);
      g_autofree char *uri = g_filename_to_uri (lab->path, NULL, NULL);
      g_autofree char *count = g_strdup_printf (
          ngettext ("%u device running", "%u devices running", lab->n_running), lab->n_running);

      gtk_list_box_append (self->running_list, make_row (name, folder, count, uri));
    }
  gtk_widget_set_visible (self->running_group, labs->len > 0);
}

/* --- samples --- */

static void
samples_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabStartPage) self = user_data;
  g_autoptr (GPtrArray) samples = lab_samples_list_finish (result, NULL);

  if (samples == NULL || self->samples == NULL)
    return;
  for (guint i = 0; i < samples->len; i++)
    gtk_flow_box_append (self->samples, lab_sample_card_new (g_ptr_array_index (samples, i)));
  gtk_widget_set_visible (self->samples_group, samples->len > 0);
}

static void
fill_samples (LabStartPage *self)
{
  g_autofree char *folder = NULL;

  if (gtk_flow_box_get_child_at_index (self->samples, 0) != NULL)
    return;
  folder = lab_app_data_path ("labs");
  lab_samples_list_async (folder, self->cancellable, samples_cb, g_object_ref (self));
}

static void
sample_activated_cb (GtkFlowBox *box, GtkFlowBoxChild *child, gpointer user_data)
{
  lab_sample_card_open (LAB_SAMPLE_CARD (child));
}

/* --- class --- */

static void
lab_start_page_map (GtkWidget *widget)
{
  LabStartPage *self = LAB_START_PAGE (widget);

  GTK_WIDGET_CLASS (lab_start_page_parent_class)->map (widget);

  fill_recent (self);
  lab_running_labs_async (self->cancellable, running_cb, g_object_ref (self));
  fill_samples (self);
}

static void
lab_start_page_dispose (GObject *object)
{
  LabStartPage *self = LAB_START_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), LAB_TYPE_START_PAGE);

  G_OBJECT_CLASS (lab_start_page_parent_class)->dispose (object);
}

static void
lab_start_page_class_init (LabStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lab_start_page_dispose;
  widget_class->map = lab_start_page_map;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, running_group);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, running_list);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, recent_list);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, samples_group);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, samples);
  gtk_widget_class_bind_template_callback (widget_class, sample_activated_cb);
}

static void
lab_start_page_init (LabStartPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
