/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LAB_TYPE_TERMINAL_BAR (lab_terminal_bar_get_type ())
G_DECLARE_FINAL_TYPE (LabTerminalBar, lab_terminal_bar, LAB, TERMINAL_BAR, GtkWidget)

/* A slim line that says why there is nothing to type to, with one button at most.
 * Signal: "activated" (): the button. CSS: terminalbar, and its class .error. */

/* Hidden, until lab_terminal_bar_show(). (transfer floating) */
GtkWidget *lab_terminal_bar_new  (void);
/* @icon: an icon's name; @button: (nullable): what the button says, with a mnemonic; @error: something
 * went wrong. */
void       lab_terminal_bar_show (LabTerminalBar *self, const char *icon, const char *text, const char *button,
                                  gboolean error);
void       lab_terminal_bar_hide (LabTerminalBar *self);

G_END_DECLS
