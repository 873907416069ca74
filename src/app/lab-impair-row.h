/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_IMPAIR_ROW (lab_impair_row_get_type ())
G_DECLARE_FINAL_TYPE (LabImpairRow, lab_impair_row, LAB, IMPAIR_ROW, AdwPreferencesRow)

/**
 * LabImpairNumber:
 * @key: the member of a direction
 * @title: with its unit; to be translated
 * @upper: the largest number that may be typed; the smallest is 0
 * @digits: behind the point
 * @step: of the buttons and keys of the number
 * @best: where the slider begins behind 0, its left end; as good as nothing
 * @worst: at the right end of the slider
 * @zero: (nullable): what 0 is called, "No limit"; to be translated
 *
 * Between @best and @worst the slider goes by factors, so that all sizes can be set well.
 */
typedef struct
{
  const char *key;
  const char *title;
  double upper;
  guint digits;
  double step;
  double best;
  double worst;
  const char *zero;
} LabImpairNumber;

/* A row with a slider and a number. The further to the right, the worse the line.
 *
 * Signal: "edited" (double value): by the user, at once and with each motion. */

/* @number is static. (transfer floating) */
GtkWidget  *lab_impair_row_new        (const LabImpairNumber *number);
/* As the document has it: no "edited". Another value than the row's ends the stroke. */
void        lab_impair_row_set_value  (LabImpairRow *self, double value);
const char *lab_impair_row_get_key    (LabImpairRow *self); /* of its LabImpairNumber */
/* For lab_history_apply_stroke(): one drag, or what is typed without a pause. */
guint64    *lab_impair_row_get_stroke (LabImpairRow *self);

G_END_DECLS
