/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a lab's file, or a recovery copy, in a thread. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include "lab-file.h"
#include "lab-session-private.h"

typedef struct
{
  char *path;
  LabStamp stamp;
  LabTopology *topology;
  LabRecovery *recovery; /* (nullable): what an earlier window left */
} OpenJob;

static void
open_job_free (OpenJob *job)
{
  g_free (job->path);
  g_clear_object (&job->topology);
  g_clear_pointer (&job->recovery, lab_recovery_unref);
  g_free (job);
}

static void
start_job (OpenJob *job,
           GTaskThreadFunc func,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, func);
  g_task_set_task_data (task, job, (GDestroyNotify) open_job_free);
  g_task_run_in_thread (task, func);
}

/* The job that @func has done, which the result owns; NULL if it failed. */
static OpenJob *
finish_job (GAsyncResult *result, GTaskThreadFunc func, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, func), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_task_get_task_data (G_TASK (result));
}

static LabSession *
make_session (OpenJob *job, const char *path, const LabStamp *stamp)
{
  LabSession *self = lab_session_new (job->topology, path);

  lab_session_set_stamp (self, stamp);
  lab_session_take_saved_ids (self, NULL);
  return self;
}

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
find_recovery (OpenJob *job)
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
  OpenJob *job = task_data;
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
  OpenJob *job;

  g_return_if_fail (path != NULL);

  job = g_new0 (OpenJob, 1);
  job->path = g_strdup (path);
  start_job (job, load_in_thread, cancellable, callback, user_data);
}

LabSession *
lab_session_load_finish (GAsyncResult *result, GError **error)
{
  OpenJob *job = finish_job (result, load_in_thread, error);
  LabSession *self;

  if (job == NULL)
    return NULL;
  self = make_session (job, job->path, &job->stamp);
  self->recovery = g_steal_pointer (&job->recovery);
  lab_session_purge_trash (self);
  return self;
}

static void
load_recovery_in_thread (GTask *task,
                         gpointer source,
                         gpointer task_data,
                         GCancellable *cancellable)
{
  OpenJob *job = task_data;
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
  OpenJob *job;

  g_return_if_fail (recovery != NULL);

  job = g_new0 (OpenJob, 1);
  job->recovery = lab_recovery_ref (recovery);
  start_job (job, load_recovery_in_thread, cancellable, callback, user_data);
}

LabSession *
lab_session_load_recovery_finish (GAsyncResult *result, GError **error)
{
  OpenJob *job = finish_job (result, load_recovery_in_thread, error);
  LabSession *self;

  if (job == NULL)
    return NULL;
  self = make_session (job, lab_recovery_get_path (job->recovery),
                       lab_recovery_get_stamp (job->recovery));
  self->unsaved = TRUE;
  lab_session_recovery_adopt (self, job->recovery);
  return self;
}
