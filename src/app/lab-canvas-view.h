/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-canvas.h"
#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_CANVAS_VIEW (lab_canvas_view_get_type ())
G_DECLARE_FINAL_TYPE (LabCanvasView, lab_canvas_view, LAB, CANVAS_VIEW, GtkWidget)

/* The canvas with what lies over it: scroll bars, the tools, the hint of an empty lab, the minimap. */

/* Makes the canvas for the session's document. (transfer floating) */
GtkWidget *lab_canvas_view_new        (LabSession *session, LabSelection *selection);
LabCanvas *lab_canvas_view_get_canvas (LabCanvasView *self); /* (transfer none) */
/* Lays the search over the top of the canvas. */
void       lab_canvas_view_set_search (LabCanvasView *self, GtkWidget *search);
/* With very little room there is no minimap. */
void       lab_canvas_view_set_small  (LabCanvasView *self, gboolean small);

G_END_DECLS
