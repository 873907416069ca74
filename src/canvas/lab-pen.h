/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-paint.h"

G_BEGIN_DECLS

/* Draws along a polyline, whole or in dashes. */

/**
 * LabPen:
 * @context: how it is painted
 * @geometry: the polyline; points, n_points and length are read
 * @nodes: (element-type GskRenderNode): takes what is drawn
 * @width: pixels
 * @colour: of the line
 */
typedef struct
{
  const LabPaintContext *context;
  const LabLinkGeometry *geometry;
  GPtrArray *nodes;
  double width;
  GdkRGBA colour;
} LabPen;

/* For LabPen.nodes. (transfer full) */
GPtrArray     *lab_pen_nodes_new   (void);
/* Ends it. (transfer full) (nullable) */
GskRenderNode *lab_pen_nodes_free  (GPtrArray *nodes);

/* A straight piece between two world points. */
void           lab_pen_draw_piece  (LabPen *self, LabPoint from, LabPoint to);
/* From @from to @to, world units along the polyline. */
void           lab_pen_stroke      (LabPen *self, double from, double to);
/* Likewise in strokes of @on and gaps of @off pixels. */
void           lab_pen_stroke_dashed (LabPen *self, double from, double to, double on, double off);

G_END_DECLS
