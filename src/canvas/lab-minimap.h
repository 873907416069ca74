/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-canvas.h"

G_BEGIN_DECLS

#define LAB_TYPE_MINIMAP (lab_minimap_get_type ())
G_DECLARE_FINAL_TYPE (LabMinimap, lab_minimap, LAB, MINIMAP, GtkWidget)

/* A small map of the whole lab: devices as dots, links as lines, and what of it is in view; a click or a
 * drag moves the view. It is made for a corner of an overlay over the canvas. It fades away by itself while
 * everything is in view; "visible" belongs to whoever made it. It needs no keys: the canvas has them. */

/* Keeps a reference to @canvas. (transfer floating) */
GtkWidget *lab_minimap_new        (LabCanvas *canvas);
/* Whether there is something to show: not everything is in view. */
gboolean   lab_minimap_get_active (LabMinimap *self);

G_END_DECLS
