/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking the document from a file again, as one step that can be undone: the lab's own file, or a
 * recovery copy. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-file.h"
#include "lab-session-private.h"

typedef struct
{
  char *path;
  LabStamp stamp;
  LabTopology *topology;
} Reload;

static void
reload_free (Reload *reload)
{
  g_free (reload->path);
  g_clear_object (&reload->topology);
  g_free (reload);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reload *reload = task_data;
  GError *error = NULL;

  lab_stamp_read (&reload->stamp, reload->path);
  reload->topology = lab_file_load (reload->path, &error);
  if (reload->topology != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
read_async (LabSession *self, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Reload *reload = g_new0 (Reload, 1);

  reload->path = g_strdup (path);
  g_task_set_source_tag (task, read_async);
  g_task_set_task_data (task, reload, (GDestroyNotify) reload_free);
  g_task_run_in_thread (task, read_in_thread);
}

static gboolean
become (LabSession *self, LabTopology *topology, const char *label, GError **error)
{
  g_autoptr (LabEdit) edit = lab_edit_new_become (topology, label);

  return lab_history_apply (self->history, edit, error);
}

static void
reverted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LabSession *self = LAB_SESSION (object);
  Reload *reload = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  lab_session_know_nodes (self, reload->topology);
  if (!become (self, reload->topology, _ ("Revert to the file"), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  lab_session_take_saved_ids (self, NULL);
  lab_session_set_stamp (self, &reload->stamp);
  lab_history_mark_saved (self->history);
  lab_session_set_unsaved (self, FALSE);
  lab_session_say (self, LAB_SESSION_UNDO, _ ("The lab is as in its file"), NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * lab_session_revert_async:
 * @self: a session
 *
 * Reads the file again. The document becomes what is there, as one step; what is in both keeps its
 * objects, and devices that run go on.
 */
void
lab_session_revert_async (LabSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LAB_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lab_session_revert_async);
  if (self->path == NULL)
    g_task_return_new_error (task, LAB_SESSION_FAILURE, LAB_SESSION_FAILURE_NO_PATH,
                             _ ("The lab has no file yet."));
  else
    read_async (self, self->path, reverted_cb, g_steal_pointer (&task));
}

gboolean
lab_session_revert_finish (LabSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LabSession *self = LAB_SESSION (object);
  Reload *reload = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error) && self->recovery != NULL &&
      become (self, reload->topology, _ ("Restore unsaved changes"), &error))
    {
      lab_session_recovery_adopt (self, self->recovery);
      lab_session_recovery_decided (self);
      lab_session_say (self, LAB_SESSION_UNDO, _ ("Unsaved changes restored"), NULL);
    }
  else if (error != NULL)
    lab_session_say (self, LAB_SESSION_ERROR, error->message, NULL);
}

/**
 * lab_session_restore:
 * @self: a session with an older recovery copy
 *
 * The document becomes what the copy says, as one step. The copy goes when that is done.
 */
void
lab_session_restore (LabSession *self)
{
  g_return_if_fail (LAB_IS_SESSION (self));

  if (self->recovery != NULL)
    read_async (self, lab_recovery_get_copy_path (self->recovery), restored_cb, NULL);
}
