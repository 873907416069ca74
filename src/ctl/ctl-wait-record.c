/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting for answers about captures, the flight recorder and the timeline. */

#include "config.h"

#include "ctl-wait-record.h"

static void
store_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

char *
ctl_wait_start_capture (LabClient *client, GVariant *options, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_start_capture_async (client, options, NULL, store_cb, &result);
  wait_for (&result);
  return lab_client_start_capture_finish (client, result, error);
}

gboolean
ctl_wait_stop_capture (LabClient *client,
                       const char *name,
                       guint64 *frames,
                       guint64 *dropped,
                       char **reason,
                       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_stop_capture_async (client, name, NULL, store_cb, &result);
  wait_for (&result);
  return lab_client_stop_capture_finish (client, result, frames, dropped, reason, error);
}

gboolean
ctl_wait_save_recording (
    LabClient *client, GVariant *ports, const char *file, guint64 *frames, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_save_recording_async (client, ports, file, NULL, store_cb, &result);
  wait_for (&result);
  return lab_client_save_recording_finish (client, result, frames, error);
}

GVariant *
ctl_wait_list_recordings (LabClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_list_recordings_async (client, NULL, store_cb, &result);
  wait_for (&result);
  return lab_client_list_recordings_finish (client, result, error);
}

gboolean
ctl_wait_run_timeline (LabClient *client, gboolean run, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lab_client_run_timeline_async (client, run, NULL, store_cb, &result);
  wait_for (&result);
  return lab_client_run_timeline_finish (client, result, error);
}
