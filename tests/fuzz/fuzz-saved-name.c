/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A name of a file in a history: what is taken for one is the name that its entry would get. */

#include <string.h>

#include "lab-saved.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *name = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  LabSavedEntry entry = { 0 };
  g_autofree char *built = NULL;

  if (!lab_saved_parse_name (name, &entry))
    return 0;
  built = lab_saved_build_name (&entry);
  if (strcmp (name, built) != 0 || entry.number == 0 || entry.first < 0 ||
      entry.last < entry.first || strchr (name, '/') != NULL)
    g_error ("“%s” is not the name of an entry.", name);
  return 0;
}
