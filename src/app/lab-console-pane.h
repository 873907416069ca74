/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_CONSOLE_PANE (lab_console_pane_get_type ())
G_DECLARE_FINAL_TYPE (LabConsolePane, lab_console_pane, LAB, CONSOLE_PANE, GtkWidget)

/* The consoles of a lab: tabs in the pane below the canvas, and windows of their own for those that
 * were detached. Detached windows go with the pane.
 *
 * Properties: "n-pages" (uint, read-only): consoles in the pane, without the detached;
 *             "type-at-all" (boolean): what is typed into one console goes to all that are open.
 * Signals: "reveal" (): a console in the pane was asked for, the pane is to be shown;
 *          "changed" (): other consoles are open, or their order changed.
 * Actions: "consoles.open-all": of all running devices; "consoles.type-at-all". */

/* Without consoles. Keeps a reference to @session. (transfer floating) */
GtkWidget *lab_console_pane_new            (LabSession *session);
/* Opens the console of @node, or shows it if it is open, and gives it the focus. With the setting
 * "use-external-terminal" it opens in the other program. Says so if @node has none. */
void       lab_console_pane_open           (LabConsolePane *self, LabNode *node);
/* Of all running devices in the order of their names, one after the other while nothing else is to do. */
void       lab_console_pane_open_all       (LabConsolePane *self);
guint      lab_console_pane_get_n_pages    (LabConsolePane *self);
gboolean   lab_console_pane_get_type_at_all (LabConsolePane *self);
void       lab_console_pane_set_type_at_all (LabConsolePane *self, gboolean type_at_all);
/* The names of the nodes whose consoles are open, in order, the detached last. (transfer full) */
GStrv      lab_console_pane_dup_open_names (LabConsolePane *self);
/* Opens the consoles of the nodes named that exist, without showing the pane or taking the focus. */
void       lab_console_pane_restore        (LabConsolePane *self, const char *const *names);

G_END_DECLS
