/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Markdown as text with styles: headings, lists, code, emphasis, links, quotes, rules. What stands
 * between <details> and its end is folded below its summary; all other HTML is left out, and pictures
 * are shown as their text: nothing is fetched.
 *
 * lab_markdown_fill() replaces the text of @buffer, whose tags are made when they are missing. Tags
 * of links carry their address: lab_markdown_get_link(). */

/* All folds are closed. */
void        lab_markdown_fill     (GtkTextBuffer *buffer, const char *markdown);
/* The address of the link at @iter; http, https and mailto only. (nullable) */
const char *lab_markdown_get_link (const GtkTextIter *iter);
/* Whether the heading of a fold is at @iter; folds or unfolds it. */
gboolean    lab_markdown_is_fold     (const GtkTextIter *iter);
void        lab_markdown_toggle_fold (GtkTextBuffer *buffer, const GtkTextIter *iter);
/* A read-only view of Markdown, whose links open when they are clicked. */
GtkWidget  *lab_markdown_view_new (void);
void        lab_markdown_view_set (GtkWidget *view, const char *markdown);

G_END_DECLS
