/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Measures how long the main loop was away from its poll. Does nothing unless the environment variable
 * LABWRIGHT_WATCHDOG names a file: into it goes "WALL CPU\n", the longest time of one round in
 * milliseconds, by the clock and by the processor, at exit and each time the process gets SIGUSR1;
 * the signal also starts the measurement anew. */
void lab_watchdog_start (void);
/* Writes the file now, if there is one to write. */
void lab_watchdog_write (void);

G_END_DECLS
