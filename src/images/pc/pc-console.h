/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The console: prompt, commands one after the other, messages in between. Text written through
 * these functions has \n line ends; the terminal gets CR LF. */

#include "pc-line.h"
#include "pc.h"

/* A command that takes time. It ends itself with pc_console_end_job(); @cancel (Ctrl+C) must do so
 * too. */
typedef void (*PcJobFunc) (gpointer job);

/* Opens the terminal; there is one in a process. @pc is borrowed. (transfer full) */
PcConsole *pc_console_new (Pc *pc);
/* Cancels what is under way, and restores the terminal. */
void pc_console_free (PcConsole *self);
/* Runs the lines of @script (nullable), then reads commands. */
void pc_console_start (PcConsole *self, const char *script);
/* Bytes that were typed. */
void pc_console_feed (PcConsole *self, const guint8 *bytes, gsize length);
/* Runs the lines of @text before anything else that waits; @name stands in messages about them. */
void pc_console_run_script (PcConsole *self, const char *name, const char *text);

/* The command that runs goes on: until its end no other begins. @job is the caller's. */
void pc_console_begin_job (PcConsole *self, PcJobFunc cancel, gpointer job);
void pc_console_end_job (PcConsole *self);

/* Something nobody asked for: on a line of its own, the line being typed is shown again after it.
 */
void pc_console_notify (PcConsole *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
PcLine *pc_console_get_line (PcConsole *self);
void pc_console_set_echo (PcConsole *self, gboolean echo);
gboolean pc_console_get_echo (PcConsole *self);
/* The start configuration or a file is being run: answers that only confirm are not shown. */
gboolean pc_console_in_script (PcConsole *self);

/* What a command answers. */
void pc_print (Pc *pc, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Only confirms: nobody wants it from a start configuration. */
void pc_say (Pc *pc, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A mistake: from a script, with the line it stands in. One sentence, no line end. */
void pc_complain (Pc *pc, const char *format, ...) G_GNUC_PRINTF (2, 3);
