/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "lab-clipping.h"

G_BEGIN_DECLS

/* What was copied, on a desktop's clipboard: within the program as it is, to other processes as JSON
 * of the type LAB_CLIPPING_MIME. */

/* A reference to @clipping is kept until something else is copied. */
void         lab_clipboard_set         (GdkClipboard *clipboard, LabClipping *clipping);
/* Whether there is something that could be pasted. */
gboolean     lab_clipboard_has         (GdkClipboard *clipboard);
/* What another program put there is refused with a sentence if it is not right. */
void         lab_clipboard_read_async  (GdkClipboard *clipboard, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (nullable) */
LabClipping *lab_clipboard_read_finish (GdkClipboard *clipboard, GAsyncResult *result, GError **error);

G_END_DECLS
