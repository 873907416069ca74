/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-engine.h"

G_BEGIN_DECLS

/* The engine's D-Bus socket and its clients. */
typedef struct _LabServer LabServer;

/* The engine is to end: everything is down. */
typedef void (*LabServerEnd) (LabServer *server, gpointer user_data);

/* Makes the engine, too, and listens. @run_dir is borrowed. Errors: G_IO_ERROR, or what
 * lab_engine_new() says. (transfer full) (nullable) */
LabServer *lab_server_new  (LabRunDir *run_dir, LabServerEnd end, gpointer user_data, GError **error);
/* No device may be active: call lab_server_stop() and wait for its end. */
void       lab_server_free (LabServer *self);
/* Stops all devices, then says end. */
void       lab_server_stop (LabServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabServer, lab_server_free)

G_END_DECLS
