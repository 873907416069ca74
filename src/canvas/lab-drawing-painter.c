/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes, shapes and pictures as render nodes.
 *
 * A shape is a rounded rectangle (an ellipse is one whose corners meet) with a filling and a
 * border; a dashed border is drawn along its outline. Everything is made as if it were upright and
 * turned as a whole about its middle. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-drawing-texture.h"
#include "lab-pen.h"
#include "lab-scene-private.h"

#define CORNER_STEPS 10
#define ARROW_LENGTH 12.0 /* as lab-picture-drawing.c has it */
#define ARROW_WIDTH  10.0
#define MAX_ARROW    100.0 /* of the usual size: a head is pixels, which must not fill the memory */
#define LEAST_PIXELS 1.0

typedef struct
{
  const LabPaintContext *context;
  LabSceneDrawing *drawing;
  LabDrawing *object;
  GPtrArray *nodes;
  graphene_rect_t rect; /* upright, plane coordinates */
} Brush;

static gboolean
colour_of (const char *text, GdkRGBA *colour)
{
  return text != NULL && gdk_rgba_parse (colour, text);
}

/* Of a line or border. */
static gboolean
stroke_of (Brush *brush, const GdkRGBA *fallback, GdkRGBA *colour, double *width)
{
  double units = lab_drawing_get_stroke_width (brush->object);

  if (!colour_of (lab_drawing_get_stroke (brush->object), colour))
    {
      if (fallback == NULL)
        return FALSE;
      *colour = *fallback;
    }
  *width = MAX (units * brush->context->zoom, 1.0 / brush->context->scale);

  return units > 0;
}

static gboolean
is_dashed (Brush *brush)
{
  return g_strcmp0 (lab_drawing_get_dash (brush->object), "solid") != 0;
}

/* Dashes as the exported picture has them. */
static void
stroke (Brush *brush, LabPen *pen)
{
  const char *dash = lab_drawing_get_dash (brush->object);

  if (g_strcmp0 (dash, "dash") == 0)
    lab_pen_stroke_dashed (pen, 0, pen->geometry->length, 4 * pen->width, 3 * pen->width);
  else if (g_strcmp0 (dash, "dot") == 0)
    lab_pen_stroke_dashed (pen, 0, pen->geometry->length, pen->width, pen->width);
  else
    lab_pen_stroke (pen, 0, pen->geometry->length);
}

static void
add_point (LabLinkGeometry *line, double x, double y)
{
  LabPoint point = { x, y };

  if (line->n_points == LAB_LINK_MAX_POINTS)
    return;
  if (line->n_points > 0)
    {
      LabPoint last = line->points[line->n_points - 1];

      line->length += hypot (x - last.x, y - last.y);
    }
  line->points[line->n_points++] = point;
}

/* A quarter of an ellipse about @x, @y that begins at @quarter times 90 degrees. */
static void
add_corner (LabLinkGeometry *line, double x, double y, double rx, double ry, guint quarter)
{
  for (guint i = 0; i <= CORNER_STEPS; i++)
    {
      double angle = (quarter + (double) i / CORNER_STEPS) * G_PI / 2;

      add_point (line, x + rx * cos (angle), y + ry * sin (angle));
      if (rx <= 0 || ry <= 0)
        return;
    }
}

/* In world units; closed. */
static void
outline (LabLinkGeometry *line, const LabSceneDrawing *drawing, double rx, double ry)
{
  double x0 = drawing->x;
  double y0 = drawing->y;
  double x1 = x0 + drawing->width;
  double y1 = y0 + drawing->height;

  *line = (LabLinkGeometry){ .bounds = LAB_BOX_EMPTY };
  add_corner (line, x1 - rx, y1 - ry, rx, ry, 0);
  add_corner (line, x0 + rx, y1 - ry, rx, ry, 1);
  add_corner (line, x0 + rx, y0 + ry, rx, ry, 2);
  add_corner (line, x1 - rx, y0 + ry, rx, ry, 3);
  add_point (line, line->points[0].x, line->points[0].y);
}

static void
add_filling (Brush *brush, const GskRoundedRect *shape)
{
  g_autoptr (GskRenderNode) fill = NULL;
  GdkRGBA colour;

  if (!colour_of (lab_drawing_get_fill (brush->object), &colour))
    return;
  fill = gsk_color_node_new (&colour, &brush->rect);
  g_ptr_array_add (brush->nodes, gsk_rounded_clip_node_new (fill, shape));
}

static void
add_border (Brush *brush, const GskRoundedRect *shape, double rx, double ry)
{
  GdkRGBA colour;
  double width;

  if (!stroke_of (brush, NULL, &colour, &width))
    return;
  if (is_dashed (brush))
    {
      LabLinkGeometry line;
      LabPen pen = { brush->context, &line, brush->nodes, width, colour };

      outline (&line, brush->drawing, rx, ry);
      stroke (brush, &pen);
    }
  else
    {
      const float half = (float) (width / 2);
      const float w = (float) width;
      const float widths[] = { w, w, w, w };
      const GdkRGBA colours[] = { colour, colour, colour, colour };
      GskRoundedRect outer = *shape;

      /* The line runs along the edge, half in and half out. */
      gsk_rounded_rect_shrink (&outer, -half, -half, -half, -half);
      g_ptr_array_add (brush->nodes, gsk_border_node_new (&outer, widths, colours));
    }
}

static void
paint_shape (Brush *brush)
{
  double rx = fabs (brush->drawing->width) / 2;
  double ry = fabs (brush->drawing->height) / 2;
  double zoom = brush->context->zoom;
  GskRoundedRect shape;
  graphene_size_t corner;

  if (brush->rect.size.width < LEAST_PIXELS || brush->rect.size.height < LEAST_PIXELS)
    return;
  if (lab_drawing_get_kind (brush->object) == LAB_DRAWING_RECTANGLE)
    rx = ry = MIN (lab_drawing_get_radius (brush->object), MIN (rx, ry));
  corner = GRAPHENE_SIZE_INIT ((float) (rx * zoom), (float) (ry * zoom));
  gsk_rounded_rect_init (&shape, &brush->rect, &corner, &corner, &corner, &corner);
  add_filling (brush, &shape);
  add_border (brush, &shape, rx, ry);
}

/* A triangle at @tip, pointing along the unit vector @x, @y. There is no quad for it, and it is
 * small. */
static void
add_arrow (Brush *brush, LabPoint tip, double x, double y, const GdkRGBA *colour)
{
  double size = MIN (
      MAX (1, lab_drawing_get_stroke_width (brush->object) / 2) * brush->context->zoom, MAX_ARROW);
  double length = ARROW_LENGTH * size;
  double half = ARROW_WIDTH * size / 2;
  double tx = lab_paint_x (brush->context, tip.x);
  double ty = lab_paint_y (brush->context, tip.y);
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT ((float) floor (tx - length - 2), (float) floor (ty - length - 2),
                          (float) ceil (2 * length + 4), (float) ceil (2 * length + 4));
  GskRenderNode *node;
  cairo_t *cr;

  if (size < 0.2)
    return;
  node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_move_to (cr, tx, ty);
  cairo_line_to (cr, tx - x * length - y * half, ty - y * length + x * half);
  cairo_line_to (cr, tx - x * length + y * half, ty - y * length - x * half);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
  g_ptr_array_add (brush->nodes, node);
}

static void
paint_line (Brush *brush)
{
  const LabSceneDrawing *drawing = brush->drawing;
  LabLinkGeometry line = { .n_points = 0 };
  LabPen pen = { brush->context, &line, brush->nodes, 0, { 0, 0, 0, 0 } };
  double x;
  double y;

  add_point (&line, drawing->x, drawing->y);
  add_point (&line, drawing->x + drawing->width, drawing->y + drawing->height);
  if (line.length <= 0 ||
      !stroke_of (brush, lab_palette_get (brush->context->palette, LAB_COLOUR_DRAWING), &pen.colour,
                  &pen.width))
    return;
  stroke (brush, &pen);
  x = drawing->width / line.length;
  y = drawing->height / line.length;
  if (lab_drawing_get_arrow (brush->object, 0))
    add_arrow (brush, line.points[0], -x, -y, &pen.colour);
  if (lab_drawing_get_arrow (brush->object, 1))
    add_arrow (brush, line.points[1], x, y, &pen.colour);
}

/* The colour of a text is its fill; a stroke alone is taken for it. */
static GdkRGBA
text_colour (Brush *brush)
{
  GdkRGBA colour;

  if (colour_of (lab_drawing_get_fill (brush->object), &colour) ||
      colour_of (lab_drawing_get_stroke (brush->object), &colour))
    return colour;

  return *lab_palette_get (brush->context->palette, LAB_COLOUR_DRAWING);
}

static void
paint_text (Brush *brush)
{
  const char *text = lab_drawing_get_text (brush->object);
  GdkRGBA colour = text_colour (brush);
  float zoom = (float) brush->context->zoom;
  g_autoptr (GskTransform) transform = NULL;
  GskRenderNode *node;

  if (text == NULL)
    return;
  node = lab_text_get_node (brush->context->text, LAB_TEXT_DRAWING,
                            lab_drawing_get_font (brush->object), text, &colour);
  if (node == NULL)
    return;
  transform = gsk_transform_translate (
      NULL, &GRAPHENE_POINT_INIT ((float) lab_paint_snap (brush->context, brush->rect.origin.x),
                                  (float) lab_paint_snap (brush->context, brush->rect.origin.y)));
  if (zoom != 1)
    transform = gsk_transform_scale (transform, zoom, zoom);
  /* No step at all is no transform. */
  g_ptr_array_add (brush->nodes, transform != NULL ? gsk_transform_node_new (node, transform)
                                                   : gsk_render_node_ref (node));
}

/* What stands where a picture cannot be shown: a frame, and why. */
static void
paint_frame (Brush *brush, const char *problem)
{
  const GdkRGBA colour = *lab_palette_get (brush->context->palette, LAB_COLOUR_GRID_MAJOR);
  const float widths[] = { 1, 1, 1, 1 };
  const GdkRGBA colours[] = { colour, colour, colour, colour };
  GskRoundedRect frame;
  GskRenderNode *text = NULL;

  gsk_rounded_rect_init_from_rect (&frame, &brush->rect, 0);
  g_ptr_array_add (brush->nodes, gsk_border_node_new (&frame, widths, colours));
  if (problem != NULL && brush->context->lod >= LAB_LOD_LABELS)
    text = lab_text_place (brush->context->text, LAB_TEXT_LINK, problem,
                           lab_palette_get (brush->context->palette, LAB_COLOUR_DIM_TEXT),
                           brush->rect.origin.x + brush->rect.size.width / 2,
                           brush->rect.origin.y + brush->rect.size.height / 2,
                           lab_lod_label_scale (brush->context->zoom), brush->context->scale);
  if (text != NULL)
    {
      g_ptr_array_add (brush->nodes, gsk_clip_node_new (text, &brush->rect));
      gsk_render_node_unref (text);
    }
}

static void
paint_picture (Brush *brush)
{
  const char *problem;
  GdkTexture *texture;

  if (brush->rect.size.width < LEAST_PIXELS || brush->rect.size.height < LEAST_PIXELS)
    return;
  texture = lab_drawing_texture_get (brush->object, brush->context->zoom * brush->context->scale,
                                     brush->drawing->item.scene, &problem);
  if (texture != NULL)
    g_ptr_array_add (brush->nodes, gsk_texture_node_new (texture, &brush->rect));
  else
    paint_frame (brush, problem);
}

GskRenderNode *
lab_paint_turned (const LabPaintContext *context,
                  const LabSceneDrawing *drawing,
                  GskRenderNode *node)
{
  float x = (float) lab_paint_x (context, drawing->x + drawing->width / 2);
  float y = (float) lab_paint_y (context, drawing->y + drawing->height / 2);
  g_autoptr (GskRenderNode) upright = node;
  g_autoptr (GskTransform) transform = NULL;

  if (node == NULL || drawing->rotation == 0)
    return g_steal_pointer (&upright);
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y));
  transform = gsk_transform_rotate (transform, (float) drawing->rotation);
  transform = gsk_transform_translate (transform, &GRAPHENE_POINT_INIT (-x, -y));

  return gsk_transform_node_new (upright, transform);
}

GskRenderNode *
lab_paint_drawing (const LabPaintContext *context, LabSceneDrawing *drawing)
{
  Brush brush = { context, drawing, drawing->item.object, lab_pen_nodes_new (),
                  GRAPHENE_RECT_INIT (0, 0, 0, 0) };

  graphene_rect_init (&brush.rect, (float) lab_paint_x (context, drawing->x),
                      (float) lab_paint_y (context, drawing->y),
                      (float) (drawing->width * context->zoom),
                      (float) (drawing->height * context->zoom));
  switch (lab_drawing_get_kind (brush.object))
    {
    case LAB_DRAWING_TEXT:
      paint_text (&brush);
      break;
    case LAB_DRAWING_LINE:
      paint_line (&brush);
      break;
    case LAB_DRAWING_PICTURE:
      paint_picture (&brush);
      break;
    case LAB_DRAWING_RECTANGLE:
    case LAB_DRAWING_ELLIPSE:
    default:
      paint_shape (&brush);
    }

  return lab_paint_turned (context, drawing, lab_pen_nodes_free (brush.nodes));
}
