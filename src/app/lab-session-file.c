/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of a session: opening it and saving it.
 *
 * The disk is only touched in threads. The document may only be looked at in the main thread: it is
 * written down there, and the thread gets the text. The history is marked as saved where the text
 * was taken; until the text is on the disk, "unsaved" keeps the lab modified all the same. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-file.h"
#include "lab-session-private.h"

typedef struct
{
  char *path;
  char *text;
  gsize length;
  LabStamp stamp;
  LabTopology *topology;
  gboolean was_unsaved;
  gboolean replaces;     /* the file must still be as @stamp says */
  GHashTable *ids;       /* (nullable): of the devices in @text */
  LabRecovery *recovery; /* (nullable): what an earlier window left */
} FileJob;

static void
file_job_free (FileJob *job)
{
  g_free (job->path);
  g_free (job->text);
  g_clear_object (&job->topology);
  g_clear_pointer (&job->ids, g_hash_table_unref);
  g_clear_pointer (&job->recovery, lab_recovery_unref);
  g_free (job);
}

G_DEFINE_QUARK (lab - session - failure, lab_session_failure)

/* --- opening --- */

/* What is in the file already is no unsaved change: the window ended between saving and tidying. */
static gboolean
is_in_file (LabRecovery *recovery, LabTopology *topology)
{
  g_autofree char *text = lab_file_to_string (topology, NULL);
  g_autofree char *copy = NULL;

  return g_file_get_contents (lab_recovery_get_copy_path (recovery), &copy, NULL, NULL) &&
         g_str_equal (text, copy);
}

/* The newest; older ones are found the next time. */
static void
find_recovery (FileJob *job)
{
  g_autoptr (GPtrArray) copies = lab_recovery_list (lab_topology_get_uuid (job->topology));

  for (guint i = 0; i < copies->len && job->recovery == NULL; i++)
    {
      LabRecovery *recovery = g_ptr_array_index (copies, i);

      if (is_in_file (recovery, job->topology))
        lab_recovery_discard (recovery);
      else
        job->recovery = lab_recovery_ref (recovery);
    }
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FileJob *job = task_data;
  GError *error = NULL;

  /* Before the file is read: a change in between is a change. */
  lab_stamp_read (&job->stamp, job->path);
  job->topology = lab_file_load (job->path, &error);
  if (job->topology == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  find_recovery (job);
  g_task_return_boolean (task, TRUE);
}

/**
 * lab_session_load_async:
 * @path: a lab file
 *
 * Reads a lab file in a thread, and makes a session of it.
 */
void
lab_session_load_async (const char *path,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FileJob *job;

  g_return_if_fail (path != NULL);

  job = g_new0 (FileJob, 1);
  job->path = g_strdup (path);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lab_session_load_async);
  g_task_set_task_data (task, job, (GDestroyNotify) file_job_free);
  g_task_run_in_thread (task, load_in_thread);
}

LabSession *
lab_session_load_finish (GAsyncResult *result, GError **error)
{
  LabSession *self;
  FileJob *job;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  self = lab_session_new (job->topology, job->path);
  lab_session_set_stamp (self, &job->stamp);
  self->recovery = g_steal_pointer (&job->recovery);
  lab_session_take_saved_ids (self, NULL);

  return self;
}

static void
load_recovery_in_thread (GTask *task,
                         gpointer source,
                         gpointer task_data,
                         GCancellable *cancellable)
{
  FileJob *job = task_data;
  GError *error = NULL;

  job->topology = lab_file_load (lab_recovery_get_copy_path (job->recovery), &error);
  if (job->topology != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * lab_session_load_recovery_async:
 * @recovery: a copy that an earlier window left
 *
 * Opens a recovery copy: the lab is modified, and saving writes to where it was from. The copy goes
 * when the new session has one of its own.
 */
void
lab_session_load_recovery_async (LabRecovery *recovery,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FileJob *job;

  g_return_if_fail (recovery != NULL);

  job = g_new0 (FileJob, 1);
  job->recovery = lab_recovery_ref (recovery);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lab_session_load_recovery_async);
  g_task_set_task_data (task, job, (GDestroyNotify) file_job_free);
  g_task_run_in_thread (task, load_recovery_in_thread);
}

LabSession *
lab_session_load_recovery_finish (GAsyncResult *result, GError **error)
{
  LabSession *self;
  FileJob *job;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  job = g_task_get_task_data (G_TASK (result));
  self = lab_session_new (job->topology, lab_recovery_get_path (job->recovery));
  lab_session_set_stamp (self, lab_recovery_get_stamp (job->recovery));
  lab_session_take_saved_ids (self, NULL);
  self->unsaved = TRUE;
  lab_session_recovery_adopt (self, job->recovery);

  return self;
}

/* --- saving --- */

static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  FileJob *job = task_data;
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
  if (!lab_file_save_text (job->text, job->length, job->path, &error))
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

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data; /* the caller's */
  LabSession *self = LAB_SESSION (object);
  FileJob *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      lab_session_set_stamp (self, &job->stamp);
      lab_session_take_saved_ids (self, job->ids);
      lab_session_set_unsaved (self, FALSE);
      lab_session_set_path (self, job->path);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      lab_session_set_unsaved (self, job->was_unsaved);
      g_task_return_error (task, error);
    }
  next_save (self);
}

/* Takes over @task. */
static void
save_now (GTask *task)
{
  LabSession *self = g_task_get_source_object (task);
  const char *path = g_task_get_task_data (task);
  g_autoptr (GTask) work = NULL;
  FileJob *job = g_new0 (FileJob, 1);

  job->path = path != NULL ? g_canonicalize_filename (path, NULL) : g_strdup (self->path);
  job->text = lab_file_to_string (self->topology, &job->length);
  job->stamp = self->stamp;
  job->replaces = g_strcmp0 (job->path, self->path) == 0 && !self->overwrites;
  job->ids = lab_session_list_ids (self);
  job->was_unsaved = lab_session_get_modified (self);

  self->saving = TRUE;
  lab_session_set_unsaved (self, job->was_unsaved);
  lab_history_mark_saved (self->history);
  work = g_task_new (self, NULL, saved_cb, task);
  g_task_set_source_tag (work, save_now);
  g_task_set_task_data (work, job, (GDestroyNotify) file_job_free);
  g_task_run_in_thread (work, save_in_thread);
}

/**
 * lab_session_save_async:
 * @path: (nullable): where to; %NULL: where it is from
 *
 * Saves the lab as it is now. A file that another program changed since is not overwritten: the
 * answer is %LAB_SESSION_FAILURE_CHANGED, and lab_session_accept_file() makes the next one go
 * through.
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
