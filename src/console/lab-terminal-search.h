/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <vte/vte.h>

G_BEGIN_DECLS

#define LAB_TYPE_TERMINAL_SEARCH (lab_terminal_search_get_type ())
G_DECLARE_FINAL_TYPE (LabTerminalSearch, lab_terminal_search, LAB, TERMINAL_SEARCH, GtkWidget)

/* The search bar of a console: plain text or a regular expression, matching case or not, around the
 * ends. Searching goes upwards first, since what one looks for has just scrolled by.
 * CSS: terminalsearch. */

/* Closed. @terminal: what it searches; must live as long as it. (transfer floating) */
GtkWidget *lab_terminal_search_new      (VteTerminal *terminal);
/* Shows it and takes the focus; what is selected in the terminal is searched for. */
void       lab_terminal_search_open     (LabTerminalSearch *self);
void       lab_terminal_search_close    (LabTerminalSearch *self);
gboolean   lab_terminal_search_is_open  (LabTerminalSearch *self);
/* Upwards: older. Open it first if it is not. */
void       lab_terminal_search_previous (LabTerminalSearch *self);
void       lab_terminal_search_next     (LabTerminalSearch *self);
/* Matches in all of the scroll-back; -1: nothing is searched for, or it is no regular expression. */
int        lab_terminal_search_get_count (LabTerminalSearch *self);

G_END_DECLS
