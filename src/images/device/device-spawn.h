/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

/* Starts a program with signals as programs expect them, its input /dev/null, its output @output.
 * -1 on failure. */
pid_t device_spawn (const char *const *argv, int output);
/* What a child does before exec: default signals, all of them let through. */
void device_spawn_reset_signals (void);
