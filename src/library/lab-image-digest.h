/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-image-guess.h"

G_BEGIN_DECLS

/**
 * LabImageDigest:
 * @sha256: what identifies an image, 64 hexadecimal digits
 * @md5: what GNS3's appliances name images by, 32 hexadecimal digits
 * @role: what the image says of itself; unknown if it says nothing
 * @release: (nullable): the same
 *
 * What is learnt from the bytes of a file. Free with lab_image_digest_clear().
 */
typedef struct
{
  char *sha256;
  char *md5;
  LabImageRole role;
  char *release;
} LabImageDigest;

/* Frees what it holds, not @self, which is then as if nothing had been learnt. */
void     lab_image_digest_clear (LabImageDigest *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabImageDigest, lab_image_digest_clear)

/* Reads the whole file once: for a thread. Errors are G_IO_ERROR. @digest is not touched on an
 * error. */
gboolean lab_image_digest_file  (const char *path, LabImageDigest *digest,
                                 GCancellable *cancellable, GError **error);

G_END_DECLS
