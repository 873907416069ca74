/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a console shows, as text: carriage returns, backspaces and escape sequences carried out. */
typedef struct
{
  GString *text;   /* complete lines, each with LF */
  GString *line;   /* the line the cursor is in */
  gsize column;    /* of the cursor, in bytes */
  GString *escape; /* of a sequence that has begun */
  gboolean in_escape;
} LabScreen;

/* Empty, of no width: lines are not wrapped. (transfer full) */
LabScreen *lab_screen_new    (void);
void       lab_screen_free   (LabScreen *self);
/* What came from the console; a sequence or character may be cut anywhere. */
void       lab_screen_feed   (LabScreen *self, const char *data, gsize length);
/* Forgets the complete lines. */
void       lab_screen_forget (LabScreen *self);
/* Complete lines, and the unfinished one if @all; valid UTF-8. (transfer full) */
char      *lab_screen_dup    (LabScreen *self, gboolean all);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabScreen, lab_screen_free)

G_END_DECLS
