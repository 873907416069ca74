/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three texts, divided by zero bytes: a node's name, its start configuration, and what its device
 * saved. What becomes of them is valid, no longer than it may be, and the same again from what the
 * device is given. */

#include <string.h>

#include "lab-start-text.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* (transfer full): the text up to the next zero byte. */
static char *
next_text (const char **at, gsize *left)
{
  gsize length = strnlen (*at, *left);
  char *text = g_strndup (*at, length);

  length = MIN (length + 1, *left);
  *at += length;
  *left -= length;
  return text;
}

static void
check_again (const char *text, const char *name)
{
  g_autofree char *given = lab_start_text_expand (text, name);
  g_autofree char *again = lab_start_text_from_saved (given, strlen (given), name, text);

  if (!lab_start_text_equal (text, again, name))
    g_error ("The text is another one the second time.");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *at = size > 0 ? (const char *) data : "";
  g_autofree char *name = NULL;
  g_autofree char *start = NULL;
  g_autofree char *text = NULL;

  if (size > 4096)
    return 0;
  name = next_text (&at, &size);
  start = next_text (&at, &size);
  /* A document holds nothing else. */
  if (*name == '\0' || strlen (name) > 63 || !g_utf8_validate (name, -1, NULL) ||
      strpbrk (name, "\r\n%") != NULL || !g_utf8_validate (start, -1, NULL) ||
      strchr (start, '\r') != NULL)
    return 0;
  text = lab_start_text_from_saved (at, size, name, start);
  if (!g_utf8_validate (text, -1, NULL) || strchr (text, '\r') != NULL)
    g_error ("The text is not one for a document.");
  check_again (text, name);
  return 0;
}
