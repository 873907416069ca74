/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-image.h"

G_BEGIN_DECLS

/* Reads exactly @length bytes at @offset, or returns FALSE. Lets the parser work on memory and on
 * files of several hundred megabytes, of which it needs a few pages. */
typedef gboolean (*IouImageReadFunc) (gpointer source, guint64 offset, void *buffer, gsize length);

/* Reads an ELF program. @image is set on success only, with nothing looked for on the disk;
 * @run_path: (out) (optional) (nullable) (transfer full): DT_RUNPATH, or else DT_RPATH, as it
 * stands there. */
gboolean   iou_image_parse_source  (IouImageReadFunc read, gpointer source,
                                    IouImage *image, char **run_path, GError **error);
/* Of any ELF file, program or library: 32 or 64, and its e_machine. FALSE: it is none. */
gboolean   iou_image_read_machine  (IouImageReadFunc read, gpointer source,
                                    guint *bits, guint *machine);

/* The folders ld.so looks into on a system whose / is @root, in order, each with @root before it:
 * those of ld.so.conf and its includes, then the usual ones for @bits. (transfer full) */
GPtrArray *iou_image_library_dirs  (const char *root, guint bits);

/* iou_image_check_file_full() on a system whose / is @root. @path and @library_dirs are as they
 * are. */
gboolean   iou_image_check_in_root (const char *root, const char *path,
                                    const char *const *library_dirs,
                                    IouImage *image, GError **error);

G_END_DECLS
