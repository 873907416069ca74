/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What dialogs that are made in code have in common: a bar with Cancel and what is done, and
 * content with the same space around it. */

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * lab_dialog_button:
 * @label: its text, with a mnemonic
 * @action: (nullable): its action
 *
 * Returns: (transfer floating)
 */
GtkWidget *lab_dialog_button      (const char *label, const char *action);
/**
 * lab_dialog_header:
 *
 * Returns: (transfer floating): a bar that closes the dialog by Cancel only
 */
GtkWidget *lab_dialog_header      (void);
/**
 * lab_dialog_set_default:
 * @self: the dialog
 * @button: one of its own
 *
 * Makes @button the one that Enter presses, and that looks so.
 */
void       lab_dialog_set_default (GtkWindow *self, GtkWidget *button);
/**
 * lab_dialog_body:
 *
 * Returns: (transfer floating): a box for what is below the bar, from top to bottom
 */
GtkWidget *lab_dialog_body        (void);

G_END_DECLS
