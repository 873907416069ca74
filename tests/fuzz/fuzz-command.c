/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A command line, one word a line. What was read and is written again reads as the same. */

#include "iou-command.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_auto (GStrv) words = g_strsplit (text, "\n", 1000);
  g_autoptr (GError) error = NULL;
  g_autoptr (IouCommand) command = NULL;
  g_autoptr (IouCommand) again = NULL;
  g_auto (GStrv) built = NULL;
  g_auto (GStrv) built_again = NULL;

  command = iou_command_parse ((int) g_strv_length (words), (const char *const *) words, &error);
  if ((command == NULL) != (error != NULL) ||
      (error != NULL && !g_utf8_validate (error->message, -1, NULL)))
    g_error ("There is a command and an error, or neither.");
  if (command == NULL)
    return 0;

  built = iou_command_build (command, "image");
  again = iou_command_parse ((int) g_strv_length (built), (const char *const *) built, NULL);
  if (again == NULL)
    g_error ("What was built is refused.");
  built_again = iou_command_build (again, "image");
  if (!g_strv_equal ((const char *const *) built, (const char *const *) built_again))
    g_error ("What was built reads differently.");

  return 0;
}
