/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-session.h"
#include "lab-terminal.h"

G_BEGIN_DECLS

#define LAB_TYPE_CONSOLE_TAB (lab_console_tab_get_type ())
G_DECLARE_FINAL_TYPE (LabConsoleTab, lab_console_tab, LAB, CONSOLE_TAB, GtkWidget)

/* The console of one node of a lab: a LabTerminal that follows the node. It stays when the node is
 * removed, says so, and goes on when the removal is undone.
 *
 * Signals: "changed" (): name or state; "input" (GBytes): what the user typed, for all consoles;
 *          "output" (): the device said something. */

/* Connects when there is something to connect to. Keeps references to both, to @node until it is
 * removed. (transfer floating) */
GtkWidget   *lab_console_tab_new          (LabSession *session, LabNode *node);
LabNode     *lab_console_tab_get_node     (LabConsoleTab *self); /* (nullable): it was removed */
/* The node's name, the last it had. */
const char  *lab_console_tab_get_name     (LabConsoleTab *self);
/* A symbolic icon for the state, shape and colour. */
const char  *lab_console_tab_get_icon     (LabConsoleTab *self);
/* "R1: Running", for a tooltip. (transfer full) */
char        *lab_console_tab_dup_tooltip  (LabConsoleTab *self);
LabTerminal *lab_console_tab_get_terminal (LabConsoleTab *self);
/* As if typed here, if there is a device that listens. */
void         lab_console_tab_send         (LabConsoleTab *self, GBytes *bytes);
/* Shows that what is typed here goes to all consoles. */
void         lab_console_tab_set_typed_at_all (LabConsoleTab *self, gboolean typed_at_all);

G_END_DECLS
