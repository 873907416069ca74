/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The accelerators of the windows, in one table. Which of them hold depends on what has the focus: in
 * a terminal Ctrl and a letter belong to the device, in a text Ctrl+Z and Delete belong to the text. */

/**
 * LabAccelContext:
 * @LAB_ACCEL_PLANE: canvas, lists, buttons: everything holds
 * @LAB_ACCEL_TEXT: an entry or a text: what edits the lab does not hold
 * @LAB_ACCEL_TERMINAL: a console: only function keys and Ctrl+Shift hold
 */
typedef enum
{
  LAB_ACCEL_PLANE,
  LAB_ACCEL_TEXT,
  LAB_ACCEL_TERMINAL,
} LabAccelContext;

/* What the focus widget makes of it. @focus: (nullable) */
LabAccelContext lab_accels_context_of (GtkWidget *focus);
/* Gives @window the accelerators; its actions, and those of its application, are what they activate. */
void            lab_accels_install    (GtkWindow *window);
/* The key to show beside @action (detailed: "win.tool::link"). (nullable) */
const char     *lab_accels_get        (const char *action);
/* Whether @action has @accel in @context; for tests. */
gboolean        lab_accels_holds      (LabAccelContext context, const char *action, const char *accel);

G_END_DECLS
