/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a program prints for -h. */

#include "iou-command.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  IouHelp help;
  gboolean found = iou_help_parse (text, &help);

  if (found != (help.nvram_default != 0 || help.ram_default != 0 || help.keepalives))
    g_error ("The answer is not what was found.");

  return 0;
}
