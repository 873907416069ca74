/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lab as a whole, with what its devices have saved: checkpoints, a portable file, a copy to try
 * something on. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-application.h"
#include "lab-checkpoint-window.h"
#include "lab-file-dialog.h"
#include "lab-portable-dialog.h"
#include "lab-window-private.h"

static void
checkpoints_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_inspector_commit (self->inspector);
  lab_checkpoint_window_present (GTK_WINDOW (self), self->session);
}

/* --- a portable file --- */

static void
packed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lab_portable_pack_finish (result, &error))
    lab_window_say (self, LAB_SESSION_INFO, _ ("Portable lab written"), NULL);
  else
    lab_window_say (self, LAB_SESSION_ERROR, _ ("The portable lab could not be written"),
                    error->message);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autoptr (LabPortableChoice) choice = user_data;
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *full = NULL;

  if (path == NULL || self->session == NULL)
    return;
  full = g_str_has_suffix (path, LAB_PORTABLE_SUFFIX)
             ? g_strdup (path)
             : g_strconcat (path, LAB_PORTABLE_SUFFIX, NULL);
  lab_portable_pack_async (self->session, full, choice->flags, choice->captures, packed_cb,
                           g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  LabPortableChoice *choice = lab_portable_dialog_finish (result);
  const char *path;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (choice == NULL || self->session == NULL)
    {
      g_clear_pointer (&choice, lab_portable_choice_free);
      return;
    }
  path = lab_session_get_path (self->session);
  file = path != NULL ? g_file_new_for_path (path) : NULL;
  folder = file != NULL ? g_file_get_parent (file) : NULL;
  base = file != NULL ? g_file_get_basename (file) : g_strdup ("lab");
  if (g_str_has_suffix (base, ".lab"))
    base[strlen (base) - strlen (".lab")] = '\0';
  name = g_strconcat (base, LAB_PORTABLE_SUFFIX, NULL);
  lab_file_dialog_async (GTK_WINDOW (self), LAB_FILE_DIALOG_SAVE_PORTABLE, name, folder,
                         place_chosen_cb, choice);
}

static void
pack_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_inspector_commit (self->inspector);
  lab_portable_dialog_async (GTK_WINDOW (self), chosen_cb, NULL);
}

/* --- a copy --- */

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = lab_portable_copy_finish (result, &error);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (file == NULL)
    lab_window_say (self, LAB_SESSION_ERROR, _ ("The lab could not be copied"), error->message);
  else if (application != NULL)
    lab_application_open_file (LAB_APPLICATION (application), file, NULL);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LabWindow *self = user_data;

  lab_inspector_commit (self->inspector);
  lab_portable_copy_async (self->session, copied_cb, g_object_ref (self));
}

/* --- set-up --- */

static void
update_actions (LabWindow *self)
{
  lab_window_enable (self, "try-copy", lab_session_get_path (self->session) != NULL);
}

void
lab_window_state_attach (LabWindow *self)
{
  static const GActionEntry entries[] = {
    { "checkpoints", checkpoints_cb },
    { "pack", pack_cb },
    { "try-copy", copy_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->session, "notify::path", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
}
