/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Stands at the socket of a daemon that does not run. */

#include "router-hear.h"

typedef struct _RouterStandby RouterStandby;

/* Starts the daemon; returns a connection to it, or -1. */
typedef int (*RouterStandbyStart) (gpointer data);

/* Listens at @path as @daemon would. NULL: it cannot. Stays until the end. */
RouterStandby *router_standby_new (const char *daemon, const char *path, RouterStandbyStart start,
                                   gpointer data);

/* A command, before the daemon gets it. Returns how many milliseconds later it is to get it. @data:
 * that of the start. */
typedef guint (*RouterStandbyHear) (gpointer data, RouterHearing *hearing, const char *command);

/* Everything that is said to the daemon is heard, now and when it runs: it listens elsewhere. */
void router_standby_hear (RouterStandby *self, RouterStandbyHear hear);
/* It runs already. */
void router_standby_set_running (RouterStandby *self);

typedef struct _RouterStandbySession RouterStandbySession;

/* The command came; it is to be answered once, with router_standby_answer(), now or later. The
 * session stays until then. */
typedef void (*RouterStandbyLater) (RouterStandbySession *session);

/* What stands in for a daemon that is never started: @command is handed to @later. */
void router_standby_handle (RouterStandby *self, const char *command, RouterStandbyLater later);
void router_standby_answer (RouterStandbySession *session, const char *text, gboolean done);
