/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-palette.h"
#include "lab-picture.h"
#include "lab-scene.h"
#include "lab-text.h"

G_BEGIN_DECLS

/* Draws a scene with cairo, for files and printers: in world units, without selection, state or
 * level of detail. The canvas' own painters make render nodes, which would turn symbols into pixels. */

typedef struct _LabPicturePainter LabPicturePainter;

/* @options: which items, and how; must outlive the painter. */
LabPicturePainter *lab_picture_painter_new        (LabTopology *topology, const LabPictureOptions *options);
void               lab_picture_painter_free       (LabPicturePainter *self);
/* Without names, which cannot be read when they are small. */
void               lab_picture_painter_set_plain  (LabPicturePainter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabPicturePainter, lab_picture_painter_free)

/* Of all that is drawn, margin included; never empty. */
LabBox             lab_picture_painter_get_bounds (LabPicturePainter *self);
void               lab_picture_painter_draw       (LabPicturePainter *self, cairo_t *cr);
/* Names of the devices that are drawn, for people who cannot see them. (transfer full) */
char              *lab_picture_painter_describe   (LabPicturePainter *self);

/* lab-picture-drawing.c: one drawing. */
void               lab_picture_draw_drawing       (cairo_t *cr, LabSceneDrawing *drawing, LabText *text, const LabPalette *palette);

G_END_DECLS
