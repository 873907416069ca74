/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-samples.h"

G_BEGIN_DECLS

#define LAB_TYPE_SAMPLE_CARD (lab_sample_card_get_type ())
G_DECLARE_FINAL_TYPE (LabSampleCard, lab_sample_card, LAB, SAMPLE_CARD, GtkFlowBoxChild)

/* A sample lab in the gallery: its picture, its name, what is in it. */

/* @sample is copied. Draws its picture in a thread. (transfer floating) */
GtkWidget *lab_sample_card_new  (const LabSample *sample);
/* Opens it as a lab of the user's own, by the action app.open-sample. */
void       lab_sample_card_open (LabSampleCard *self);

G_END_DECLS
