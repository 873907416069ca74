/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A Unix compress stream. */

#include "iou-lzc.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) text = iou_lzc_expand (data, size, &error);

  if ((text == NULL) != (error != NULL))
    g_error ("There is a text and an error, or neither.");
  if (text != NULL && (text->len > IOU_LZC_MAX_LENGTH || text->data[text->len] != 0))
    g_error ("The text is too long or does not end.");

  return 0;
}
