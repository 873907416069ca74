/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Whose a key is while a console has the focus. Plain keys and Ctrl with a letter are the device's,
 * whatever accelerators the window has (Ctrl+Z, Ctrl+W, Delete…); what has Ctrl+Shift is ours; function
 * keys, Alt with a digit and Ctrl+Page Up stay the window's. */

/**
 * LabTerminalKey:
 * @LAB_TERMINAL_KEY_OTHER: the window's accelerators come first, then the terminal
 * @LAB_TERMINAL_KEY_DEVICE: nobody but the device gets it
 * @LAB_TERMINAL_KEY_BREAK: the escape sequence of IOS, Ctrl+Shift+6: the byte 0x1e, which not every
 *   keyboard layout has on that key
 * @LAB_TERMINAL_KEY_ACTION: one of the terminal's own actions
 */
typedef enum
{
  LAB_TERMINAL_KEY_OTHER,
  LAB_TERMINAL_KEY_DEVICE,
  LAB_TERMINAL_KEY_BREAK,
  LAB_TERMINAL_KEY_ACTION,
} LabTerminalKey;

/* @is_six: the key has a 6 on it, whatever Shift makes of it in this layout. @action: (out) (nullable):
 * the name of the action. */
LabTerminalKey lab_terminal_keys_classify (guint keyval, GdkModifierType state, gboolean is_six, const char **action);

G_END_DECLS
