/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An NVRAM file: read, and built upon. What is built holds the text given, and what was not its
 * business is as it was. */

#include "iou-nvram.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_built (GBytes *old, const char *startup, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) new = iou_nvram_build (old, 0, startup, length, NULL, 0, &error);
  g_auto (IouNvram) nvram = { 0 };
  gsize old_size = g_bytes_get_size (old);
  const guint8 *old_data = g_bytes_get_data (old, NULL);
  const guint8 *data;
  gsize size;

  if ((new == NULL) != (error != NULL))
    g_error ("There is a file and an error, or neither.");
  if (new == NULL)
    return;

  data = g_bytes_get_data (new, &size);
  if (!iou_nvram_parse (data, size, &nvram, &error))
    g_error ("What was built is refused: %s", error->message);
  if (!nvram.checksum_ok || nvram.startup_length < length || nvram.startup_length > length + 3 ||
      memcmp (nvram.startup, startup, length) != 0)
    g_error ("What was built holds another text.");
  if (size == old_size &&
      memcmp (data + size / 2 - 2048, old_data + size / 2 - 2048, size / 2 + 2048) != 0)
    g_error ("What must be kept was changed.");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) old = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_auto (IouNvram) nvram = { 0 };
  gboolean found = iou_nvram_parse (data, size, &nvram, &error);

  if (found != (error == NULL) || found != (nvram.startup != NULL))
    g_error ("There is a configuration and an error, or neither.");
  if (found && strlen (nvram.startup) > nvram.startup_length)
    g_error ("A text does not end.");

  check_built (old, "hostname R1\nend", 15);
  if (found)
    check_built (old, nvram.startup, nvram.startup_length);

  return 0;
}
