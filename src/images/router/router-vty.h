/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The sockets where FRR's daemons listen for vtysh, and how it talks to them: a command ends with a
 * NUL byte, its answer is text, three NUL bytes and a status, 0 for “done”. */

/* A stream socket connected to @path, or -1. */
int router_vty_connect (const char *path);
/* Waits until somebody listens at @path. */
gboolean router_vty_wait (const char *path, guint milliseconds);

/* All of the bytes. FALSE: the other end is gone. */
gboolean router_vty_send (int fd, const char *bytes, gsize length);
/* Waits for the whole answer, which is appended to @answer (nullable). FALSE: the daemon does not
 * answer. */
gboolean router_vty_ask (int fd, const char *command, GString *answer);
