/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asking for a file. One place for the chooser, which newer GTK replaces. */

/**
 * LabFileDialogKind:
 * @LAB_FILE_DIALOG_OPEN_LAB: a lab to open
 * @LAB_FILE_DIALOG_SAVE_LAB: where a lab is saved
 * @LAB_FILE_DIALOG_SAVE_PORTABLE: where a portable lab is written
 * @LAB_FILE_DIALOG_OPEN_PICTURE: a picture for the canvas
 * @LAB_FILE_DIALOG_OPEN_IMAGE: an image for the library, or an appliance
 * @LAB_FILE_DIALOG_OPEN_LIBRARY: a shared library for an image
 * @LAB_FILE_DIALOG_OPEN_LICENCE: an iourc
 * @LAB_FILE_DIALOG_OPEN_FOLDER: a folder
 * @LAB_FILE_DIALOG_SAVE_TEXT: where the output of a console is saved
 * @LAB_FILE_DIALOG_SAVE_CAPTURE: where frames are written
 * @LAB_FILE_DIALOG_IMPORT_CONFIGS: a folder of configurations
 * @LAB_FILE_DIALOG_EXPORT_CONFIGS: a folder for configurations
 */
typedef enum
{
  LAB_FILE_DIALOG_OPEN_LAB,
  LAB_FILE_DIALOG_SAVE_LAB,
  LAB_FILE_DIALOG_SAVE_PORTABLE,
  LAB_FILE_DIALOG_OPEN_PICTURE,
  LAB_FILE_DIALOG_OPEN_IMAGE,
  LAB_FILE_DIALOG_OPEN_LIBRARY,
  LAB_FILE_DIALOG_OPEN_LICENCE,
  LAB_FILE_DIALOG_OPEN_FOLDER,
  LAB_FILE_DIALOG_SAVE_TEXT,
  LAB_FILE_DIALOG_SAVE_CAPTURE,
  LAB_FILE_DIALOG_IMPORT_CONFIGS,
  LAB_FILE_DIALOG_EXPORT_CONFIGS,
} LabFileDialogKind;

/* @name: (nullable) the name proposed for a file to save; @folder: (nullable) where to begin. */
void   lab_file_dialog_async  (GtkWindow *parent, LabFileDialogKind kind, const char *name, GFile *folder,
                               GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (nullable): %NULL without an error: the dialog was closed. */
GFile *lab_file_dialog_finish (GAsyncResult *result, GError **error);

G_END_DECLS
