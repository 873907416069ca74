/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-canvas.h"

G_BEGIN_DECLS

/* Between the canvas' gestures and its strokes. Widget coordinates. */

/* A button went down: the tool under the pointer has what follows, or the plane is moved. One that
 * was under way is cancelled. */
void lab_canvas_begin_stroke  (LabCanvas *self, guint button, double x, double y, guint n_press);
void lab_canvas_move_stroke   (LabCanvas *self, double x, double y);
void lab_canvas_end_stroke    (LabCanvas *self, double x, double y);
/* The pointer went; nothing is hovered over any more, unless a stroke is under way. */
void lab_canvas_leave         (LabCanvas *self);
/* At dispose, which may come more than once. */
void lab_canvas_dispose_input (LabCanvas *self);

G_END_DECLS
