/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-put-configs.h"
#include "lab-session.h"

G_BEGIN_DECLS

/**
 * lab_saved_put_async:
 * @job: what goes into which nodes of @session, not started yet; its signals tell of each as it comes
 *
 * Gets all of it done, and calls back when every device has settled. If no engine runs, one does for as
 * long as this takes; it starts no device.
 */
void     lab_saved_put_async  (LabSession *session, LabPutConfigs *job, GAsyncReadyCallback callback, gpointer user_data);
/* FALSE: one or more have failed; @error names all of them, if they are more than one, and why. */
gboolean lab_saved_put_finish (GAsyncResult *result, GError **error);

G_END_DECLS
