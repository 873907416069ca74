/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-stage.h"

G_BEGIN_DECLS

/* Opens an editor where a note stands, or, if @note is %NULL, where a new one shall: its left top at
 * world @x, @y. Ctrl+Enter or a click elsewhere keeps what was written, Escape does not. Nothing
 * happens on a stage without a widget. */
void lab_note_editor_open (LabStage *stage, LabDrawing *note, double x, double y);

G_END_DECLS
