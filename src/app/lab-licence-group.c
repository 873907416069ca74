/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The iourc in the preferences. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-file-dialog.h"
#include "lab-image-work.h"
#include "lab-library.h"
#include "lab-licence-group.h"
#include "lab-licence-store.h"

struct _LabLicenceGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *state;
  GtkWidget *remove;
  GtkWidget *dialogue;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (LabLicenceGroup, lab_licence_group, ADW_TYPE_PREFERENCES_GROUP)

/* What the thread found. */
typedef struct
{
  char *sentence;
  gboolean own;
  gboolean declines;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->sentence);
  g_free (found);
}

static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Found *found = g_new0 (Found, 1);
  g_autofree char *own = lab_licence_dup_path ();
  g_autofree char *path = NULL;
  g_autoptr (LabLibrary) library = lab_library_load (NULL);

  lab_licence_get_state (&path, &found->sentence);
  found->own = g_strcmp0 (path, own) == 0;
  found->declines = library != NULL && lab_library_get_dialogue (library) == LAB_DIALOGUE_NO;
  g_task_return_pointer (task, found, found_free);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabLicenceGroup *self = LAB_LICENCE_GROUP (source);
  Found *found = g_task_propagate_pointer (G_TASK (result), NULL);

  self->showing = TRUE;
  adw_action_row_set_subtitle (self->state, found->sentence);
  gtk_widget_set_sensitive (self->remove, found->own);
  gtk_switch_set_active (GTK_SWITCH (self->dialogue), found->declines);
  self->showing = FALSE;
  found_free (found);
}

void
lab_licence_group_refresh (LabLicenceGroup *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LAB_IS_LICENCE_GROUP (self));

  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_source_tag (task, lab_licence_group_refresh);
  g_task_run_in_thread (task, look_thread);
}

static GtkWindow *
window_of (LabLicenceGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabLicenceGroup *self = LAB_LICENCE_GROUP (source);
  g_autoptr (GError) error = NULL;

  if (!lab_image_work_finish (result, NULL, &error) && window_of (self) != NULL)
    lab_ask_show (window_of (self), _ ("That Did Not Work"), error->message);
  lab_licence_group_refresh (self);
}

/* --- picked, pasted, removed --- */

static gboolean
file_work (gpointer data, char **said, GError **error)
{
  return lab_licence_set_file (data, error);
}

static gboolean
text_work (gpointer data, char **said, GError **error)
{
  return lab_licence_set (data, strlen (data), error);
}

static gboolean
remove_work (gpointer data, char **said, GError **error)
{
  return lab_licence_remove (error);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabLicenceGroup) self = user_data;
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    lab_image_work_async (self, file_work, path, g_free, worked_cb, NULL);
}

static void
choose_cb (LabLicenceGroup *self)
{
  lab_file_dialog_async (window_of (self), LAB_FILE_DIALOG_OPEN_LICENCE, NULL, NULL, chosen_cb,
                         g_object_ref (self));
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabLicenceGroup) self = user_data;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text != NULL)
    lab_image_work_async (self, text_work, text, g_free, worked_cb, NULL);
  else if (window_of (self) != NULL)
    lab_ask_show (window_of (self), _ ("That Did Not Work"), _ ("The clipboard holds no text."));
}

static void
paste_cb (LabLicenceGroup *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, text_cb,
                                 g_object_ref (self));
}

static void
remove_cb (LabLicenceGroup *self)
{
  lab_image_work_async (self, remove_work, NULL, NULL, worked_cb, NULL);
}

/* --- the dialogue --- */

static gboolean
dialogue_work (gpointer data, char **said, GError **error)
{
  return lab_library_set_dialogue (GPOINTER_TO_INT (data), error);
}

static void
dialogue_cb (LabLicenceGroup *self)
{
  gboolean declines = gtk_switch_get_active (GTK_SWITCH (self->dialogue));

  if (!self->showing)
    lab_image_work_async (self, dialogue_work,
                          GINT_TO_POINTER (declines ? LAB_DIALOGUE_NO : LAB_DIALOGUE_LEAVE), NULL,
                          worked_cb, NULL);
}

/* --- set-up --- */

static void
lab_licence_group_class_init (LabLicenceGroupClass *klass)
{
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, GCallback callback, LabLicenceGroup *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_box_append (GTK_BOX (box), button);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

static void
add_buttons (LabLicenceGroup *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  add_button (box, _ ("_Choose File…"), G_CALLBACK (choose_cb), self);
  add_button (box, _ ("_Paste"), G_CALLBACK (paste_cb), self);
  self->remove = add_button (box, _ ("_Remove"), G_CALLBACK (remove_cb), self);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
add_dialogue (LabLicenceGroup *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->dialogue = gtk_switch_new ();
  gtk_widget_set_valign (self->dialogue, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 _ ("Decline the Initial Configuration Dialogue"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Answers “no” once in each run; a template can say otherwise"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->dialogue);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->dialogue);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (self->dialogue, "notify::active", G_CALLBACK (dialogue_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
lab_licence_group_init (LabLicenceGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("IOU Images"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      _ ("Your iourc stays in your configuration, readable to you alone, and is shown to images in "
         "their sandbox. It never goes into a lab."));
  self->state = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state), _ ("Licence File (iourc)"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->state), FALSE);
  adw_action_row_set_subtitle_lines (self->state, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->state));
  add_buttons (self);
  add_dialogue (self);
  lab_licence_group_refresh (self);
}
