/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of an image. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-client-paths.h"
#include "lab-file-dialog.h"
#include "lab-image-page.h"
#include "lab-image-work.h"
#include "lab-open-image.h"
#include "lab-template-dialog.h"

/* What a job needs; also what a button keeps. */
typedef struct
{
  LabImageRecord *record;
  char *text;
  LabImageRole role;
} Job;

static Job *
job_new (LabImageRecord *record, const char *text)
{
  Job *job = g_new0 (Job, 1);

  job->record = lab_image_record_ref (record);
  job->text = g_strdup (text);

  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  lab_image_record_unref (job->record);
  g_free (job->text);
  g_free (job);
}

static GtkWindow *
window_of (gpointer widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static LabImageRecord *
record_of (gpointer page)
{
  return g_object_get_data (page, "record");
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!lab_image_work_finish (result, NULL, &error) && window_of (source) != NULL)
    lab_ask_show (window_of (source), _ ("That Did Not Work"), error->message);
}

static void
run (gpointer page, LabImageWork work, const char *text, LabImageRole role)
{
  Job *job = job_new (record_of (page), text);

  job->role = role;
  lab_image_work_async (page, work, job, job_free, worked_cb, NULL);
}

/* --- what jobs do --- */

static gboolean
fix_mode_work (gpointer data, char **said, GError **error)
{
  return lab_library_fix_mode (((Job *) data)->record, error);
}

static gboolean
library_work (gpointer data, char **said, GError **error)
{
  Job *job = data;

  return lab_library_add_library (job->record, job->record->missing[0], job->text, error);
}

static gboolean
probe_work (gpointer data, char **said, GError **error)
{
  g_autofree char *engine = lab_client_program_path ("engine", "labwright-engine");
  IouHelp help;

  return lab_library_probe (engine, ((Job *) data)->record->path, &help, said, error);
}

static gboolean
role_work (gpointer data, char **said, GError **error)
{
  Job *job = data;

  return lab_library_set_role (job->record->sha256, job->role, error);
}

static gboolean
release_work (gpointer data, char **said, GError **error)
{
  Job *job = data;

  return lab_library_set_release (job->record->sha256, job->text, error);
}

static gboolean
notes_work (gpointer data, char **said, GError **error)
{
  Job *job = data;

  return lab_library_set_notes (job->record->sha256, job->text, error);
}

static gboolean
drop_work (gpointer data, char **said, GError **error)
{
  Job *job = data;

  return lab_library_drop_template (job->record, job->text, error);
}

static gboolean
remove_work (gpointer data, char **said, GError **error)
{
  return lab_library_remove (((Job *) data)->record, error);
}

static gboolean
folder_work (gpointer data, char **said, GError **error)
{
  return lab_library_remove_folder (((Job *) data)->record->folder, error);
}

/* --- helpers for rows --- */

static AdwPreferencesGroup *
add_group (gpointer page, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);

  return group;
}

static GtkWidget *
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);

  return row;
}

static GtkWidget *
add_button (GtkWidget *row, const char *label, GCallback callback, gpointer page)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_signal_connect_object (button, "clicked", callback, page, G_CONNECT_SWAPPED);

  return button;
}

/* --- what mends it --- */

static void
fix_mode_cb (gpointer page)
{
  run (page, fix_mode_work, NULL, LAB_ROLE_UNKNOWN);
}

static void
copy_fix_cb (gpointer page)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (page), record_of (page)->fix);
}

static void
library_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    run (page, library_work, path, LAB_ROLE_UNKNOWN);
}

static void
choose_library_cb (gpointer page)
{
  lab_file_dialog_async (window_of (page), LAB_FILE_DIALOG_OPEN_LIBRARY, NULL, NULL,
                         library_chosen_cb, g_object_ref (page));
}

static void
add_fault (gpointer page, LabImageRecord *record)
{
  AdwPreferencesGroup *group;
  GtkWidget *row;
  GtkWidget *icon;

  if (record->fault == LAB_IMAGE_GOOD)
    return;
  group = add_group (page, _ ("It Cannot Be Started"));
  row = add_row (group, record->fault_text, NULL);
  icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (record->fault == LAB_IMAGE_NOT_EXECUTABLE || record->fault == LAB_IMAGE_UNREADABLE)
    {
      add_button (row,
                  record->fault == LAB_IMAGE_UNREADABLE ? _ ("Make _Readable")
                                                        : _ ("Make _Executable"),
                  G_CALLBACK (fix_mode_cb), page);
      return;
    }
  if (record->fix != NULL)
    {
      row = add_row (group, _ ("As administrator"), record->fix);
      add_button (row, _ ("_Copy Command"), G_CALLBACK (copy_fix_cb), page);
    }
  if (record->missing != NULL && record->missing[0] != NULL)
    {
      row = add_row (group, record->missing[0], _ ("Give it a file of that library"));
      add_button (row, _ ("_Choose File…"), G_CALLBACK (choose_library_cb), page);
    }
}

/* --- what it is --- */

static void
role_cb (AdwComboRow *row, GParamSpec *pspec, gpointer page)
{
  LabImageRole role = LAB_ROLE_ROUTER + adw_combo_row_get_selected (row);

  if (role != record_of (page)->role)
    run (page, role_work, NULL, role);
}

static void
release_cb (GtkWidget *row, gpointer page)
{
  run (page, release_work, gtk_editable_get_text (GTK_EDITABLE (row)), LAB_ROLE_UNKNOWN);
}

static void
notes_cb (GtkWidget *row, gpointer page)
{
  run (page, notes_work, gtk_editable_get_text (GTK_EDITABLE (row)), LAB_ROLE_UNKNOWN);
}

static void
probe_cb (gpointer page)
{
  run (page, probe_work, NULL, LAB_ROLE_UNKNOWN);
}

static GtkWidget *
add_entry (
    AdwPreferencesGroup *group, const char *title, const char *text, GCallback apply, gpointer page)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", apply, page, 0);
  adw_preferences_group_add (group, row);

  return row;
}

static char *
describe_options (LabImageRecord *record)
{
  if (!record->probed)
    return g_strdup (_ ("Not asked yet"));
  if (record->help.ram_default == 0 && record->help.nvram_default == 0 && !record->help.keepalives)
    return g_strdup (_ ("It said nothing that is understood"));

  return g_strdup_printf (
      _ ("%u MB RAM, %u KB NVRAM, %s"), record->help.ram_default, record->help.nvram_default,
      record->help.keepalives ? _ ("layer-1 keepalives") : _ ("no layer-1 keepalives"));
}

static void
add_what (gpointer page, LabImageRecord *record)
{
  const char *const roles[] = { lab_image_role_get_title (LAB_ROLE_ROUTER),
                                lab_image_role_get_title (LAB_ROLE_SWITCH),
                                lab_image_role_get_title (LAB_ROLE_HOST), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (roles);
  AdwPreferencesGroup *group = add_group (page, _ ("What It Is"));
  g_autofree char *options = describe_options (record);
  GtkWidget *role = adw_combo_row_new ();
  GtkWidget *release;
  GtkWidget *notes;
  GtkWidget *row;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (role), _ ("Role"));
  if (!record->role_said)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (role), _ ("Guessed; correct it if it is wrong"));
  adw_combo_row_set_model (ADW_COMBO_ROW (role), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (role), record->role - LAB_ROLE_ROUTER);
  g_signal_connect_object (role, "notify::selected", G_CALLBACK (role_cb), page, 0);
  adw_preferences_group_add (group, role);
  release = add_entry (group, record->release_said ? _ ("Release") : _ ("Release (guessed)"),
                       record->release, G_CALLBACK (release_cb), page);
  notes =
      add_entry (group, _ ("Notes, as known limits"), record->notes, G_CALLBACK (notes_cb), page);
  row = add_row (group, _ ("By Itself"), options);
  gtk_widget_set_sensitive (add_button (row, _ ("As_k It"), G_CALLBACK (probe_cb), page),
                            record->fault == LAB_IMAGE_GOOD);
  /* What is said of it is kept by its checksum. */
  gtk_widget_set_sensitive (role, record->sha256 != NULL);
  gtk_widget_set_sensitive (release, record->sha256 != NULL);
  gtk_widget_set_sensitive (notes, record->sha256 != NULL);
}

/* --- templates --- */

static void
add_template_cb (gpointer page)
{
  lab_template_dialog_present (window_of (page), record_of (page), NULL);
}

static void
edit_template_cb (GtkWidget *button, gpointer page)
{
  LabImageTemplate *template = lab_image_record_find_template (
      record_of (page), g_object_get_data (G_OBJECT (button), "template"));

  if (template != NULL)
    lab_template_dialog_present (window_of (page), record_of (page), template);
}

static void
drop_template_cb (GtkWidget *button, gpointer page)
{
  run (page, drop_work, g_object_get_data (G_OBJECT (button), "template"), LAB_ROLE_UNKNOWN);
}

static void
add_template_button (GtkWidget *row,
                     const char *icon,
                     const char *label,
                     const char *name,
                     GCallback callback,
                     gpointer page)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "template", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", callback, page, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_templates (gpointer page, LabImageRecord *record)
{
  AdwPreferencesGroup *group = add_group (page, _ ("Templates"));
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  adw_preferences_group_set_description (group, _ ("Each stands among the devices of a lab."));
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_tooltip_text (add, _ ("New Template"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("New Template"), -1);
  gtk_widget_set_sensitive (add, record->sha256 != NULL);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_template_cb), page, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (group, add);
  for (guint i = 0; i < record->templates->len; i++)
    {
      LabImageTemplate *template = g_ptr_array_index (record->templates, i);
      g_autofree char *subtitle =
          g_strdup_printf (_ ("%s; %u Ethernet, %u serial adapters"), template->pattern,
                           template->ethernet, template->serial);
      GtkWidget *row = add_row (group, template->name, subtitle);

      if (record->sha256 == NULL)
        continue;
      add_template_button (row, "document-edit-symbolic", _ ("Edit"), template->name,
                           G_CALLBACK (edit_template_cb), page);
      if (record->has_templates)
        add_template_button (row, "user-trash-symbolic", _ ("Remove"), template->name,
                             G_CALLBACK (drop_template_cb), page);
    }
}

/* --- the file --- */

static void
remove_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autofree char *answer = lab_ask_finish (result);

  if (g_strcmp0 (answer, "delete") == 0)
    run (page, remove_work, NULL, LAB_ROLE_UNKNOWN);
}

static void
remove_cb (gpointer page)
{
  static const LabAskAnswer answers[] = {
    { "cancel", N_ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "delete", N_ ("_Delete"), ADW_RESPONSE_DESTRUCTIVE },
  };
  LabAskAnswer translated[G_N_ELEMENTS (answers)];
  g_autofree char *body = g_strdup_printf (
      _ ("The file %s is deleted. What you said of the image stays, should it come "
         "back."),
      record_of (page)->path);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      translated[i] = answers[i];
      translated[i].label = _ (answers[i].label);
    }
  lab_ask_async (window_of (page), _ ("Delete the Image?"), body, NULL, translated,
                 G_N_ELEMENTS (translated), "cancel", remove_answered_cb, g_object_ref (page));
}

static void
take_out_cb (gpointer page)
{
  run (page, folder_work, NULL, LAB_ROLE_UNKNOWN);
}

static void
add_file (gpointer page, LabImageRecord *record)
{
  AdwPreferencesGroup *group = add_group (page, _ ("File"));
  GtkWidget *row;

  row = add_row (group, _ ("Place"), record->path);
  if (record->own)
    gtk_widget_add_css_class (add_button (row, _ ("_Delete…"), G_CALLBACK (remove_cb), page),
                              "destructive-action");
  else
    gtk_widget_set_tooltip_text (
        add_button (row, _ ("_Take Folder Out"), G_CALLBACK (take_out_cb), page),
        _ ("The library no longer looks into this folder; nothing in it is touched"));
  add_row (group, "SHA-256", record->sha256 != NULL ? record->sha256 : _ ("Not read yet"));
}

/* --- an image of ours --- */

static void
add_open (gpointer page, const LabOpenImage *image)
{
  AdwPreferencesGroup *group = add_group (page, lab_open_image_get_title (image));
  g_autofree char *memory = lab_open_image_dup_memory (image);

  adw_preferences_group_set_description (group, _ ("Comes with Labwright."));
  add_row (group, _ ("What It Is For"), lab_open_image_get_purpose (image));
  add_row (group, _ ("What It Can Do"), lab_open_image_get_abilities (image));
  add_row (group, _ ("Memory of Each Device"), memory);
}

GtkWidget *
lab_image_page_new (LabImageFile *file)
{
  GtkWidget *page = adw_preferences_page_new ();
  LabImageRecord *record = lab_image_file_get_record (file);
  const LabOpenImage *image = lab_open_image_find (lab_image_file_get_name (file));

  if (record == NULL)
    {
      if (image != NULL)
        add_open (page, image);
      return page;
    }
  g_object_set_data_full (G_OBJECT (page), "record", lab_image_record_ref (record),
                          (GDestroyNotify) lab_image_record_unref);
  add_fault (page, record);
  add_what (page, record);
  add_templates (page, record);
  add_file (page, record);

  return page;
}
