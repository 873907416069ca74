/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures, the flight recorder and the timeline: calls, and what the mirror knows of them. */

#include "config.h"

#include "lab-client-private.h"
#include "lab-client-record.h"

/* --- the mirror --- */

gboolean
lab_client_get_capture (LabClient *self, guint index, LabClientCapture *capture)
{
  GVariant *facts;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) item = NULL;

  g_return_val_if_fail (LAB_IS_CLIENT (self), FALSE);

  facts = lab_client_get_engine_facts (self);
  list =
      facts != NULL ? g_variant_lookup_value (facts, "captures", G_VARIANT_TYPE ("aa{sv}")) : NULL;
  if (list == NULL || index >= g_variant_n_children (list))
    return FALSE;
  item = g_variant_get_child_value (list, index);
  *capture = (LabClientCapture){ .name = "", .file = "", .reason = "" };
  g_variant_lookup (item, "name", "&s", &capture->name);
  g_variant_lookup (item, "file", "&s", &capture->file);
  g_variant_lookup (item, "reason", "&s", &capture->reason);
  g_variant_lookup (item, "frames", "t", &capture->frames);
  g_variant_lookup (item, "dropped", "t", &capture->dropped);
  g_variant_lookup (item, "bytes", "t", &capture->bytes);
  capture->ports = g_variant_lookup_value (item, "ports", G_VARIANT_TYPE ("a(ss)"));
  return TRUE;
}

void
lab_client_capture_clear (LabClientCapture *capture)
{
  g_clear_pointer (&capture->ports, g_variant_unref);
}

guint
lab_client_get_recorder (LabClient *self)
{
  GVariant *facts;
  guint megabytes = 0;

  g_return_val_if_fail (LAB_IS_CLIENT (self), 0);

  facts = lab_client_get_engine_facts (self);
  if (facts != NULL)
    g_variant_lookup (facts, "recorder", "u", &megabytes);
  return megabytes;
}

void
lab_client_get_timeline (LabClient *self, LabClientTimeline *timeline)
{
  GVariant *facts;
  g_autoptr (GVariant) item = NULL;
  const char *state = "";

  g_return_if_fail (LAB_IS_CLIENT (self));

  *timeline = (LabClientTimeline){ .message = "", .problem = "" };
  facts = lab_client_get_engine_facts (self);
  item = facts != NULL ? g_variant_lookup_value (facts, "timeline", G_VARIANT_TYPE_VARDICT) : NULL;
  if (item == NULL)
    return;
  g_variant_lookup (item, "state", "&s", &state);
  timeline->state = g_str_equal (state, "running") ? LAB_CLIENT_TIMELINE_RUNNING
                    : g_str_equal (state, "done")  ? LAB_CLIENT_TIMELINE_DONE
                                                   : LAB_CLIENT_TIMELINE_STOPPED;
  g_variant_lookup (item, "started-at", "x", &timeline->started_at);
  g_variant_lookup (item, "message", "&s", &timeline->message);
  g_variant_lookup (item, "message-at", "x", &timeline->message_at);
  g_variant_lookup (item, "problem", "&s", &timeline->problem);
  timeline->active = g_variant_lookup_value (item, "active", G_VARIANT_TYPE ("au"));
}

void
lab_client_timeline_clear (LabClientTimeline *timeline)
{
  g_clear_pointer (&timeline->active, g_variant_unref);
}

/* --- calls --- */

static void
called_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (object), result, &error);

  if (answer == NULL)
    g_task_return_error (task, lab_client_translate_error (error));
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) g_variant_unref);
}

/* A disk may take its time. */
static void
call (LabClient *self,
      gpointer tag,
      const char *method,
      GVariant *arguments,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autoptr (GVariant) sunk = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  GTask *task = lab_client_begin_call (self, tag, cancellable, callback, user_data);

  if (task != NULL)
    g_dbus_proxy_call (G_DBUS_PROXY (self->engine), method, sunk, G_DBUS_CALL_FLAGS_NONE, G_MAXINT,
                       cancellable, called_cb, task);
}

static GVariant *
take (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lab_client_start_capture_async (LabClient *self,
                                GVariant *options,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (LAB_IS_CLIENT (self));

  call (self, lab_client_start_capture_async, "StartCapture", g_variant_new ("(@a{sv})", options),
        cancellable, callback, user_data);
}

char *
lab_client_start_capture_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) answer = take (result, error);
  char *name = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(s)", &name);
  return name;
}

void
lab_client_stop_capture_async (LabClient *self,
                               const char *name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (LAB_IS_CLIENT (self));

  call (self, lab_client_stop_capture_async, "StopCapture", g_variant_new ("(s)", name),
        cancellable, callback, user_data);
}

gboolean
lab_client_stop_capture_finish (LabClient *self,
                                GAsyncResult *result,
                                guint64 *frames,
                                guint64 *dropped,
                                char **reason,
                                GError **error)
{
  g_autoptr (GVariant) answer = take (result, error);

  if (answer != NULL)
    g_variant_get (answer, "(tts)", frames, dropped, reason);
  return answer != NULL;
}

void
lab_client_save_recording_async (LabClient *self,
                                 GVariant *ports,
                                 const char *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (LAB_IS_CLIENT (self));

  if (ports == NULL)
    ports = g_variant_new_array (G_VARIANT_TYPE ("(ss)"), NULL, 0);
  call (self, lab_client_save_recording_async, "SaveRecording",
        g_variant_new ("(@a(ss)s)", ports, file), cancellable, callback, user_data);
}

gboolean
lab_client_save_recording_finish (LabClient *self,
                                  GAsyncResult *result,
                                  guint64 *frames,
                                  GError **error)
{
  g_autoptr (GVariant) answer = take (result, error);

  if (answer != NULL)
    g_variant_get (answer, "(t)", frames);
  return answer != NULL;
}

void
lab_client_list_recordings_async (LabClient *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (LAB_IS_CLIENT (self));

  call (self, lab_client_list_recordings_async, "ListRecordings", NULL, cancellable, callback,
        user_data);
}

GVariant *
lab_client_list_recordings_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) answer = take (result, error);

  return answer != NULL ? g_variant_get_child_value (answer, 0) : NULL;
}

void
lab_client_run_timeline_async (LabClient *self,
                               gboolean run,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (LAB_IS_CLIENT (self));

  call (self, lab_client_run_timeline_async, "RunTimeline", g_variant_new ("(b)", run), cancellable,
        callback, user_data);
}

gboolean
lab_client_run_timeline_finish (LabClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) answer = take (result, error);

  return answer != NULL;
}
