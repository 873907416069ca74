/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Noticing that somebody else changed the lab's file.
 *
 * Programs write in many small steps, and our own saving is such steps too. So a moment after the
 * last one the file is looked at, and what counts is whether it is still the one that we read or
 * wrote. Each new state of it is told once. */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-session-private.h"

#define SETTLE_MS 300

typedef struct
{
  char *path;
  LabStamp stamp;
} Look;

static void
look_free (Look *look)
{
  g_free (look->path);
  g_free (look);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Look *look = task_data;

  lab_stamp_read (&look->stamp, look->path);
  g_task_return_boolean (task, TRUE);
}

static void
looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  LabSession *self = LAB_SESSION (object);
  Look *look = g_task_get_task_data (G_TASK (result));

  /* Meanwhile it was saved, or stands elsewhere: then there will be another look. */
  if (self->saving || g_strcmp0 (look->path, self->path) != 0)
    return;
  if (lab_stamp_equal (&look->stamp, &self->stamp) ||
      lab_stamp_equal (&look->stamp, &self->noticed))
    return;
  self->noticed = look->stamp;
  if (lab_stamp_is_missing (&look->stamp))
    lab_session_say (self, LAB_SESSION_INFO,
                     _ ("The file of this lab was moved or deleted; saving writes it again."),
                     NULL);
  else
    lab_session_emit_file_changed (self);
}

static gboolean
settled_cb (gpointer user_data)
{
  LabSession *self = user_data;
  g_autoptr (GTask) task = NULL;
  Look *look;

  self->watch_source = 0;
  if (self->saving || self->path == NULL)
    return G_SOURCE_REMOVE;
  look = g_new0 (Look, 1);
  look->path = g_strdup (self->path);
  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_source_tag (task, settled_cb);
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  g_task_run_in_thread (task, look_in_thread);

  return G_SOURCE_REMOVE;
}

static void
monitor_cb (LabSession *self)
{
  g_clear_handle_id (&self->watch_source, g_source_remove);
  self->watch_source = g_timeout_add (SETTLE_MS, settled_cb, self);
}

void
lab_session_watch_update (LabSession *self)
{
  g_autoptr (GFile) file = NULL;

  lab_session_watch_clear (self);
  if (self->path == NULL)
    return;
  file = g_file_new_for_path (self->path);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (monitor_cb), self);
}

void
lab_session_watch_clear (LabSession *self)
{
  g_clear_handle_id (&self->watch_source, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
}

void
lab_session_set_stamp (LabSession *self, const LabStamp *stamp)
{
  self->stamp = *stamp;
  self->noticed = *stamp;
  self->overwrites = FALSE;
}

/**
 * lab_session_accept_file:
 * @self: a session
 *
 * What another program wrote into the file may be lost: the next save writes over it.
 */
void
lab_session_accept_file (LabSession *self)
{
  g_return_if_fail (LAB_IS_SESSION (self));

  self->overwrites = TRUE;
}
