/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-selection.h"
#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_INSPECTOR (lab_inspector_get_type ())
G_DECLARE_FINAL_TYPE (LabInspector, lab_inspector, LAB, INSPECTOR, GtkWidget)

/* What is selected, in detail, and its settings: a device, several of them, a link, a drawing; or the
 * lab itself when nothing is. All edits are undoable steps.
 *
 * Signal: "activate-node" (LabNode): its console is wanted (as the canvas's signal). */

/* Follows @selection, and keeps references to both. (transfer floating) */
GtkWidget *lab_inspector_new    (LabSession *session, LabSelection *selection);
/* Takes what is being typed into the document: before saving, or closing. */
void       lab_inspector_commit (LabInspector *self);

G_END_DECLS
