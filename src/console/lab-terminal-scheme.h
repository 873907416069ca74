/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* The colours of a terminal. "system" has two sets and follows the desktop's dark style; the others are
 * the same in both. */

#define LAB_TERMINAL_N_COLOURS 16
#define LAB_TERMINAL_SCHEME_SYSTEM "system"

typedef struct
{
  GdkRGBA foreground;
  GdkRGBA background;
  GdkRGBA cursor;
  GdkRGBA palette[LAB_TERMINAL_N_COLOURS]; /* black, red, green, yellow, blue, magenta, cyan, white; bright */
} LabTerminalColours;

/* The schemes in the order of a menu. The name is for settings, the title for people (translated). */
guint       lab_terminal_scheme_get_n     (void);
const char *lab_terminal_scheme_get_name  (guint index);
const char *lab_terminal_scheme_get_title (guint index);
/* @name: (nullable); a name that is not known is taken for "system". @dark: the desktop's style. */
void        lab_terminal_scheme_load      (const char *name, gboolean dark, LabTerminalColours *colours);

G_END_DECLS
