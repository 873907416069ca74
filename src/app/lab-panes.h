/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-adaptive-bin.h"

G_BEGIN_DECLS

#define LAB_TYPE_PANES (lab_panes_get_type ())
G_DECLARE_FINAL_TYPE (LabPanes, lab_panes, LAB, PANES, GtkWidget)

/* The four panes of a lab's window: dock, canvas, inspector, and the consoles below. Knows which of
 * them are wanted and, by the width class, which are shown: with little room at most one side pane,
 * with very little one pane at all.
 *
 * Signal "changed" (): something else is shown. */

/**
 * LabPane:
 * @LAB_PANE_DOCK: at the left
 * @LAB_PANE_CANVAS: in the middle
 * @LAB_PANE_INSPECTOR: at the right
 * @LAB_PANE_CONSOLES: below
 */
typedef enum
{
  LAB_PANE_DOCK,
  LAB_PANE_CANVAS,
  LAB_PANE_INSPECTOR,
  LAB_PANE_CONSOLES,
  LAB_N_PANES,
} LabPane;

/* Four empty places. (transfer floating) */
GtkWidget *lab_panes_new            (void);
/* @child: (nullable) (transfer floating): takes the place of the one before. */
void       lab_panes_set_child      (LabPanes *self, LabPane pane, GtkWidget *child);
/* Another class shows the canvas first. */
void       lab_panes_set_size_class (LabPanes *self, LabSizeClass size_class);
/* Whether @pane is shown now; a pane without a child never is. */
gboolean   lab_panes_get_shown      (LabPanes *self, LabPane pane);
/* Shows or hides a pane as the user asks for it. */
void       lab_panes_set_shown      (LabPanes *self, LabPane pane, gboolean shown);
/* Whether the keyboard is in @pane. */
gboolean   lab_panes_has_focus      (LabPanes *self, LabPane pane);
/* The consoles take the whole window. */
gboolean   lab_panes_get_filled     (LabPanes *self);
void       lab_panes_set_filled     (LabPanes *self, gboolean filled);
/* Sizes and what is wanted, from and to the settings. */
void       lab_panes_restore        (LabPanes *self, GSettings *settings);
void       lab_panes_save           (LabPanes *self, GSettings *settings);

G_END_DECLS
