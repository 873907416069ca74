/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

/* Starts a program with signals as programs expect them, its input /dev/null, its output @output.
 * -1 on failure. */
pid_t router_spawn (const char *const *argv, int output);
/* What a child does before exec: default signals, all of them let through. */
void router_spawn_reset_signals (void);
/* A stream socket connected to @path, or -1. */
int router_spawn_connect (const char *path);
/* Waits until somebody listens at @path. */
gboolean router_spawn_wait_socket (const char *path, guint milliseconds);
