/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-checkpoint.h"
#include "lab-session.h"

G_BEGIN_DECLS

/* The checkpoints of an open lab. Files are touched in threads; taking one and going back is the
 * engine's work: a lab that does not run gets an engine for the purpose, which ends again. Errors
 * are whole sentences. */

/* (transfer full) (element-type LabCheckpoint): oldest first */
void       lab_checkpoints_list_async     (LabSession *session, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lab_checkpoints_list_finish    (GAsyncResult *result, GError **error);
/* What going back to @number would change. (transfer full) (element-type LabStateDifference) */
void       lab_checkpoints_compare_async  (LabSession *session, guint number, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lab_checkpoints_compare_finish (GAsyncResult *result, GError **error);
/* Returns the number; 0 on an error. */
void       lab_checkpoints_take_async     (LabSession *session, const char *name, GAsyncReadyCallback callback, gpointer user_data);
guint      lab_checkpoints_take_finish    (GAsyncResult *result, GError **error);
/* The document becomes that of the checkpoint as one step that can be undone; devices that run are stopped and
 * started again. Returns the number of the checkpoint that keeps the state before; 0 on an error. */
void       lab_checkpoints_restore_async  (LabSession *session, guint number, GAsyncReadyCallback callback, gpointer user_data);
guint      lab_checkpoints_restore_finish (GAsyncResult *result, GError **error);
/* @name: (nullable): remove it; else give it this name */
void       lab_checkpoints_change_async   (LabSession *session, guint number, const char *name, GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean   lab_checkpoints_change_finish  (GAsyncResult *result, GError **error);

G_END_DECLS
