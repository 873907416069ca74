/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A portable lab. What is looked at without an error has a document and keeps its bounds. */

#include "lab-portable.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LabPortable) about = lab_portable_look_bytes (data, size, &error);

  if ((about == NULL) != (error != NULL))
    g_error ("There is a lab and an error, or neither.");
  if (about != NULL &&
      (about->name == NULL || about->uuid == NULL || about->n_bytes > LAB_PORTABLE_MAX_BYTES))
    g_error ("A portable lab without a document, or beyond its bounds.");
  return 0;
}
