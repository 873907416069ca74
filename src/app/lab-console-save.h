/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-console-tab.h"

G_BEGIN_DECLS

/* Asks for a file and writes all that a console shows and its scroll-back to it, as text. Errors are
 * said in a dialog. */
void lab_console_save (GtkWindow *parent, LabConsoleTab *tab);

G_END_DECLS
