/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two texts, divided by a zero byte: what is the same and what was removed is the first again, what
 * is the same and what was added the second. */

#include <string.h>

#include "lab-text-diff.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_side (GArray *lines, LabTextDiffKind without, const char *text, gsize length)
{
  g_autoptr (GString) side = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const LabTextDiffLine *line = &g_array_index (lines, LabTextDiffLine, i);

      if (line->kind == without)
        continue;
      g_string_append_len (side, line->text, (gssize) line->length);
      if (line->ended)
        g_string_append_c (side, '\n');
    }
  /* Without a text there is no pointer either. */
  if (side->len != length || (length > 0 && memcmp (side->str, text, length) != 0))
    g_error ("The lines are not those of the text.");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *a = (const char *) data;
  const char *zero = size > 0 ? memchr (a, '\0', size) : NULL;
  gsize a_length = zero != NULL ? (gsize) (zero - a) : size;
  const char *b = zero != NULL ? zero + 1 : "";
  gsize b_length = zero != NULL ? size - a_length - 1 : 0;
  g_autoptr (GArray) lines = lab_text_diff (a, a_length, b, b_length);
  g_autofree char *unified = lab_text_diff_unified (a, a_length, "a", b, b_length, "b", 3);
  gboolean same = a_length == b_length && (a_length == 0 || memcmp (a, b, a_length) == 0);

  check_side (lines, LAB_TEXT_DIFF_ADDED, a, a_length);
  check_side (lines, LAB_TEXT_DIFF_REMOVED, b, b_length);
  if (same != (*unified == '\0'))
    g_error ("The difference is wrong about whether there is one.");
  return 0;
}
