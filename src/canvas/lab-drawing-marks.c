/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What shows that a drawing is selected or pointed at: a frame, and the handles to change it by. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-pen.h"
#include "lab-scene-private.h"

/* In pixels. */
#define FRAME_WIDTH 1.5
#define HANDLE_SIDE 8.0
#define FRAME_GAP   3.0

static void
add_square (const LabPaintContext *context, GPtrArray *nodes, LabPoint at, double radius)
{
  const GdkRGBA colour = *lab_palette_get (context->palette, LAB_COLOUR_ACCENT);
  const float widths[] = { 1.5f, 1.5f, 1.5f, 1.5f };
  const GdkRGBA colours[] = { colour, colour, colour, colour };
  double x = lab_paint_snap (context, lab_paint_x (context, at.x) - HANDLE_SIDE / 2);
  double y = lab_paint_snap (context, lab_paint_y (context, at.y) - HANDLE_SIDE / 2);
  graphene_rect_t rect =
      GRAPHENE_RECT_INIT ((float) x, (float) y, (float) HANDLE_SIDE, (float) HANDLE_SIDE);
  g_autoptr (GskRenderNode) fill =
      gsk_color_node_new (lab_palette_get (context->palette, LAB_COLOUR_BACKGROUND), &rect);
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &rect, (float) radius);
  g_ptr_array_add (nodes, gsk_rounded_clip_node_new (fill, &shape));
  g_ptr_array_add (nodes, gsk_border_node_new (&shape, widths, colours));
}

/* Around the drawing, turned as it is. */
static void
add_frame (const LabPaintContext *context,
           const LabSceneDrawing *drawing,
           GPtrArray *nodes,
           const GdkRGBA *colour)
{
  LabPen pen = { context, NULL, nodes, FRAME_WIDTH, *colour };
  LabSceneDrawing larger = *drawing;
  double gap = FRAME_GAP / context->zoom;

  larger.x -= gap;
  larger.y -= gap;
  larger.width += 2 * gap;
  larger.height += 2 * gap;
  for (guint corner = 0; corner < 8; corner += 2)
    lab_pen_draw_piece (&pen, lab_scene_drawing_handle_point (&larger, corner),
                        lab_scene_drawing_handle_point (&larger, (corner + 2) % 8));
}

/* A broad band under a line: a frame around it would say nothing. */
static void
add_band (const LabPaintContext *context,
          const LabSceneDrawing *drawing,
          GPtrArray *nodes,
          const GdkRGBA *colour)
{
  LabPen pen = { context, NULL, nodes, 0, *colour };

  pen.width = lab_drawing_get_stroke_width (drawing->item.object) * context->zoom + 6;
  pen.colour.alpha *= 0.35f;
  lab_pen_draw_piece (&pen, lab_scene_drawing_handle_point (drawing, 0),
                      lab_scene_drawing_handle_point (drawing, 4));
}

static void
add_handles (const LabPaintContext *context, const LabSceneDrawing *drawing, GPtrArray *nodes)
{
  LabPen pen = { context, NULL, nodes, FRAME_WIDTH,
                 *lab_palette_get (context->palette, LAB_COLOUR_ACCENT) };

  if (lab_scene_drawing_can_turn (drawing))
    {
      LabPoint turn = lab_scene_drawing_turn_point (drawing, context->zoom);

      lab_pen_draw_piece (&pen, lab_scene_drawing_handle_point (drawing, 1), turn);
      add_square (context, nodes, turn, HANDLE_SIDE / 2);
    }
  for (guint handle = 0; handle < 8; handle++)
    if (lab_scene_drawing_has_handle (drawing, handle))
      add_square (context, nodes, lab_scene_drawing_handle_point (drawing, handle), 1);
}

GskRenderNode *
lab_paint_drawing_marks (const LabPaintContext *context, LabSceneDrawing *drawing)
{
  LabDrawing *object = drawing->item.object;
  LabSceneFlags flags = drawing->item.flags;
  GPtrArray *nodes;
  const GdkRGBA *colour;

  if ((flags & LAB_SCENE_FLASHED) != 0)
    colour = lab_palette_get (context->palette, LAB_COLOUR_FLASH);
  else if ((flags & (LAB_SCENE_SELECTED | LAB_SCENE_FOCUSED)) != 0)
    colour = lab_palette_get (context->palette, LAB_COLOUR_ACCENT);
  else if ((flags & LAB_SCENE_HOVERED) != 0)
    colour = lab_palette_get (context->palette, LAB_COLOUR_HOVER);
  else
    return NULL;
  nodes = lab_pen_nodes_new ();
  if (lab_drawing_get_kind (object) == LAB_DRAWING_LINE)
    add_band (context, drawing, nodes, colour);
  else
    add_frame (context, drawing, nodes, colour);
  if ((flags & LAB_SCENE_SELECTED) != 0 &&
      lab_scene_only_drawing (drawing->item.scene) == drawing && !lab_drawing_get_locked (object))
    add_handles (context, drawing, nodes);

  return lab_pen_nodes_free (nodes);
}
