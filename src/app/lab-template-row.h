/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-image-library.h"
#include "lab-node.h"

G_BEGIN_DECLS

#define LAB_TYPE_TEMPLATE_ROW (lab_template_row_get_type ())
G_DECLARE_FINAL_TYPE (LabTemplateRow, lab_template_row, LAB, TEMPLATE_ROW, AdwComboRow)

/* Of which template of their image devices are.
 *
 * Signal: "picked" (string or NULL: none): by the user; never by lab_template_row_show(). */

/* @nodes: of LabNode, all devices of images. Hides itself where there is nothing to choose. */
void lab_template_row_show (LabTemplateRow *self, LabImageLibrary *library, GPtrArray *nodes);

G_END_DECLS
