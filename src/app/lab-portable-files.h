/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-portable.h"
#include "lab-session.h"

G_BEGIN_DECLS

/* Portable labs and copies of an open lab, made in threads. Errors are whole sentences. */

/* @captures: (nullable) (element-type utf8): paths */
void         lab_portable_pack_async   (LabSession *session, const char *path, LabPortableFlags flags, GPtrArray *captures,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean     lab_portable_pack_finish  (GAsyncResult *result, GError **error);
/* What is inside. (transfer full) */
void         lab_portable_look_async   (const char *path, GAsyncReadyCallback callback, gpointer user_data);
LabPortable *lab_portable_look_finish  (GAsyncResult *result, GError **error);
/* Makes the lab @lab_path of it. Returns that path. (transfer full) */
void         lab_portable_open_async   (const char *path, const char *lab_path, GAsyncReadyCallback callback, gpointer user_data);
char        *lab_portable_open_finish  (GAsyncResult *result, GError **error);
/* A copy of the lab as it is in the window, with all that its devices keep, beside its file. Returns the path of the copy. (transfer full) */
void         lab_portable_copy_async   (LabSession *session, GAsyncReadyCallback callback, gpointer user_data);
char        *lab_portable_copy_finish  (GAsyncResult *result, GError **error);

G_END_DECLS
