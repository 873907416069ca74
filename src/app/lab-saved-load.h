/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-saved.h"

G_BEGIN_DECLS

/* What a device has saved, read in a thread (see lab-saved.h). */

/**
 * LabSavedState:
 * @entries: (element-type LabSavedEntry): oldest first
 * @there: whether there is a folder for a history yet
 * @current: whether the newest is what the NVRAM holds; it is not after a reset
 */
typedef struct
{
  GArray *entries;
  gboolean there;
  gboolean current;
} LabSavedState;

/* @self: what lab_saved_load_finish() gave. */
void           lab_saved_state_free        (LabSavedState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabSavedState, lab_saved_state_free)

/* The folder of a device. (transfer full) */
char          *lab_saved_work              (const char *uuid, guint id);
/* @running: its NVRAM may be just being written. */
void           lab_saved_load_async        (const char *work, guint id, gboolean running, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
LabSavedState *lab_saved_load_finish       (GAsyncResult *result, GError **error);
/* The text of an entry. (transfer full) */
void           lab_saved_load_text_async   (const char *work, guint number, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
GBytes        *lab_saved_load_text_finish  (GAsyncResult *result, GError **error);

G_END_DECLS
