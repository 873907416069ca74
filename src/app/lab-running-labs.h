/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A lab whose engine runs, seen by asking the engine. */
typedef struct
{
  char *uuid;
  char *path; /* the file it runs */
  guint n_running;
} LabRunningLab;

/* The engine goes on. */
void       lab_running_lab_free     (LabRunningLab *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabRunningLab, lab_running_lab_free)

/* The labs that run in the background for this user, by path; engines that hold no file are left out. */
void       lab_running_labs_async   (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type LabRunningLab) */
GPtrArray *lab_running_labs_finish  (GAsyncResult *result, GError **error);

G_END_DECLS
