/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-selection.h"
#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_SEARCH (lab_search_get_type ())
G_DECLARE_FINAL_TYPE (LabSearch, lab_search, LAB, SEARCH, GtkWidget)

/* The search of a lab (Ctrl+F), to be laid over the canvas, at its top. Hidden until it is opened.
 * While the user types or goes through what was found with the arrows, each hit is selected and
 * revealed; Enter and Escape close it.
 *
 * Signals:
 *   "reveal" (GObject *item): a node, link or drawing to be brought into view and flashed
 *   "show-notes" (): the lab's notes are wanted (nothing is selected: the inspector has them)
 *   "closed" (): the keyboard belongs to the canvas again */

/* Keeps references to both. (transfer floating) */
GtkWidget *lab_search_new   (LabSession *session, LabSelection *selection);
/* Shows it, with the last query selected, and takes the keyboard. */
void       lab_search_open  (LabSearch *self);
void       lab_search_close (LabSearch *self);

G_END_DECLS
