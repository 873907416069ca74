/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each operation is a task with one description of what is to be done; what needs an engine goes
 * through the same steps: connect, apply, order, and end the engine if it was started for this. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lab-checkpoints.h"
#include "lab-client-paths.h"
#include "lab-file.h"
#include "lab-lent-engine.h"

typedef struct
{
  char *folder; /* S/<uuid> */
  char *uuid;
  char *document; /* the lab as it is now */
  guint number;
  char *name; /* (nullable) */

  /* with an engine */
  LabClient *client;
  gboolean ours; /* for this alone */
  LabTopology *target;
  char *target_document;
  gboolean changed; /* the document, to @target */
  guint result;
  GError *error;
} Job;

static void
job_free (Job *job)
{
  g_free (job->folder);
  g_free (job->uuid);
  g_free (job->document);
  g_free (job->name);
  g_clear_object (&job->client);
  g_clear_object (&job->target);
  g_free (job->target_document);
  g_clear_error (&job->error);
  g_free (job);
}

static GTask *
job_task (LabSession *session,
          guint number,
          const char *name,
          gpointer tag,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  LabTopology *topology = lab_session_get_topology (session);
  g_autofree char *state = lab_client_state_dir ();
  GTask *task = g_task_new (session, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->uuid = g_strdup (lab_topology_get_uuid (topology));
  job->folder = g_build_filename (state, job->uuid, NULL);
  job->document = lab_file_to_string (topology, NULL);
  job->number = number;
  job->name = g_strdup (name);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  return task;
}

static void
return_list (GTask *task, GPtrArray *list, GError *error)
{
  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* --- the list --- */

static void
list_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;

  return_list (task, lab_checkpoint_list (job->folder, &error), error);
}

void
lab_checkpoints_list_async (LabSession *session, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task =
      job_task (session, 0, NULL, lab_checkpoints_list_async, callback, user_data);

  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
lab_checkpoints_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- differences --- */

static void
compare_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  g_autoptr (LabCheckpoint) checkpoint = lab_checkpoint_find (job->folder, job->number, &error);
  g_autofree char *document =
      checkpoint != NULL ? lab_checkpoint_read_document (checkpoint, &error) : NULL;

  return_list (task,
               document != NULL ? lab_state_compare (job->document, job->folder, document,
                                                     checkpoint->path, &error)
                                : NULL,
               error);
}

void
lab_checkpoints_compare_async (LabSession *session,
                               guint number,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task =
      job_task (session, number, NULL, lab_checkpoints_compare_async, callback, user_data);

  g_task_run_in_thread (task, compare_in_thread);
}

GPtrArray *
lab_checkpoints_compare_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- name and end --- */

static void
change_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  g_autoptr (LabCheckpoint) checkpoint = lab_checkpoint_find (job->folder, job->number, &error);

  if (checkpoint != NULL &&
      (job->name != NULL ? lab_checkpoint_rename (checkpoint, job->name, &error)
                         : lab_checkpoint_remove (checkpoint, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lab_checkpoints_change_async (LabSession *session,
                              guint number,
                              const char *name,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task =
      job_task (session, number, name, lab_checkpoints_change_async, callback, user_data);

  g_task_run_in_thread (task, change_in_thread);
}

gboolean
lab_checkpoints_change_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- with an engine --- */

static void
return_result (gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_int (task, job->result);
  g_object_unref (task);
}

/* The devices could not follow. Not if the user has changed something else since. */
static void
take_back (LabSession *session)
{
  LabHistory *history = lab_session_get_history (session);

  if (g_strcmp0 (lab_history_get_undo_label (history), _ ("Go back to a checkpoint")) == 0)
    lab_history_undo (history);
}

/* Takes over @task and @error. */
static void
done (GTask *task, GError *error)
{
  Job *job = g_task_get_task_data (task);

  job->error = error;
  if (error != NULL && job->changed)
    take_back (g_task_get_source_object (task));
  if (job->ours)
    lab_lent_engine_give_back (g_task_get_source_object (task), job->client, return_result, task);
  else
    return_result (task);
}

static void
restored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->result = lab_client_restore_checkpoint_finish (LAB_CLIENT (object), result, &error);
  done (task, error);
}

static void
taken_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->result = lab_client_take_checkpoint_finish (LAB_CLIENT (object), result, &error);
  done (task, error);
}

static void
order (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  if (job->target != NULL)
    lab_client_restore_checkpoint_async (job->client, job->number, job->document, TRUE, NULL,
                                         restored_cb, task);
  else
    lab_client_take_checkpoint_async (job->client, job->name, job->document, NULL, taken_cb, task);
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  if (lab_client_apply_finish (LAB_CLIENT (object), result, NULL, &error))
    order (user_data);
  else
    done (user_data, error);
}

static void
apply (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  lab_client_apply_async (job->client,
                          job->target_document != NULL ? job->target_document : job->document, NULL,
                          applied_cb, task);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  if (lab_client_open_finish (LAB_CLIENT (object), result, &error))
    apply (user_data);
  else
    done (user_data, error);
}

/* Takes over @task. */
static void
with_engine (GTask *task)
{
  LabSession *session = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  LabClient *client = lab_session_get_client (session);

  if (client != NULL)
    {
      job->client = g_object_ref (client);
      apply (task);
      return;
    }
  job->ours = TRUE;
  job->client = lab_client_new (job->uuid, lab_session_get_path (session));
  lab_client_open_async (job->client, LAB_CLIENT_OPEN_SPAWN, NULL, opened_cb, task);
}

void
lab_checkpoints_take_async (LabSession *session,
                            const char *name,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  with_engine (job_task (session, 0, name, lab_checkpoints_take_async, callback, user_data));
}

guint
lab_checkpoints_take_finish (GAsyncResult *result, GError **error)
{
  gssize number = g_task_propagate_int (G_TASK (result), error);

  return number > 0 ? (guint) number : 0;
}

/* --- going back --- */

/* A copy of a lab has the checkpoints of another: the document gets this lab's identity. */
static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  g_autoptr (LabCheckpoint) checkpoint = lab_checkpoint_find (job->folder, job->number, &error);
  g_autofree char *document =
      checkpoint != NULL ? lab_checkpoint_read_document (checkpoint, &error) : NULL;

  if (document != NULL)
    job->target = lab_file_parse (document, strlen (document), checkpoint->path, &error);
  if (job->target == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  lab_topology_set_uuid (job->target, job->uuid);
  job->target_document = lab_file_to_string (job->target, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LabSession *session = LAB_SESSION (object);
  Job *job = g_task_get_task_data (task);
  g_autoptr (LabEdit) edit = NULL;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      edit = lab_edit_new_become (job->target, _ ("Go back to a checkpoint"));
      if (lab_history_apply (lab_session_get_history (session), edit, &error))
        {
          g_autofree char *now = lab_file_to_string (lab_session_get_topology (session), NULL);

          job->changed = !g_str_equal (now, job->document);
          with_engine (task);
          return;
        }
    }
  job->error = error;
  return_result (task);
}

void
lab_checkpoints_restore_async (LabSession *session,
                               guint number,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task =
      job_task (session, number, NULL, lab_checkpoints_restore_async, callback, user_data);
  g_autoptr (GTask) reading = g_task_new (session, NULL, read_cb, task);

  g_task_set_source_tag (reading, read_in_thread);
  g_task_set_task_data (reading, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (reading, read_in_thread);
}

guint
lab_checkpoints_restore_finish (GAsyncResult *result, GError **error)
{
  gssize number = g_task_propagate_int (G_TASK (result), error);

  return number > 0 ? (guint) number : 0;
}
