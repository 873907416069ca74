/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine of a session: connecting to one that runs, starting one, noticing that it is gone, and
 * ending it.
 *
 * Only one attempt to connect is under way at a time. Who wants the connection meanwhile waits for
 * that attempt; if it may not start an engine and finds none, and somebody who may came in the
 * meantime, it is made again. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-session-private.h"

static void opened_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
answer_openers (LabSession *self, const GError *error)
{
  g_autoptr (GPtrArray) openers = g_steal_pointer (&self->openers);

  self->openers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < openers->len; i++)
    {
      GTask *task = g_ptr_array_index (openers, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static void
drop_client (LabSession *self)
{
  g_autoptr (LabClient) client = g_steal_pointer (&self->client);

  if (client == NULL)
    return;
  g_signal_handlers_disconnect_by_data (client, self);
  lab_session_mirror_detach (self, client);
}

void
lab_session_clear_engine (LabSession *self)
{
  drop_client (self);
}

void
lab_session_leave_engine (LabSession *self)
{
  drop_client (self);
  lab_session_orders_clear (self);
  g_clear_pointer (&self->lost, g_ptr_array_unref);
  lab_session_set_warning (self, LAB_SESSION_WARNING_NONE, NULL);
  lab_session_set_engine (self, LAB_SESSION_ENGINE_OFF);
}

/* Nothing ran that we did not ask to stop: somebody else ended the lab, and nothing is lost. */
static void
closed_cb (LabSession *self)
{
  g_autoptr (GPtrArray) running = lab_session_mirror_running (self);

  drop_client (self);
  lab_session_orders_clear (self);
  g_clear_pointer (&self->lost, g_ptr_array_unref);
  if (self->shutting_down || running->len == 0)
    {
      lab_session_set_warning (self, LAB_SESSION_WARNING_NONE, NULL);
      lab_session_set_engine (self, LAB_SESSION_ENGINE_OFF);
      if (!self->shutting_down)
        lab_session_say (self, LAB_SESSION_INFO, _ ("The lab was stopped by another program."),
                         NULL);
      return;
    }
  lab_session_set_warning (
      self, LAB_SESSION_WARNING_LOST,
      _ ("The engine of this lab ended unexpectedly, and its devices with it."));
  self->lost = g_steal_pointer (&running);
  lab_session_set_engine (self, LAB_SESSION_ENGINE_LOST);
}

static void
opened (LabSession *self)
{
  g_signal_connect_swapped (self->client, "closed", G_CALLBACK (closed_cb), self);
  g_clear_pointer (&self->lost, g_ptr_array_unref);
  /* Who hears of the engine may give orders at once: the document goes first. */
  self->needs_apply = self->needs_apply || self->recovery == NULL;
  lab_session_set_engine (self, LAB_SESSION_ENGINE_ON);
  lab_session_mirror_attach (self);
  answer_openers (self, NULL);
  lab_session_pump (self);
}

/* An engine that is not there is a fact and no failure; everything else is said. */
static void
say_failure (LabSession *self, const GError *error)
{
  if (g_error_matches (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NOT_RUNNING))
    return;
  if (g_error_matches (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_OTHER_FILE))
    lab_session_say (self, LAB_SESSION_ERROR,
                     _ ("This file is a copy of a lab that is running now. Save it under another "
                        "name to make it a lab of its own, or stop the other one first."),
                     error->message);
  else
    lab_session_say (self, LAB_SESSION_ERROR, error->message, NULL);
}

static void
not_opened (LabSession *self, const GError *error)
{
  drop_client (self);
  lab_session_orders_clear (self);
  lab_session_set_engine (self,
                          self->lost != NULL ? LAB_SESSION_ENGINE_LOST : LAB_SESSION_ENGINE_OFF);
  say_failure (self, error);
  answer_openers (self, error);
}

static void
open_client (LabSession *self)
{
  self->client = lab_client_new (lab_topology_get_uuid (self->topology), self->path);
  lab_client_open_async (self->client,
                         self->may_spawn ? LAB_CLIENT_OPEN_SPAWN : LAB_CLIENT_OPEN_NONE, NULL,
                         opened_cb, g_object_ref (self));
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabSession) self = user_data;
  g_autoptr (GError) error = NULL;
  LabClient *client = LAB_CLIENT (object);
  gboolean could_spawn = self->may_spawn;

  if (client != self->client)
    return; /* the session went on without it */
  if (lab_client_open_finish (client, result, &error))
    opened (self);
  else if (could_spawn && g_error_matches (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NOT_RUNNING))
    {
      g_clear_object (&self->client);
      open_client (self);
    }
  else
    not_opened (self, error);
}

void
lab_session_open (LabSession *self, gboolean may_spawn)
{
  if (self->engine == LAB_SESSION_ENGINE_ON)
    return;
  if (self->engine == LAB_SESSION_ENGINE_STARTING)
    {
      self->may_spawn = self->may_spawn || may_spawn;
      return;
    }
  self->may_spawn = may_spawn;
  if (may_spawn)
    lab_session_set_warning (self, LAB_SESSION_WARNING_NONE, NULL);
  lab_session_set_engine (self, LAB_SESSION_ENGINE_STARTING);
  open_client (self);
}

/**
 * lab_session_attach_async:
 * @self: a session
 *
 * Connects to an engine that runs this lab, and gives it the document: what is not in it is
 * stopped. While there is a recovery copy to decide about (lab_session_get_recovery()), that waits.
 * If no engine runs, the answer is %LAB_CLIENT_ERROR_NOT_RUNNING; every other error is said too.
 */
void
lab_session_attach_async (LabSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LAB_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lab_session_attach_async);
  if (self->engine == LAB_SESSION_ENGINE_ON)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_ptr_array_add (self->openers, g_steal_pointer (&task));
  lab_session_open (self, FALSE);
}

gboolean
lab_session_attach_finish (LabSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * lab_session_revive:
 * @self: a session whose engine was lost
 *
 * Starts another engine, and in it what ran.
 */
void
lab_session_revive (LabSession *self)
{
  g_autoptr (GPtrArray) lost = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_return_if_fail (LAB_IS_SESSION (self));

  if (self->engine != LAB_SESSION_ENGINE_LOST)
    return;
  lost = g_ptr_array_ref (self->lost);
  for (guint i = 0; i < lost->len; i++)
    {
      LabNode *node = g_ptr_array_index (lost, i);

      if (lab_topology_find_node_by_id (self->topology, lab_node_get_id (node)) == node)
        g_ptr_array_add (names, (char *) lab_node_get_name (node));
    }
  g_ptr_array_add (names, NULL);
  if (names->len > 1)
    lab_session_control (self, LAB_CLIENT_START, (const char *const *) names->pdata);
  else
    lab_session_open (self, TRUE);
}

static void
shut_down_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LabSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->shutting_down = FALSE;
  if (lab_client_shutdown_finish (LAB_CLIENT (object), result, &error))
    {
      if (self->client == LAB_CLIENT (object))
        {
          drop_client (self);
          lab_session_set_engine (self, LAB_SESSION_ENGINE_OFF);
        }
      lab_session_set_warning (self, LAB_SESSION_WARNING_NONE, NULL);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      lab_session_say (self, LAB_SESSION_ERROR, error->message, NULL);
      g_task_return_error (task, error);
    }
  lab_session_update_busy (self);
}

static void
shut_down (GTask *task)
{
  LabSession *self = g_task_get_source_object (task);

  if (self->engine != LAB_SESSION_ENGINE_ON)
    {
      g_clear_pointer (&self->lost, g_ptr_array_unref);
      lab_session_set_warning (self, LAB_SESSION_WARNING_NONE, NULL);
      lab_session_set_engine (self, LAB_SESSION_ENGINE_OFF);
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  self->shutting_down = TRUE;
  lab_session_orders_clear (self);
  lab_session_update_busy (self);
  lab_client_shutdown_async (self->client, NULL, shut_down_cb, task);
}

static void
shutdown_attached_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  shut_down (user_data);
}

/**
 * lab_session_shutdown_async:
 * @self: a session
 *
 * Stops every device and ends the engine. If none runs, that is done at once.
 */
void
lab_session_shutdown_async (LabSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LAB_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lab_session_shutdown_async);
  if (self->engine == LAB_SESSION_ENGINE_STARTING)
    lab_session_attach_async (self, shutdown_attached_cb, task);
  else
    shut_down (task);
}

gboolean
lab_session_shutdown_finish (LabSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
