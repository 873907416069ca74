/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The device's own shell (vtysh, bash), at the device's standard input and output. */

#include "device-machine.h"

/* In a child with a terminal of its own: becomes the shell, by exec. */
typedef void (*DeviceBecome) (void);

/* What the shell shows. */
typedef void (*DeviceShown) (const char *bytes, gsize length);

/* Takes the standard input and output. Nothing is typed to the shell before it runs. */
void device_console_open (DeviceMachine *self);
void device_console_close (void);
/* Runs the shell, and runs it again whenever it has ended. */
void device_console_start (DeviceBecome become);
/* @shown is told what the shell shows, before it is. */
void device_console_set_shown (DeviceShown shown);
/* A child ended. TRUE: it was the shell, or the program that loads. */
gboolean device_console_reaped (pid_t pid);
/* Runs the program that loads the configuration, shows what it says, and serves the loop until it
 * has ended, or for @limit (µs; -1: none). FALSE: it runs on. */
gboolean device_console_load (DeviceMachine *self, const char *const *argv, gint64 limit);
/* A line on the console; ends it with CR LF. */
void device_say (const char *format, ...) G_GNUC_PRINTF (1, 2);
