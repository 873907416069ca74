/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-stamp.h"

G_BEGIN_DECLS

/* Copies of labs with unsaved changes, for the case that the window ends without asking: killed, a
 * crash, a power cut. They lie in recovery/ of the state folder: NAME.lab, the document; NAME.json,
 * what it is a copy of; NAME.lock, locked by flock() as long as the window that writes it lives.
 * NAME is the lab's uuid, with .2, .3… behind it if that is taken by another window or holds a copy
 * that nobody has decided about. */

#define LAB_TYPE_RECOVERY (lab_recovery_get_type ())
typedef struct _LabRecovery LabRecovery;

/* One copy whose window is gone. */
GType        lab_recovery_get_type      (void);
LabRecovery *lab_recovery_ref           (LabRecovery *self);
void         lab_recovery_unref         (LabRecovery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabRecovery, lab_recovery_unref)

const char  *lab_recovery_get_copy_path (LabRecovery *self); /* NAME.lab */
const char  *lab_recovery_get_path      (LabRecovery *self); /* (nullable): the lab's own file */
const char  *lab_recovery_get_uuid      (LabRecovery *self); /* the lab's, without what may stand behind it in NAME */
const char  *lab_recovery_get_title     (LabRecovery *self); /* the lab's name; may be "" */
/* How the lab's own file was when it was read or written last. */
const LabStamp *lab_recovery_get_stamp  (LabRecovery *self);
gint64       lab_recovery_get_time      (LabRecovery *self); /* when it was written, seconds since 1970 */

/* All copies whose window is gone, the newest first. @uuid: (nullable): of this lab only. Answers a GPtrArray of
 * LabRecovery. (transfer full) */
void         lab_recovery_list_async    (const char *uuid, GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer user_data);
GPtrArray   *lab_recovery_list_finish   (GAsyncResult *result, GError **error);
/* The same at once, for a thread. (transfer full) */
GPtrArray   *lab_recovery_list          (const char *uuid);
/* Removes a copy, in a thread. Nothing is told; one that cannot be removed is found again. */
void         lab_recovery_discard       (LabRecovery *self);

/* The copy that one window writes. What is asked of it is done in order, in a thread. When the object
 * goes, the copy stays: only lab_recovery_writer_remove_async() takes it away. */
#define LAB_TYPE_RECOVERY_WRITER (lab_recovery_writer_get_type ())
G_DECLARE_FINAL_TYPE (LabRecoveryWriter, lab_recovery_writer, LAB, RECOVERY_WRITER, GObject)

/* Nothing is on the disk until something is written. (transfer full) */
LabRecoveryWriter *lab_recovery_writer_new           (void);
/* @text: (transfer full): the document; @path: (nullable): the lab's own file, which was as @stamp
 * says. A copy under another uuid than before takes the place of that one. Errors: LAB_ERROR. */
void               lab_recovery_writer_write_async   (LabRecoveryWriter *self, const char *uuid, char *text, gsize length,
                                                      const char *path, const LabStamp *stamp, const char *title,
                                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean           lab_recovery_writer_write_finish  (LabRecoveryWriter *self, GAsyncResult *result, GError **error);
void               lab_recovery_writer_remove_async  (LabRecoveryWriter *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean           lab_recovery_writer_remove_finish (LabRecoveryWriter *self, GAsyncResult *result, GError **error);

G_END_DECLS
