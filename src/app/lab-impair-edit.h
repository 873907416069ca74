/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-impair.h"
#include "lab-session.h"

G_BEGIN_DECLS

/**
 * LabImpairEnds:
 * @LAB_IMPAIR_FROM_A: what leaves end 0
 * @LAB_IMPAIR_FROM_B: what leaves end 1
 * @LAB_IMPAIR_BOTH: both
 *
 * Which direction of a link an edit is about.
 */
typedef enum
{
  LAB_IMPAIR_FROM_A = 1 << 0,
  LAB_IMPAIR_FROM_B = 1 << 1,
  LAB_IMPAIR_BOTH = LAB_IMPAIR_FROM_A | LAB_IMPAIR_FROM_B,
} LabImpairEnds;

/* Edits of a link's impairments; what is refused is said by the session, and FALSE. */

/* @value: (transfer full) (nullable): NULL, or 0, removes the member. Of members that exclude each other
 * the other goes. @stroke: (nullable): of lab_history_apply_stroke(). */
gboolean lab_impair_edit_member  (LabSession *session, LabLink *link, LabImpairEnds ends, const char *key,
                                  JsonNode *value, guint64 *stroke);
/* @preset: (nullable): none; set at @end. */
gboolean lab_impair_edit_preset  (LabSession *session, LabLink *link, guint end, const LabImpairPreset *preset);
/* What is done to frames that leave @from is done to those that leave the other end, too. */
gboolean lab_impair_edit_copy    (LabSession *session, LabLink *link, guint from);
gboolean lab_impair_edit_swap    (LabSession *session, LabLink *link);
/* @text: empty: from chance. FALSE also if it is no number. */
gboolean lab_impair_edit_seed    (LabSession *session, LabLink *link, const char *text);
/* Whether the same is done in both directions. */
gboolean lab_impair_is_alike     (LabLink *link);

G_END_DECLS
