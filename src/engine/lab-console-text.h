/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading what a device wrote on its console. */

/* Enough of the end of the output for lab_console_text_is_ready(). */
#define LAB_CONSOLE_TAIL 1024

/* Does the output end as that of a device that waits for commands? @pc: labwright-pc's prompt;
 * else that of IOS. */
gboolean lab_console_text_is_ready   (const char *tail, gsize length, gboolean pc);
/* The line that a terminal shows last, without log messages behind it. (transfer full) */
char    *lab_console_text_last_line  (const char *tail, gsize length);
/* The last @n_lines lines as plain UTF-8 text: no escape sequences, no control characters, no empty
 * lines at the end. (transfer full) */
char    *lab_console_text_last_lines (const char *tail, gsize length, guint n_lines);

/* Why a device ended, as a sentence. (transfer full) */
char    *lab_console_text_describe_exit (int code, int signal);

G_END_DECLS
