/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Starts the engine of one lab as a process of its own session and waits until it says that it
 * listens. It goes on when this program ends. */
void     lab_client_spawn_async  (const char *uuid, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lab_client_spawn_finish (GAsyncResult *result, GError **error);

/* Whether the lab's engine was started by this program and is still to be reaped. */
gboolean lab_client_spawn_is_alive (const char *uuid);

G_END_DECLS
