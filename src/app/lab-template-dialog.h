/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-library.h"

G_BEGIN_DECLS

#define LAB_TYPE_TEMPLATE_DIALOG (lab_template_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LabTemplateDialog, lab_template_dialog, LAB, TEMPLATE_DIALOG, AdwWindow)

/* Changes a template of an image, or makes one. @template: (nullable): the one to change. What the user
 * accepts is written to the library. */
void lab_template_dialog_present (GtkWindow *parent, LabImageRecord *record, const LabImageTemplate *template);

G_END_DECLS
