/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-drawing.h"

G_BEGIN_DECLS

/* Reads a picture file in a thread and makes a drawing of it, its middle at @x, @y, at its own size but not
 * larger than 600 world units. Errors: G_IO_ERROR, a sentence that names the file. */
void        lab_picture_file_async  (GFile *file, double x, double y, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) */
LabDrawing *lab_picture_file_finish (GAsyncResult *result, GError **error);

G_END_DECLS
