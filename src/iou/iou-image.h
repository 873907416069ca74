/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"

G_BEGIN_DECLS

/* The checks of an executable before it is started (contract section 11), from its ELF bytes only:
 * nothing is executed. */
typedef struct
{
  guint bits;            /* 32 or 64 */
  guint machine;         /* 3 i386, 62 x86-64 */
  char *interpreter;     /* PT_INTERP (nullable): static */
  char **libraries;      /* DT_NEEDED */
  char **missing;        /* of these, the ones not found on this machine */
} IouImage;

void     iou_image_clear      (IouImage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IouImage, iou_image_clear)

gboolean iou_image_parse      (const guint8 *data, gsize length, IouImage *image, GError **error);
/* All of section 11, 1 to 5: each failure is a sentence that says what to do. @image may be NULL. */
gboolean iou_image_check_file (const char *path, IouImage *image, GError **error);

/* The name under which the image must stand in the working directory: its base name, cut to 63
 * characters with the extension kept (gns3#2303). (transfer full) */
char    *iou_image_link_name  (const char *path);

G_END_DECLS
