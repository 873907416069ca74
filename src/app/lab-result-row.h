/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LAB_TYPE_RESULT_ROW (lab_result_row_get_type ())
G_DECLARE_FINAL_TYPE (LabResultRow, lab_result_row, LAB, RESULT_ROW, AdwActionRow)

/* A row of something that is done to many devices: a mark, the device, and how it went as a sentence. Before it
 * is done, a box to be checked can stand where the mark is.
 *
 * Signal: "toggled": the box was. */

/**
 * LabResult:
 * @LAB_RESULT_NONE: nothing is done to it: no mark
 * @LAB_RESULT_CHOICE: something is done to it if its box is checked
 * @LAB_RESULT_WAITING: under way: a spinner
 * @LAB_RESULT_GOOD: done
 * @LAB_RESULT_WARNING: done or to be done, with something to be known
 * @LAB_RESULT_BAD: failed
 */
typedef enum
{
  LAB_RESULT_NONE,
  LAB_RESULT_CHOICE,
  LAB_RESULT_WAITING,
  LAB_RESULT_GOOD,
  LAB_RESULT_WARNING,
  LAB_RESULT_BAD,
} LabResult;

/* %LAB_RESULT_NONE, without a sentence. @device: its name, plain text. (transfer floating) */
GtkWidget *lab_result_row_new (const char *device);
/* @sentence: (nullable): plain text, no markup. */
void       lab_result_row_set (LabResultRow *self, LabResult result, const char *sentence);
/* The box, checked or not. Whether it is: only while the row is a choice. */
void       lab_result_row_set_chosen (LabResultRow *self, gboolean chosen);
gboolean   lab_result_row_get_chosen (LabResultRow *self);

G_END_DECLS
