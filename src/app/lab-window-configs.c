/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of configurations, in and out. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-ask.h"
#include "lab-config-files.h"
#include "lab-file-dialog.h"
#include "lab-import-window.h"
#include "lab-window-private.h"

#define MAX_NAMED 8

/* A window that waits for something about its lab. */
typedef struct
{
  LabWindow *window;
  char *folder;
} Work;

static Work *
work_new (LabWindow *window, const char *folder)
{
  Work *work = g_new0 (Work, 1);

  work->window = g_object_ref (window);
  work->folder = g_strdup (folder);
  return work;
}

static void
work_free (Work *work)
{
  g_object_unref (work->window);
  g_free (work->folder);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* (transfer full) (nullable): the dialog was closed, or the window is */
static char *
chosen_folder (LabWindow *self, GAsyncResult *result)
{
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (file == NULL || self->session == NULL)
    return NULL;
  if (path == NULL)
    lab_window_say (self, LAB_SESSION_ERROR, _ ("Only folders on this computer can be used"), NULL);
  return g_steal_pointer (&path);
}

static void
ask_folder (LabWindow *self, LabFileDialogKind kind, GAsyncReadyCallback callback)
{
  const char *path = lab_session_get_path (self->session);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;

  lab_inspector_commit (self->inspector);
  lab_file_dialog_async (GTK_WINDOW (self), kind, NULL, folder, callback, NULL);
}

/* --- in --- */

static void
scanned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  LabWindow *self = work->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = lab_config_files_scan_finish (result, &error);

  if (self->session == NULL)
    return;
  if (items == NULL)
    lab_window_say (self, LAB_SESSION_ERROR, _ ("The folder could not be read"), error->message);
  else
    lab_import_window_present (GTK_WINDOW (self), self->session, work->folder, items);
}

static void
import_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autofree char *folder = chosen_folder (self, result);

  if (folder != NULL)
    lab_config_files_scan_async (self->session, folder, NULL, scanned_cb, work_new (self, folder));
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask_folder (user_data, LAB_FILE_DIALOG_IMPORT_CONFIGS, import_chosen_cb);
}

/* --- out --- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  int n = lab_config_files_write_finish (result, &error);
  g_autofree char *name = g_filename_display_basename (work->folder);
  g_autofree char *text = NULL;

  if (n < 0)
    {
      lab_window_say (work->window, LAB_SESSION_ERROR,
                      _ ("The configurations could not be written"), error->message);
      return;
    }
  text = g_strdup_printf (
      ngettext ("%d configuration saved in “%s”", "%d configurations saved in “%s”", (gulong) n), n,
      name);
  lab_window_say (work->window, LAB_SESSION_INFO, text, NULL);
}

static void
write_files (Work *work)
{
  lab_config_files_write_async (work->window->session, work->folder, written_cb, work);
}

static void
replace_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autofree char *answer = lab_ask_finish (result);

  if (g_str_equal (answer, "replace") && work->window->session != NULL)
    write_files (g_steal_pointer (&work));
}

static char *
describe_old (char **names)
{
  guint n = g_strv_length (names);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n && i < MAX_NAMED; i++)
    {
      g_autofree char *name = g_filename_display_name (names[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", name);
    }
  if (n > MAX_NAMED)
    {
      g_string_append_c (text, '\n');
      /* Translators: after a list of names, on a line of its own */
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n - MAX_NAMED),
                              n - MAX_NAMED);
    }
  return g_string_free (text, FALSE);
}

static void
ask_to_replace (Work *work, char **names)
{
  LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "replace", _ ("_Replace"), ADW_RESPONSE_DESTRUCTIVE },
  };
  guint n = g_strv_length (names);
  g_autofree char *folder = g_filename_display_basename (work->folder);
  g_autofree char *heading = g_strdup_printf (
      ngettext ("Replace %u File in “%s”?", "Replace %u Files in “%s”?", n), n, folder);
  g_autofree char *body = describe_old (names);

  lab_ask_async (GTK_WINDOW (work->window), heading, body, NULL, answers, G_N_ELEMENTS (answers),
                 "cancel", replace_asked_cb, work);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  LabWindow *self = work->window;
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_auto (GStrv) names = lab_config_files_find_old_finish (result, &n, &error);

  if (self->session == NULL)
    return;
  if (names == NULL)
    lab_window_say (self, LAB_SESSION_ERROR, _ ("The configurations could not be written"),
                    error->message);
  else if (n == 0)
    lab_window_say (self, LAB_SESSION_INFO, _ ("No device has saved a configuration yet"), NULL);
  else if (names[0] != NULL)
    ask_to_replace (g_steal_pointer (&work), names);
  else
    write_files (g_steal_pointer (&work));
}

static void
export_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autofree char *folder = chosen_folder (self, result);

  if (folder != NULL)
    lab_config_files_find_old_async (self->session, folder, looked_cb, work_new (self, folder));
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask_folder (user_data, LAB_FILE_DIALOG_EXPORT_CONFIGS, export_chosen_cb);
}

/* --- set-up --- */

static void
update_actions (LabWindow *self)
{
  gboolean any = lab_session_get_n_devices (self->session) > 0;

  lab_window_enable (self, "import-configs", any);
  lab_window_enable (self, "export-configs", any);
}

void
lab_window_configs_attach (LabWindow *self)
{
  static const GActionEntry entries[] = {
    { "import-configs", import_cb },
    { "export-configs", export_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->session, "notify::n-devices", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
}
