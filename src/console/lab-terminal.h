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
 * Signals: "start-requested" (): Enter or the button while the device is stopped, crashed or frozen;
 *          "input" (GBytes): what the user typed or pasted, for "type at all consoles"; never what
 *          the terminal itself answers to a device;
 *          "output" (): the device said something now; not for scroll-back.
 * Actions: "terminal.copy", "terminal.paste", "terminal.select-all", "terminal.find",
 *          "terminal.find-next", "terminal.find-previous", "terminal.zoom-in", "terminal.zoom-out",
 *          "terminal.zoom-reset", "terminal.clear", "terminal.reconnect".
 *
 * While the terminal has the focus it takes the keys that are the device's (lab-terminal-keys.h)
 * before any accelerator of its window sees them. */

/* (transfer floating). @node_name: whose console; it connects once there are client and state. */
GtkWidget  *lab_terminal_new           (const char *node_name);
/* (transfer none), until the next lab_terminal_set_node_name(). */
const char *lab_terminal_get_node_name (LabTerminal *self);
void        lab_terminal_set_node_name (LabTerminal *self, const char *name); /* the node was renamed */
/* @client: (nullable): the engine's client; %NULL while there is none. */
void        lab_terminal_set_client    (LabTerminal *self, LabClient *client);
/* What the device does now; the terminal shows "stopped", offers to start, reconnects. With
 * %LAB_CLIENT_STATE_UNKNOWN only @message is shown. */
void        lab_terminal_set_state     (LabTerminal *self, LabClientState state, const char *message);
gboolean    lab_terminal_get_connected (LabTerminal *self);
/* Sends bytes as if typed, without emitting "input". */
void        lab_terminal_send          (LabTerminal *self, const char *bytes, gsize length);
/* Drops the connection and makes it anew, with all of the scroll-back. */
void        lab_terminal_reconnect     (LabTerminal *self);
/* All of the scroll-back as text. (transfer full) */
char       *lab_terminal_dup_text      (LabTerminal *self);
/* @font: (nullable) a Pango description; @scheme: a name of lab-terminal-scheme.h. */
void        lab_terminal_set_font      (LabTerminal *self, const char *font);
void        lab_terminal_set_scheme    (LabTerminal *self, const char *scheme);
void        lab_terminal_set_scrollback (LabTerminal *self, glong lines);
/* @menu: (nullable): more sections for the context menu. */
void        lab_terminal_set_extra_menu (LabTerminal *self, GMenuModel *menu);

G_END_DECLS
