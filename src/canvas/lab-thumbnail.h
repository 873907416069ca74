/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Small pictures of lab files, for a gallery. Made in a thread and kept while the file stays as it is. */

/* @path: a lab file; @width, @height: pixels; @dark: for a dark ground. The ground is transparent. */
void        lab_thumbnail_async  (const char *path, int width, int height, gboolean dark, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (nullable) */
GdkTexture *lab_thumbnail_finish (GAsyncResult *result, GError **error);

G_END_DECLS
