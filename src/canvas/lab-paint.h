/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-palette.h"
#include "lab-scene.h"
#include "lab-sprites.h"
#include "lab-text.h"

G_BEGIN_DECLS

/* What painters share.
 *
 * Theory of operation: each item is painted into a render node of its own, in pixels from the base point of
 * the context ("plane coordinates"): x = (world_x - base_x) * zoom. The canvas moves all of them by one
 * translation, keeps each node until the item's serial or the context's epoch changes, and leaves out
 * what is not in view. So the same pointers come back frame after frame, and GSK, comparing trees, finds
 * that only what changed must be drawn. Panning changes the translation alone.
 *
 * Rules: no node that is scaled or rotated as a whole around other items; no GskCairoNode for anything
 * that can be a quad; nothing under one pixel (a line of no length has a singular matrix, which GSK
 * takes badly); text by LabText, which keeps its nodes. */

/**
 * LabLod:
 * @LAB_LOD_FULL: from zoom 0.65: everything, interface labels too
 * @LAB_LOD_LABELS: from 0.4: device names, port dots
 * @LAB_LOD_SYMBOLS: from 0.15: symbols with their state
 * @LAB_LOD_SQUARES: below: state marks alone
 *
 * How much is painted: what could not be read is left out.
 */
typedef enum
{
  LAB_LOD_SQUARES,
  LAB_LOD_SYMBOLS,
  LAB_LOD_LABELS,
  LAB_LOD_FULL,
} LabLod;

/**
 * LabPaintContext:
 * @palette: colours
 * @text: text nodes
 * @sprites: devices as textures
 * @zoom: logical pixels a world unit
 * @scale: device pixels a logical pixel (1, 2)
 * @lod: how much is painted
 * @software: the cairo renderer: flat colour quads are fast; else soft-edged texture quads look better and
 *   are as fast
 * @rates: traffic is shown on every link
 * @base_x: the world point that is 0, 0 of what is painted
 * @base_y: likewise
 * @epoch: changes whenever any of the above does
 */
typedef struct
{
  const LabPalette *palette;
  LabText *text;
  LabSprites *sprites;
  double zoom;
  int scale;
  LabLod lod;
  gboolean software;
  gboolean rates;
  double base_x;
  double base_y;
  guint64 epoch;
} LabPaintContext;

/* See LabLod. */
LabLod lab_lod_for_zoom    (double zoom);
/* How large text is drawn, 1 as measured: with the zoom, but readable as long as it is drawn at all. */
double lab_lod_label_scale (double zoom);

/* A world coordinate in plane coordinates. */
static inline double
lab_paint_x (const LabPaintContext *context, double world_x)
{
  return (world_x - context->base_x) * context->zoom;
}

/* Likewise. */
static inline double
lab_paint_y (const LabPaintContext *context, double world_y)
{
  return (world_y - context->base_y) * context->zoom;
}

/* To a whole device pixel. */
static inline double
lab_paint_snap (const LabPaintContext *context, double pixels)
{
  return round (pixels * context->scale) / context->scale;
}

/* A few nodes that become one; on the stack. */
#define LAB_NODE_LIST_MAX 64
typedef struct
{
  GskRenderNode *nodes[LAB_NODE_LIST_MAX];
  guint n;
} LabNodeList;

/* Takes @node, (nullable). What does not fit is dropped. */
static inline void
lab_node_list_take (LabNodeList *self, GskRenderNode *node)
{
  if (node == NULL)
    return;
  if (self->n < LAB_NODE_LIST_MAX)
    self->nodes[self->n++] = node;
  else
    gsk_render_node_unref (node);
}

/* Empties the list. (transfer full) (nullable) */
GskRenderNode *lab_node_list_finish (LabNodeList *self);

/* A straight line; %NULL if it would be shorter than a pixel. (transfer full) (nullable) */
GskRenderNode *lab_paint_segment      (const LabPaintContext *context, double x0, double y0, double x1, double y1, double width, const GdkRGBA *colour);
/* A filled circle; for few of them: each is a clip. (transfer full) */
GskRenderNode *lab_paint_disc         (double x, double y, double radius, const GdkRGBA *colour);

/* lab-paint-node.c: (transfer full) (nullable), as all below. */
GskRenderNode *lab_paint_node         (const LabPaintContext *context, LabSceneNode *node); /* symbol, state, lock */
GskRenderNode *lab_paint_node_marks   (const LabPaintContext *context, LabSceneNode *node); /* under it: selection, hover, focus */
GskRenderNode *lab_paint_node_label   (const LabPaintContext *context, LabSceneNode *node);
GskRenderNode *lab_paint_node_handles (const LabPaintContext *context, LabSceneNode *node); /* over it, while hovered */

/* lab-link-painter.c */
GskRenderNode *lab_paint_link         (const LabPaintContext *context, LabSceneLink *link); /* under the nodes: line, dots, marks */
GskRenderNode *lab_paint_link_labels  (const LabPaintContext *context, LabSceneLink *link); /* over them: interface labels, text, rate */

/* lab-drawing-painter.c, lab-drawing-marks.c */
GskRenderNode *lab_paint_drawing         (const LabPaintContext *context, LabSceneDrawing *drawing);
GskRenderNode *lab_paint_drawing_marks   (const LabPaintContext *context, LabSceneDrawing *drawing); /* on top: selection, handles */

/* @node (transfer full) (nullable), made as if upright, turned as the drawing is. */
GskRenderNode *lab_paint_turned          (const LabPaintContext *context, const LabSceneDrawing *drawing, GskRenderNode *node);

/* lab-paint-grid.c: lines of the grid in @box (plane coordinates). */
GskRenderNode *lab_paint_grid         (const LabPaintContext *context, double spacing, const graphene_rect_t *box);

G_END_DECLS
