/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Putting configurations into devices. Only engines write NVRAM: they know what runs. A lab that
 * does not run gets one for the purpose, which ends again. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-file.h"
#include "lab-lent-engine.h"
#include "lab-saved-put.h"

typedef struct
{
  LabPutConfigs *job;
  LabClient *client; /* (nullable) */
  gboolean lent;     /* it is not the session's */
  gulong done_id;
} Work;

static void
work_free (Work *work)
{
  g_clear_signal_handler (&work->done_id, work->job);
  g_object_unref (work->job);
  g_clear_object (&work->client);
  g_free (work);
}

static void
return_result (gpointer user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autofree char *failures = lab_put_configs_dup_failures (work->job);

  if (failures == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_REFUSED, "%s",
                             lab_put_configs_get_n (work->job) == 1
                                 ? lab_put_configs_get_text (work->job, 0)
                                 : failures);
  g_object_unref (task);
}

static void
done_cb (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  g_clear_signal_handler (&work->done_id, work->job);
  if (work->lent)
    lab_lent_engine_give_back (g_task_get_source_object (task), work->client, return_result, task);
  else
    return_result (task);
}

static void
begin (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  lab_put_configs_start (work->job, work->client);
}

static void
fail (GTask *task, const GError *error)
{
  Work *work = g_task_get_task_data (task);

  lab_put_configs_fail (work->job, error->message);
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (lab_client_apply_finish (LAB_CLIENT (object), result, NULL, &error))
    begin (user_data);
  else
    fail (user_data, error);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LabSession *session = g_task_get_source_object (task);
  g_autofree char *document = NULL;
  g_autoptr (GError) error = NULL;

  if (!lab_client_open_finish (LAB_CLIENT (object), result, &error))
    {
      fail (task, error);
      return;
    }
  document = lab_file_to_string (lab_session_get_topology (session), NULL);
  lab_client_apply_async (LAB_CLIENT (object), document, NULL, applied_cb, task);
}

static void
borrow (GTask *task)
{
  LabSession *session = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);

  work->lent = TRUE;
  work->client = lab_client_new (lab_topology_get_uuid (lab_session_get_topology (session)),
                                 lab_session_get_path (session));
  lab_client_open_async (work->client, LAB_CLIENT_OPEN_SPAWN, NULL, opened_cb, task);
}

static void
choose_client (GTask *task)
{
  LabSession *session = g_task_get_source_object (task);
  LabClient *client = lab_session_get_client (session);
  Work *work = g_task_get_task_data (task);

  if (client == NULL)
    {
      borrow (task);
      return;
    }
  work->client = g_object_ref (client);
  begin (task);
}

static void
attached_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  choose_client (user_data);
}

void
lab_saved_put_async (LabSession *session,
                     LabPutConfigs *job,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (LAB_IS_SESSION (session));
  g_return_if_fail (lab_put_configs_get_n (job) > 0);

  task = g_task_new (session, NULL, callback, user_data);
  work = g_new0 (Work, 1);
  work->job = g_object_ref (job);
  g_task_set_source_tag (task, lab_saved_put_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  work->done_id = g_signal_connect_swapped (job, "done", G_CALLBACK (done_cb), task);
  /* Who is about to be connected is waited for: two connections would be one too many. */
  if (lab_session_get_engine (session) == LAB_SESSION_ENGINE_STARTING)
    lab_session_attach_async (session, attached_cb, task);
  else
    choose_client (task);
}

gboolean
lab_saved_put_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
