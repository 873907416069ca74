/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Standard input and output as a console: raw, never blocking, bounded. */

#include <glib.h>

typedef void (*DeviceTerminalFunc) (gpointer data, const guint8 *bytes, gsize length);

/* Once in a process. Bytes that are typed go to @input, as they come. */
void device_terminal_open (DeviceTerminalFunc input, gpointer data);
/* Restores a terminal's settings, after what is waiting was written if that takes no time. */
void device_terminal_close (void);
/* As it is: the caller has written CR LF. */
void device_terminal_write (const char *bytes, gsize length);
/* At most one byte a write, as IOU often does: for tests of what reads us. */
void device_terminal_set_bytewise (gboolean bytewise);
