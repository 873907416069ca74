/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

#include "iou-error.h"

G_BEGIN_DECLS

/* A regular file, for reading; @extra_flags of open(2), such as `O_NOFOLLOW`; @size (out) in
 * bytes. The descriptor is the caller's to close; -1: @error is set. */
int      iou_file_open_regular  (const char *path, int extra_flags, guint64 *size, GError **error);
/* Exactly @length bytes at @offset; FALSE: the file is shorter, or cannot be read. */
gboolean iou_file_read_at       (int fd, guint64 offset, void *buffer, gsize length);
/* A whole regular file of at most @limit bytes; a NUL that does not count follows. Errors:
 * IOU_ERROR. (transfer full) (nullable) */
GBytes  *iou_file_read          (const char *path, int extra_flags, gsize limit, GError **error);
/* Replaces @path by way of a temporary file (mode 0600) in its folder, both flushed. A symbolic
 * link is replaced itself. Errors: IOU_ERROR. */
gboolean iou_file_write_durable (const char *path, GBytes *bytes, GError **error);
/* "The file @path could not be @verb: …", with the code that @saved_errno, an errno, stands for. */
void     iou_file_set_error     (GError **error, int saved_errno,
                                 const char *verb, const char *path);

G_END_DECLS
