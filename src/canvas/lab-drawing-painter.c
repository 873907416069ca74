/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawings as render nodes. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-paint.h"

GskRenderNode *
lab_paint_drawing (const LabPaintContext *context, LabSceneDrawing *drawing)
{
  const char *fill = lab_drawing_get_fill (drawing->item.object);
  double width = fabs (drawing->width) * context->zoom;
  double height = fabs (drawing->height) * context->zoom;
  graphene_rect_t rect;
  GdkRGBA colour;

  if (width < 1 || height < 1 || fill == NULL || !gdk_rgba_parse (&colour, fill))
    return NULL;
  graphene_rect_init (&rect, (float) lab_paint_x (context, drawing->x),
                      (float) lab_paint_y (context, drawing->y), (float) width, (float) height);

  return gsk_color_node_new (&colour, &rect);
}

GskRenderNode *
lab_paint_drawing_marks (const LabPaintContext *context, LabSceneDrawing *drawing)
{
  return NULL;
}
