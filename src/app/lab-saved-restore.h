/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-session.h"

G_BEGIN_DECLS

/**
 * lab_saved_restore_async:
 * @text: what the NVRAM of @node shall hold; what it holds now is in its history first
 *
 * A device that runs is restarted. If no engine runs, one does for as long as this takes; it starts no
 * device.
 */
void     lab_saved_restore_async  (LabSession *session, LabNode *node, GBytes *text, GAsyncReadyCallback callback, gpointer user_data);
gboolean lab_saved_restore_finish (GAsyncResult *result, GError **error);

G_END_DECLS
