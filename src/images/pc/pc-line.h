/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The line editor: bytes from a terminal in, bytes for the terminal out. It knows nothing else. */

#include <glib.h>

#define PC_LINE_MAX     1000
#define PC_LINE_HISTORY 100

typedef enum
{
  PC_LINE_NOTHING,
  PC_LINE_ENTER,     /* the line is complete: pc_line_take() */
  PC_LINE_INTERRUPT, /* Ctrl+C */
  PC_LINE_END,       /* Ctrl+D on an empty line */
  PC_LINE_COMPLETE,  /* Tab */
  PC_LINE_HELP,      /* ? */
  PC_LINE_REDRAW,    /* Ctrl+L: the screen was cleared; show the prompt again */
} PcLineEvent;

typedef struct _PcLine PcLine;

/* Empty, without history. (transfer full) */
PcLine *pc_line_new (void);
void pc_line_free (PcLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcLine, pc_line_free)

/* Appends to @out what the terminal must show. */
PcLineEvent pc_line_feed (PcLine *self, guint8 byte, GString *out);
/* The line, which is then empty and in the history. (transfer full) */
char *pc_line_take (PcLine *self);
void pc_line_clear (PcLine *self);
const char *pc_line_get_text (PcLine *self);
/* The text before the cursor. (transfer full) */
char *pc_line_dup_before (PcLine *self);
void pc_line_insert (PcLine *self, const char *text, GString *out);
/* Shows the line and puts the cursor back, after a prompt was written. */
void pc_line_draw (PcLine *self, GString *out);

/* Oldest first. */
GPtrArray *pc_line_get_history (PcLine *self);
void pc_line_clear_history (PcLine *self);
