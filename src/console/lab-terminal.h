/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-client.h"

G_BEGIN_DECLS

#define LAB_TYPE_TERMINAL (lab_terminal_get_type ())
G_DECLARE_FINAL_TYPE (LabTerminal, lab_terminal, LAB, TERMINAL, GtkWidget)

/* One console: a VteTerminal without a PTY, fed by a byte stream, with a search bar above and a
 * status line of its own when the device is away. Knows one node of one client by name, connects by
 * itself when there is a console to connect to, and again after stop, crash and engine restart.
 *
 * Properties: "node-name" (string), "connected" (boolean, read-only).
 * Signals: "start-requested" (): Enter or the button while the device is stopped;
 *          "input" (GBytes): what the user typed or pasted, for "type at all consoles".
 * Actions: "terminal.copy", "terminal.paste", "terminal.select-all", "terminal.find",
 *          "terminal.find-next", "terminal.find-previous", "terminal.zoom-in", "terminal.zoom-out",
 *          "terminal.zoom-reset", "terminal.clear". */

GtkWidget  *lab_terminal_new           (const char *node_name);
const char *lab_terminal_get_node_name (LabTerminal *self);
void        lab_terminal_set_node_name (LabTerminal *self, const char *name); /* the node was renamed */
/* @client: (nullable): the engine's client; %NULL while there is none. */
void        lab_terminal_set_client    (LabTerminal *self, LabClient *client);
/* What the device does now; the terminal shows "stopped", offers to start, reconnects. */
void        lab_terminal_set_state     (LabTerminal *self, LabClientState state, const char *message);
gboolean    lab_terminal_get_connected (LabTerminal *self);
/* Sends bytes as if typed, without emitting "input". */
void        lab_terminal_send          (LabTerminal *self, const char *bytes, gsize length);
/* All of the scroll-back as text. (transfer full) */
char       *lab_terminal_dup_text      (LabTerminal *self);
/* @font: (nullable) a Pango description; @scheme: a palette's name, see lab-palette.h of console/. */
void        lab_terminal_set_font      (LabTerminal *self, const char *font);
void        lab_terminal_set_scheme    (LabTerminal *self, const char *scheme);
void        lab_terminal_set_scrollback (LabTerminal *self, glong lines);

G_END_DECLS
