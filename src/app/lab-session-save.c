/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving.
 *
 * The disk is only touched in threads. The document may only be looked at in the main thread: it is
 * written down there, and the thread gets the text. The history is marked as saved where the text
 * was taken; until the text is on the disk, "unsaved" keeps the lab modified all the same.
 *
 * Saving under another name: the session goes on in the new file. A lab that had no file yet stays
 * what it is. Of one that has a file, the new file is a copy with an identity (uuid) of its own:
 * two files of one identity would fight over one engine and one folder of devices' files. What the
 * devices saved is copied. If the lab runs, its devices run on under the old file, and the session
 * lets go of them: the copy is a lab that does not run yet. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-client-paths.h"
#include "lab-file.h"
#include "lab-session-private.h"
#include "lab-state.h"

typedef struct
{
  char *path;
  char *text;
  gsize length;
  LabStamp stamp;
  gboolean was_unsaved;
  gboolean replaces; /* the file must still be as @stamp says */
  GHashTable *ids;   /* of the devices in @text */

  /* for a copy under another name */
  char *old_path; /* (nullable): there is none, or it is the same */
  char *old_uuid;
  char *new_uuid;
  char *new_text;
  gsize new_length;
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  g_free (job->path);
  g_free (job->text);
  g_hash_table_unref (job->ids);
  g_free (job->old_path);
  g_free (job->old_uuid);
  g_free (job->new_uuid);
  g_free (job->new_text);
  g_free (job);
}

G_DEFINE_QUARK (lab_session_failure, lab_session_failure)

static gboolean
copy_devices (SaveJob *job, GError **error)
{
  g_autofree char *state = lab_client_state_dir ();
  g_autofree char *from = g_build_filename (state, job->old_uuid, NULL);
  g_autofree char *to = g_build_filename (state, job->new_uuid, NULL);

  return lab_state_copy_lab (from, to, job->ids, error);
}

/* The same file under another name (a link) is no copy. */
static gboolean
copy_state (SaveJob *job, GError **error)
{
  if (job->old_path == NULL)
    return TRUE;
  if (lab_client_same_file (job->old_path, job->path))
    {
      g_clear_pointer (&job->old_path, g_free);
      return TRUE;
    }
  g_free (job->text);
  job->text = g_steal_pointer (&job->new_text);
  job->length = job->new_length;

  return copy_devices (job, error);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  SaveJob *job = task_data;
  GError *error = NULL;
  LabStamp now;

  lab_stamp_read (&now, job->path);
  if (job->replaces && !lab_stamp_is_missing (&job->stamp) && !lab_stamp_is_missing (&now) &&
      !lab_stamp_equal (&now, &job->stamp))
    {
      g_task_return_new_error (task, LAB_SESSION_FAILURE, LAB_SESSION_FAILURE_CHANGED,
                               _ ("%s was changed by another program since it was opened."),
                               job->path);
      return;
    }
  if (!copy_state (job, &error) || !lab_file_save_text (job->text, job->length, job->path, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  lab_stamp_read (&job->stamp, job->path);
  g_task_return_boolean (task, TRUE);
}

static void save_now (GTask *task);

static void
next_save (LabSession *self)
{
  self->saving = FALSE;
  if (!g_queue_is_empty (&self->saves))
    save_now (g_queue_pop_head (&self->saves));
}

/* Another lab from here on. */
static void
become_copy (LabSession *self, SaveJob *job)
{
  gboolean ran = self->n_running > 0;
  g_autofree char *text = NULL;

  lab_session_leave_engine (self);
  lab_topology_set_uuid (self->topology, job->new_uuid);
  lab_session_recovery_left (self);
  if (!ran)
    return;
  text = g_strdup_printf (_ ("This is a copy now; the devices of “%s” run on."), job->old_path);
  lab_session_say (self, LAB_SESSION_INFO, text, NULL);
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data; /* the caller's */
  LabSession *self = LAB_SESSION (object);
  SaveJob *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (job->old_path != NULL)
        become_copy (self, job);
      lab_session_set_stamp (self, &job->stamp);
      lab_session_take_saved_ids (self, job->ids);
      lab_session_set_unsaved (self, FALSE);
      lab_session_set_path (self, job->path);
      lab_session_note_settled (self);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      lab_session_set_unsaved (self, job->was_unsaved);
      g_task_return_error (task, error);
    }
  next_save (self);
}

static void
prepare_copy (LabSession *self, SaveJob *job)
{
  job->old_path = g_strdup (self->path);
  job->old_uuid = g_strdup (lab_topology_get_uuid (self->topology));
  job->new_uuid = g_uuid_string_random ();
  job->new_text = lab_file_to_string_as (self->topology, job->new_uuid, &job->new_length);
}

/* Takes over @task. */
static void
save_now (GTask *task)
{
  LabSession *self = g_task_get_source_object (task);
  const char *path = g_task_get_task_data (task);
  g_autoptr (GTask) work = NULL;
  SaveJob *job = g_new0 (SaveJob, 1);

  job->path = path != NULL ? g_canonicalize_filename (path, NULL) : g_strdup (self->path);
  job->text = lab_file_to_string (self->topology, &job->length);
  job->stamp = self->stamp;
  job->replaces = g_strcmp0 (job->path, self->path) == 0 && !self->overwrites;
  job->ids = lab_session_list_ids (self);
  if (self->path != NULL && g_strcmp0 (job->path, self->path) != 0)
    prepare_copy (self, job);
  job->was_unsaved = lab_session_get_modified (self);

  self->saving = TRUE;
  lab_session_set_unsaved (self, job->was_unsaved);
  lab_history_mark_saved (self->history);
  work = g_task_new (self, NULL, saved_cb, task);
  g_task_set_source_tag (work, save_now);
  g_task_set_task_data (work, job, (GDestroyNotify) save_job_free);
  g_task_run_in_thread (work, save_in_thread);
}

/**
 * lab_session_save_async:
 * @path: (nullable): where to; %NULL: where it is from
 *
 * Saves the lab as it is now. A file that another program changed since is not overwritten: the
 * answer is %LAB_SESSION_FAILURE_CHANGED, and lab_session_accept_file() makes the next one go
 * through. Under another name than before this is a copy, a lab of its own.
 */
void
lab_session_save_async (LabSession *self,
                        const char *path,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LAB_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lab_session_save_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  if (path == NULL && self->path == NULL)
    g_task_return_new_error (task, LAB_SESSION_FAILURE, LAB_SESSION_FAILURE_NO_PATH,
                             _ ("The lab has no file yet."));
  else if (path != NULL && self->engine == LAB_SESSION_ENGINE_STARTING)
    g_task_return_new_error (task, LAB_SESSION_FAILURE, LAB_SESSION_FAILURE_RUNNING,
                             _ ("The lab is just being started; save it a moment later."));
  else if (self->saving)
    g_queue_push_tail (&self->saves, g_steal_pointer (&task));
  else
    save_now (g_steal_pointer (&task));
}

gboolean
lab_session_save_finish (LabSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
