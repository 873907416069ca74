/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client-mirror.h"
#include "lab-client.h"
#include "lab-engine-bus.h"

G_BEGIN_DECLS

struct _LabClient
{
  GObject parent_instance;

  char *uuid;
  char *path; /* (nullable) */

  GDBusConnection *connection; /* (nullable) */
  LabBusEngine1 *engine;       /* (nullable) */
  gboolean open;
  gboolean spawned;

  char *engine_path;
  char *engine_version;
  guint engine_pid;

  LabClientMirror mirror;
  gboolean fetching; /* a GetState is under way: changes before its answer are in it */
};

/* A task for a call on an open client; NULL (and an error on its way) on a closed one. */
GTask   *lab_client_begin_call      (LabClient *self, gpointer tag, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/* Takes an engine's connection into use, or drops it. */
void     lab_client_attach          (LabClient *self, GDBusConnection *connection, LabBusEngine1 *engine);
void     lab_client_detach          (LabClient *self);
/* GetState into the mirror. */
void     lab_client_fetch_async     (LabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lab_client_fetch_finish    (LabClient *self, GAsyncResult *result, GError **error);
/* An error of a D-Bus call as one of ours, with a sentence for a person. (transfer full) both */
GError  *lab_client_translate_error (GError *error);

G_END_DECLS
