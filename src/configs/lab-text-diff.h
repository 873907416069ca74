/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What two texts have in common, line by line. */

/**
 * LabTextDiffKind:
 * @LAB_TEXT_DIFF_SAME: the line is in both
 * @LAB_TEXT_DIFF_REMOVED: only in the first
 * @LAB_TEXT_DIFF_ADDED: only in the second
 */
typedef enum
{
  LAB_TEXT_DIFF_SAME,
  LAB_TEXT_DIFF_REMOVED,
  LAB_TEXT_DIFF_ADDED,
} LabTextDiffKind;

/**
 * LabTextDiffLine:
 * @text: the line without its end, in one of the texts that were compared
 * @length: its length in bytes
 * @ended: FALSE: the last line of its text, and no line end follows it
 */
typedef struct
{
  LabTextDiffKind kind;
  const char *text;
  gsize length;
  gboolean ended;
} LabTextDiffLine;

/**
 * lab_text_diff:
 * @a: the first text; bytes of any kind. Both are borrowed by the result
 * @b: the second
 *
 * Returns: (transfer full) (element-type LabTextDiffLine): every line of both, in order; the fewest
 *   possible are removed and added, but for texts that have very little in common
 */
GArray *lab_text_diff         (const char *a, gsize a_length, const char *b, gsize b_length);
/**
 * lab_text_diff_unified:
 * @a_name: what stands in the head, after "--- "
 * @b_name: the same after "+++ "
 * @context: lines round a change
 *
 * Returns: (transfer full): the difference as patch(1) reads it; empty if there is none
 */
char   *lab_text_diff_unified (const char *a, gsize a_length, const char *a_name,
                               const char *b, gsize b_length, const char *b_name, guint context);

G_END_DECLS
