/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-node.h"

G_BEGIN_DECLS

#define LAB_TYPE_SYMBOL_BUTTON (lab_symbol_button_get_type ())
G_DECLARE_FINAL_TYPE (LabSymbolButton, lab_symbol_button, LAB, SYMBOL_BUTTON, AdwBin)

/* A button that shows a node's symbol; its popover has all of them to choose from.
 * Signal: "chosen" (const char *name). */

/* Shows the symbol that @node has now. What is chosen is only told. */
void lab_symbol_button_set_node (LabSymbolButton *self, LabNode *node);

G_END_DECLS
