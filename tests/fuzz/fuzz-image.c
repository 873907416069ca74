/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of an executable. */

#include "iou-image.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_auto (IouImage) image = { 0 };
  gboolean ok = iou_image_parse (data, size, &image, &error);

  if (ok != (error == NULL) || ok != (image.libraries != NULL) ||
      (error != NULL && !g_utf8_validate (error->message, -1, NULL)))
    g_error ("It is understood and there is an error, or neither.");

  return 0;
}
