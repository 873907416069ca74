/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_SYMBOL_DIALOG (lab_symbol_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LabSymbolDialog, lab_symbol_dialog, LAB, SYMBOL_DIALOG, AdwWindow)

/* All symbols to choose from, for @nodes (element-type LabNode) together; a symbol is given as one step. */
void lab_symbol_dialog_present (GtkWindow *parent, LabSession *session, GPtrArray *nodes);

G_END_DECLS
