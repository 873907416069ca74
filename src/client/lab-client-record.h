/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"

G_BEGIN_DECLS

/* Captures, the flight recorder and the timeline of a lab that runs. */

/**
 * LabClientCapture:
 * @name: what the engine calls it
 * @ports: a(ss), node and port of where frames are taken down
 * @file: where they go
 * @reason: "" or why it failed
 * @frames: taken down so far
 * @dropped: left out because the disk was too slow
 * @bytes: written
 *
 * A capture that goes on, or that failed and was not taken away. Strings live as long as the facts
 * that it was read from.
 */
typedef struct
{
  const char *name;
  GVariant *ports;
  const char *file;
  const char *reason;
  guint64 frames;
  guint64 dropped;
  guint64 bytes;
} LabClientCapture;

typedef enum
{
  LAB_CLIENT_TIMELINE_STOPPED,
  LAB_CLIENT_TIMELINE_RUNNING,
  LAB_CLIENT_TIMELINE_DONE,
} LabClientTimelineState;

/**
 * LabClientTimeline:
 * @state: whether it runs
 * @started_at: monotonic µs
 * @active: (nullable): au, events that go on, by their place in the document
 * @message: what was said last; @message_at: when, monotonic µs; 0: nothing yet
 * @problem: what could not be done last, or ""
 */
typedef struct
{
  LabClientTimelineState state;
  gint64 started_at;
  GVariant *active;
  const char *message;
  gint64 message_at;
  const char *problem;
} LabClientTimeline;

/* One of the captures that the mirror knows: FALSE past the last. */
gboolean lab_client_get_capture           (LabClient *self, guint index, LabClientCapture *capture);
void     lab_client_capture_clear         (LabClientCapture *capture);
/* Megabytes of each link that the flight recorder keeps; 0: it is off. */
guint    lab_client_get_recorder          (LabClient *self);
void     lab_client_get_timeline          (LabClient *self, LabClientTimeline *timeline);
void     lab_client_timeline_clear        (LabClientTimeline *timeline);

/* @options: a{sv} as in engine.xml. The finish gives its name. (transfer full) */
void     lab_client_start_capture_async   (LabClient *self, GVariant *options, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
char    *lab_client_start_capture_finish  (LabClient *self, GAsyncResult *result, GError **error);
/* Done when the file is complete. @reason: (transfer full): why it had failed, or "". */
void     lab_client_stop_capture_async    (LabClient *self, const char *name, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
gboolean lab_client_stop_capture_finish   (LabClient *self, GAsyncResult *result, guint64 *frames, guint64 *dropped,
                                           char **reason, GError **error);
/* @ports: (nullable) a(ss), floating: a port of each link; none: all links. */
void     lab_client_save_recording_async  (LabClient *self, GVariant *ports, const char *file, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
gboolean lab_client_save_recording_finish (LabClient *self, GAsyncResult *result, guint64 *frames, GError **error);
/* An aa{sv} as in engine.xml. (transfer full) */
void     lab_client_list_recordings_async (LabClient *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GVariant *lab_client_list_recordings_finish (LabClient *self, GAsyncResult *result, GError **error);
void     lab_client_run_timeline_async    (LabClient *self, gboolean run, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
gboolean lab_client_run_timeline_finish   (LabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
