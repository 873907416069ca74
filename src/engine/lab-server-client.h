/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-engine.h"

G_BEGIN_DECLS

/* One client's connection: what it was told last, and whether it reads. */
typedef struct _LabServerClient LabServerClient;

/* The connection is closed; to be freed by the callee. */
typedef void (*LabServerClientClosed) (LabServerClient *client, gpointer user_data);

/* Takes a reference to @connection; @engine is borrowed. It counts as told everything until now.
 * (transfer full) */
LabServerClient *lab_server_client_new      (GDBusConnection *connection, LabEngine *engine,
                                             LabServerClientClosed closed, gpointer user_data);
/* Does not close the connection. */
void             lab_server_client_free     (LabServerClient *self);
GDBusConnection *lab_server_client_get_connection (LabServerClient *self); /* (transfer none) */
/* Tells it what is new since it was told last, as soon as it has read that. */
void             lab_server_client_update   (LabServerClient *self);
/* It is being told everything, as of @revision. */
void             lab_server_client_set_revision (LabServerClient *self, guint64 revision);
/* It sent a call. FALSE: it does not read the answers, and is being thrown out. */
gboolean         lab_server_client_check    (LabServerClient *self);

G_END_DECLS
