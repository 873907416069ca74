/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LAB_TYPE_SYMBOL_FOLDER (lab_symbol_folder_get_type ())
G_DECLARE_FINAL_TYPE (LabSymbolFolder, lab_symbol_folder, LAB, SYMBOL_FOLDER, GObject)

/* The user's own symbols: SVG and PNG files in $XDG_DATA_HOME/labwright/symbols/. Read in a thread
 * when the object is made and whenever the folder changes. Signal: "changed" (): there are other
 * symbols now (lab-symbols.h); draw anew. */

/* The only one of the program; made when first asked for. (transfer none) */
LabSymbolFolder *lab_symbol_folder_get_default  (void);

/* Copies @file into the folder, if it is a picture that can be a symbol. Gives the symbol's name.
 * Errors: LAB_ERROR and G_IO_ERROR, sentences for people. */
void             lab_symbol_folder_add_async    (LabSymbolFolder *self, GFile *file, GCancellable *cancellable,
                                                 GAsyncReadyCallback callback, gpointer user_data);
char            *lab_symbol_folder_add_finish   (LabSymbolFolder *self, GAsyncResult *result, GError **error);

/* Reads the folder now; for threads and tests. */
void             lab_symbol_folder_read         (void);

G_END_DECLS
