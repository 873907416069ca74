/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"

G_BEGIN_DECLS

/**
 * lab_client_relay_async:
 * @command: a line as labwright-relay(1) has them, without its end; what is no part of the document
 *
 * Asks the relay of the lab itself. What the document says, only the engine tells it.
 */
void   lab_client_relay_async  (LabClient *self, const char *command, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* The lines of the answer before the last, without the "- " in front. (transfer full) (nullable): an error */
GStrv  lab_client_relay_finish (LabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
