/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_SPIN_ROW (lab_spin_row_get_type ())
G_DECLARE_FINAL_TYPE (LabSpinRow, lab_spin_row, LAB, SPIN_ROW, AdwActionRow)

/* A row with a number. Turning it quickly is one change: "edited" comes when the number has not
 * moved for a moment, or the keyboard leaves it.
 *
 * Properties: "lower", "upper", "step" (double), "digits" (uint), "zero-text" (string or NULL: what
 *   is shown for 0, as "Default").
 * Signal: "edited" (double value): by the user; never by lab_spin_row_set_value(). */

/* As the document has it. What is just being typed stays, unless the document changed meanwhile. */
void   lab_spin_row_set_value (LabSpinRow *self, double value);
/* Shows a dash: several things that differ. The next number the user gives is a change. */
void   lab_spin_row_set_mixed (LabSpinRow *self);
double lab_spin_row_get_value (LabSpinRow *self);

G_END_DECLS
