/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stands at the socket of a daemon that does not run. */

#include "device-machine.h"

typedef struct _RouterStandby RouterStandby;

/* Starts the daemon; returns a connection to it, or -1. */
typedef int (*RouterStandbyStart) (gpointer data);

/* Listens at @path as @daemon would. NULL: it cannot. Stays until the end. */
RouterStandby *router_standby_new (const char *daemon, const char *path, RouterStandbyStart start,
                                   gpointer data);

typedef struct _RouterStandbySession RouterStandbySession;

/* The command came; it is to be answered once, with router_standby_answer(), now or later. The
 * session stays until then. */
typedef void (*RouterStandbyLater) (RouterStandbySession *session);

/* What stands in for a daemon that is never started: @command is handed to @later. */
void router_standby_handle (RouterStandby *self, const char *command, RouterStandbyLater later);
void router_standby_answer (RouterStandbySession *session, const char *text, gboolean done);
