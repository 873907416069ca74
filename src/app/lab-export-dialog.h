/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-picture.h"

G_BEGIN_DECLS

#define LAB_TYPE_EXPORT_DIALOG (lab_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LabExportDialog, lab_export_dialog, LAB, EXPORT_DIALOG, AdwWindow)

/* Asks what picture of a lab is wanted and where, and writes it. */

/**
 * LabExportDone:
 * @parent: the window that the dialog belonged to
 * @path: (nullable): the picture; %NULL: it was not written
 * @text: a sentence for a toast
 * @user_data: what was given to lab_export_dialog_present()
 *
 * The picture is written, or not. Not called if @parent is closed before, or the dialog without a choice.
 */
typedef void (*LabExportDone) (GtkWindow *parent, const char *path, const char *text, gpointer user_data);

/* Over @parent, and closed with it. The selection counts as it is when the picture is written. */
void lab_export_dialog_present (GtkWindow *parent, LabTopology *topology, LabSelection *selection,
                                LabExportDone done, gpointer user_data);

G_END_DECLS
