/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A licence file. */

#include "iou-licence.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  gboolean right = iou_licence_check ((const char *) data, size, "host", &error);

  if (right != (error == NULL) || (error != NULL && !g_utf8_validate (error->message, -1, NULL)))
    g_error ("It is right and there is an error, or neither.");

  return 0;
}
