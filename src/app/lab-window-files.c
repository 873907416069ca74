/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window and files: open, save, and files dropped on the window. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-app-settings.h"
#include "lab-application.h"
#include "lab-ask.h"
#include "lab-file-dialog.h"
#include "lab-image-work.h"
#include "lab-new-lab.h"
#include "lab-panel-edit.h"
#include "lab-recent.h"
#include "lab-window-private.h"

/* --- open --- */

/* @session: (nullable): it could not be loaded */
static void
take_session (LabWindow *self, LabSession *session, const GError *error)
{
  g_clear_object (&self->opening);
  /* It was closed while the file was read. */
  if (self->stack == NULL)
    return;
  if (session == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "start");
      lab_window_say (self, LAB_SESSION_ERROR, _ ("The lab could not be opened"), error->message);
      return;
    }
  lab_recent_add (lab_session_get_path (session));
  lab_window_set_session (self, session);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSession) session = lab_session_load_finish (result, &error);

  take_session (self, session, error);
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LabSession) session = lab_session_load_recovery_finish (result, &error);

  take_session (self, session, error);
}

void
lab_window_recover_cb (LabWindow *self, LabRecovery *recovery)
{
  if (self->session != NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  lab_session_load_recovery_async (recovery, NULL, recovered_cb, g_object_ref (self));
}

void
lab_window_open (LabWindow *self, GFile *file)
{
  g_autofree char *path = NULL;

  g_return_if_fail (LAB_IS_WINDOW (self));
  g_return_if_fail (self->session == NULL);

  path = g_file_get_path (file);
  if (path == NULL)
    {
      lab_window_say (self, LAB_SESSION_ERROR, _ ("Only files on this computer can be opened"),
                      NULL);
      return;
    }
  g_set_object (&self->opening, file);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  lab_session_load_async (path, NULL, loaded_cb, g_object_ref (self));
}

void
lab_window_begin (LabWindow *self)
{
  g_autoptr (LabTopology) topology = lab_new_lab (_ ("Untitled Lab"), lab_app_settings ());
  g_autoptr (LabSession) session = lab_session_new (topology, NULL);

  lab_window_set_session (self, session);
}

/* --- save --- */

static void written_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
overwrite_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = lab_ask_finish (result);

  if (!g_str_equal (answer, "overwrite"))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  lab_notice_withdraw (self->notice, LAB_NOTICE_FILE_CHANGED);
  lab_session_accept_file (self->session);
  lab_session_save_async (self->session, NULL, written_cb, g_steal_pointer (&task));
}

static void
ask_to_overwrite (LabWindow *self, GTask *task)
{
  LabAskAnswer answers[] = {
    { "cancel", _ ("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "overwrite", _ ("_Overwrite"), ADW_RESPONSE_DESTRUCTIVE },
  };

  lab_ask_async (GTK_WINDOW (self), _ ("Overwrite the File?"),
                 _ ("Another program changed the file since it was opened here. What that program "
                    "wrote would be lost."),
                 NULL, answers, G_N_ELEMENTS (answers), "cancel", overwrite_cb,
                 g_object_ref (task));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!lab_session_save_finish (LAB_SESSION (source), result, &error))
    {
      if (g_error_matches (error, LAB_SESSION_FAILURE, LAB_SESSION_FAILURE_CHANGED))
        ask_to_overwrite (g_task_get_source_object (task), task);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  lab_recent_add (lab_session_get_path (LAB_SESSION (source)));
  g_task_return_boolean (task, TRUE);
}

/* A lab that nobody has named is called what its first file is called. */
static void
name_after_file (LabWindow *self, const char *path)
{
  g_autofree char *name = NULL;

  if (lab_session_get_path (self->session) != NULL ||
      !g_str_equal (lab_session_get_title (self->session), _ ("Untitled Lab")))
    return;
  name = g_path_get_basename (path);
  name[strlen (name) - strlen (".lab")] = '\0';
  if (*name != '\0')
    lab_panel_set_lab (self->session, "name", lab_panel_string (name));
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autoptr (GTask) task = user_data;
  const char *path = g_task_get_task_data (task);

  /* It was closed meanwhile, or the user thought better of it. */
  if (!lab_window_take_finish (self, result) || self->session == NULL)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  if (path != NULL)
    name_after_file (self, path);
  lab_session_save_async (self->session, path, written_cb, g_steal_pointer (&task));
}

/* Takes over @task. @path: (nullable): where to. */
static void
take_and_write (LabWindow *self, GTask *task, const char *path)
{
  g_task_set_task_data (task, g_strdup (path), g_free);
  lab_window_take_async (self, taken_cb, task);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFile) file = lab_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *full = NULL;

  if (path == NULL)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  full = g_str_has_suffix (path, ".lab") ? g_strdup (path) : g_strconcat (path, ".lab", NULL);
  take_and_write (self, g_steal_pointer (&task), full);
}

/* A file name out of the lab's name: "Campus" gives "campus.lab". (transfer full) */
static char *
propose_name (LabSession *session)
{
  g_autofree char *lower = g_utf8_strdown (lab_session_get_title (session), -1);
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (name, c);
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
    }
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);

  return g_strconcat (name->len > 0 ? name->str : "lab", ".lab", NULL);
}

void
lab_window_save_async (LabWindow *self,
                       gboolean as,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  const char *path = lab_session_get_path (self->session);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autofree char *name = NULL;

  g_task_set_source_tag (task, lab_window_save_async);
  lab_inspector_commit (self->inspector);
  if (path != NULL && !as)
    {
      take_and_write (self, task, NULL);
      return;
    }
  if (path != NULL)
    {
      file = g_file_new_for_path (path);
      folder = g_file_get_parent (file);
      name = g_file_get_basename (file);
    }
  else
    name = propose_name (self->session);
  lab_file_dialog_async (GTK_WINDOW (self), LAB_FILE_DIALOG_SAVE_LAB, name, folder, place_chosen_cb,
                         task);
}

gboolean
lab_window_save_finish (LabWindow *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (!lab_window_save_finish (self, result, &error) && error != NULL)
    lab_window_say (self, LAB_SESSION_ERROR, _ ("The lab could not be saved"), error->message);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lab_window_save_async (user_data, FALSE, saved_cb, NULL);
}

static void
save_as_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lab_window_save_async (user_data, TRUE, saved_cb, NULL);
}

/* --- closing by action, dropped files --- */

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (user_data);
}

/* A picture, dropped where the canvas is. */
static gboolean
drop_picture (LabWindow *self, GFile *file, double x, double y)
{
  double canvas_x;
  double canvas_y;

  if (self->canvas == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->canvas)) ||
      !gtk_widget_translate_coordinates (GTK_WIDGET (self), GTK_WIDGET (self->canvas), x, y,
                                         &canvas_x, &canvas_y))
    return FALSE;
  lab_canvas_widget_to_world (self->canvas, canvas_x, canvas_y, &x, &y);
  lab_window_insert_picture (self, file, x, y);

  return TRUE;
}

static void
images_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LabWindow *self = LAB_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  if (lab_image_work_finish (result, &said, &error))
    lab_window_say (self, LAB_SESSION_INFO, said, NULL);
  else
    lab_window_say (self, LAB_SESSION_ERROR, _ ("Not added to the images"), error->message);
}

static gboolean
drop_cb (LabWindow *self, const GValue *value, double x, double y, GtkDropTarget *target)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GSList *files = g_value_get_boxed (value);
  g_autoptr (GSList) images = NULL;
  gboolean taken = FALSE;

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *name = g_file_get_basename (l->data);
      g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);

      if (g_str_has_suffix (name, ".lab") || g_str_has_suffix (name, ".labz"))
        {
          lab_application_open_file (LAB_APPLICATION (application), l->data, GTK_WINDOW (self));
          taken = TRUE;
        }
      else if (g_content_type_is_a (type, "image/*"))
        taken |= drop_picture (self, l->data, x, y);
      else if (lab_image_is_wanted (l->data))
        images = g_slist_append (images, l->data);
    }
  if (images != NULL)
    {
      lab_image_add_async (self, images, images_added_cb, NULL);
      taken = TRUE;
    }
  if (!taken)
    lab_window_say (self, LAB_SESSION_INFO,
                    _ ("Drop a .lab file here to open it, or images to add them"), NULL);

  return taken;
}

/* --- set-up --- */

static const GActionEntry entries[] = {
  { "save", save_cb },
  { "save-as", save_as_cb },
};

void
lab_window_files_init (LabWindow *self)
{
  static const GActionEntry close[] = { { "close-lab", close_cb } };
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self), close, G_N_ELEMENTS (close), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    lab_window_enable (self, entries[i].name, FALSE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
lab_window_files_attach (LabWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    lab_window_enable (self, entries[i].name, TRUE);
}
