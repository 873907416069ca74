/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The start page. Its lists are filled each time it comes into view. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lab-app-settings.h"
#include "lab-doctor.h"
#include "lab-recent.h"
#include "lab-recovery.h"
#include "lab-running-labs.h"
#include "lab-sample-card.h"
#include "lab-samples.h"
#include "lab-start-page.h"

#define MOST_RECENT 8

struct _LabStartPage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *machine_list;
  AdwActionRow *machine_row;
  GtkWidget *running_group;
  GtkListBox *running_list;
  GtkWidget *recovery_group;
  GtkListBox *recovery_list;
  GtkWidget *recent_group;
  GtkListBox *recent_list;
  GtkWidget *samples_group;
  GtkFlowBox *samples;

  GCancellable *cancellable;
};

enum
{
  RECOVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabStartPage, lab_start_page, GTK_TYPE_WIDGET)

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static char *
folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return lab_recent_describe_path (folder);
}

static GtkWidget *
make_row (const char *title, const char *subtitle, const char *age)
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

  return row;
}

/* A row that opens a file. */
static GtkWidget *
make_file_row (const char *path, const char *title, const char *age)
{
  g_autofree char *folder = folder_of (path);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GtkWidget *row = make_row (title, folder, age);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-uri");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);

  return row;
}

/* --- this machine --- */

/* Said here is only what no lab, or no open router, runs without. */
static void
machine_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabStartPage) self = user_data;
  g_autoptr (GPtrArray) findings = lab_doctor_examine_finish (result, NULL);
  const LabDoctorFinding *missing;
  g_autofree char *detail = NULL;

  if (findings == NULL || self->machine_list == NULL)
    return;
  missing = lab_doctor_first_missing (findings);
  gtk_widget_set_visible (self->machine_list, missing != NULL);
  if (missing == NULL)
    return;
  detail = g_markup_escape_text (missing->detail, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->machine_row),
                                 missing->state == LAB_DOCTOR_NEEDED
                                     ? _ ("Labs Cannot Run on This Machine Yet")
                                     : _ ("Open Routers Cannot Run on This Machine Yet"));
  adw_action_row_set_subtitle (self->machine_row, detail);
}

/* --- recent labs --- */

static void
fill_recent (LabStartPage *self)
{
  g_autoptr (GPtrArray) recent = lab_recent_list (MOST_RECENT);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  clear_list (self->recent_list);
  for (guint i = 0; i < recent->len; i++)
    {
      LabRecent *lab = g_ptr_array_index (recent, i);
      g_autofree char *age = lab_recent_describe_age (lab->at, now);

      gtk_list_box_append (self->recent_list, make_file_row (lab->path, lab->title, age));
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
      g_autofree char *name = lab_recent_title_of (lab->path);
      g_autofree char *count = g_strdup_printf (
          ngettext ("%u device running", "%u devices running", lab->n_running), lab->n_running);

      gtk_list_box_append (self->running_list, make_file_row (lab->path, name, count));
    }
  gtk_widget_set_visible (self->running_group, labs->len > 0);
}

/* --- recovery copies --- */

static LabRecovery *
recovery_of (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  return g_object_get_data (G_OBJECT (row), "recovery");
}

static void
recover_cb (GtkListBox *list, GtkListBoxRow *row, LabStartPage *self)
{
  g_signal_emit (self, signals[RECOVER], 0, recovery_of (GTK_WIDGET (row)));
}

static void
discard_cb (GtkWidget *button, LabStartPage *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  lab_recovery_discard (recovery_of (button));
  gtk_list_box_remove (self->recovery_list, row);
  gtk_widget_set_visible (self->recovery_group,
                          gtk_list_box_get_row_at_index (self->recovery_list, 0) != NULL);
}

static GtkWidget *
make_recovery_row (LabStartPage *self, LabRecovery *recovery, GDateTime *now)
{
  const char *title = lab_recovery_get_title (recovery);
  const char *path = lab_recovery_get_path (recovery);
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (lab_recovery_get_time (recovery));
  g_autofree char *age = lab_recent_describe_age (at, now);
  g_autofree char *folder = path != NULL ? folder_of (path) : g_strdup (_ ("Never saved"));
  GtkWidget *row = make_row (*title != '\0' ? title : _ ("Untitled Lab"), folder, age);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Discard These Changes"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Discard These Changes"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (discard_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data_full (G_OBJECT (row), "recovery", lab_recovery_ref (recovery),
                          (GDestroyNotify) lab_recovery_unref);

  return row;
}

static void
recoveries_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabStartPage) self = user_data;
  g_autoptr (GPtrArray) recoveries = lab_recovery_list_finish (result, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (recoveries == NULL || self->recovery_list == NULL)
    return;
  clear_list (self->recovery_list);
  for (guint i = 0; i < recoveries->len; i++)
    gtk_list_box_append (self->recovery_list,
                         make_recovery_row (self, g_ptr_array_index (recoveries, i), now));
  gtk_widget_set_visible (self->recovery_group, recoveries->len > 0);
}

/* --- samples --- */

static void
samples_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabStartPage) self = user_data;
  g_autoptr (GPtrArray) samples = lab_samples_list_finish (result, NULL);

  /* Two may be under way if the page went and came back at once. */
  if (samples == NULL || self->samples == NULL ||
      gtk_flow_box_get_child_at_index (self->samples, 0) != NULL)
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
  lab_doctor_examine_async (self->cancellable, machine_cb, g_object_ref (self));
  lab_running_labs_async (self->cancellable, running_cb, g_object_ref (self));
  lab_recovery_list_async (NULL, self->cancellable, recoveries_cb, g_object_ref (self));
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

  signals[RECOVER] = g_signal_new ("recover", LAB_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, LAB_TYPE_RECOVERY);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labwright/Labwright/lab-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, machine_list);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, machine_row);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, running_group);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, running_list);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, recovery_group);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, recovery_list);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, recent_list);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, samples_group);
  gtk_widget_class_bind_template_child (widget_class, LabStartPage, samples);
  gtk_widget_class_bind_template_callback (widget_class, sample_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, recover_cb);
}

static void
lab_start_page_init (LabStartPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
