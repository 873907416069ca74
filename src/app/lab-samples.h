/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-session.h"

G_BEGIN_DECLS

/* A lab that comes with Labwright. */
typedef struct
{
  char *path;
  char *title;
  char *summary; /* "12 devices, 14 links" */
} LabSample;

/* @self must not be %NULL. */
void        lab_sample_free         (LabSample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabSample, lab_sample_free)

/* The samples in @folder, by title; read in a thread. What cannot be read is left out. */
void        lab_samples_list_async  (const char *folder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type LabSample) */
GPtrArray  *lab_samples_list_finish (GAsyncResult *result, GError **error);

/* A new lab that begins as a copy of the file @path: never saved, with a uuid of its own, so that two
 * copies can run at once. */
void        lab_sample_copy_async   (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
LabSession *lab_sample_copy_finish  (GAsyncResult *result, GError **error); /* (transfer full) */

G_END_DECLS
