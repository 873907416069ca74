/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

#include "iou-error.h"

G_BEGIN_DECLS

int      iou_file_open_regular  (const char *path, int extra_flags, guint64 *size, GError **error);
gboolean iou_file_read_at       (int fd, guint64 offset, void *buffer, gsize length);
GBytes  *iou_file_read          (const char *path, int extra_flags, gsize limit, GError **error);
gboolean iou_file_write_durable (const char *path, GBytes *bytes, GError **error);
void     iou_file_set_error     (GError **error, int saved_errno,
                                 const char *verb, const char *path);

G_END_DECLS
