/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line of a link, its port dots and its marks as render nodes.
 *
 * Everything is a straight quad or a small shape along the axes. A dashed line is many short quads;
 * an unplugged one is dashed and has a gap in its middle with the two halves of a plug. Port dots
 * say by colour and by shape what the end sees: up is a filled disc, down a hollow square, unknown
 * a small grey disc. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-paint.h"

/* In pixels. */
#define HALO_WIDTH  7.0
#define LEAST_PIECE 1.5
#define LEAST_DASH  2.0
#define MAX_DASHES  160
#define PLUG_GAP    9.0 /* half of it */
#define PLUG_HALF   6.0
#define PRONG       5.0
/* At zoom 1. */
#define DOT_RADIUS 4.0

typedef struct
{
  const LabPaintContext *context;
  const LabLinkGeometry *geometry;
  GPtrArray *nodes;
  double width;
  GdkRGBA colour;
} Pen;

static void
take (GPtrArray *nodes, GskRenderNode *node)
{
  if (node != NULL)
    g_ptr_array_add (nodes, node);
}

/* A quad from one world point to another. Corners are closed by letting each piece run on by half
 * its width, unless it can be seen through. */
static void
draw_piece (Pen *pen, LabPoint from, LabPoint to, gboolean closed_from, gboolean closed_to)
{
  double x0 = lab_paint_x (pen->context, from.x);
  double y0 = lab_paint_y (pen->context, from.y);
  double x1 = lab_paint_x (pen->context, to.x);
  double y1 = lab_paint_y (pen->context, to.y);
  double length = hypot (x1 - x0, y1 - y0);
  double more = pen->colour.alpha >= 1 && length > 0 ? pen->width / 2 / length : 0;
  double dx = (x1 - x0) * more;
  double dy = (y1 - y0) * more;

  if (closed_from)
    {
      x0 -= dx;
      y0 -= dy;
    }
  if (closed_to)
    {
      x1 += dx;
      y1 += dy;
    }
  take (pen->nodes, lab_paint_segment (pen->context, x0, y0, x1, y1, pen->width, &pen->colour));
}

static double
gap_between (LabPoint a, LabPoint b)
{
  return hypot (b.x - a.x, b.y - a.y);
}

/* The line from @from to @to, world units along it. Points nearer than a pixel or so are passed
 * over, so that a flattened arc seen from afar has no holes. */
static void
stroke (Pen *pen, double from, double to)
{
  const LabLinkGeometry *geometry = pen->geometry;
  double least = LEAST_PIECE / pen->context->zoom;
  LabPoint last = lab_link_geometry_get_point (geometry, from, NULL);
  LabPoint end = lab_link_geometry_get_point (geometry, to, NULL);
  gboolean inside = FALSE;
  double along = 0;

  for (guint i = 1; i < geometry->n_points && along < to; i++)
    {
      along += gap_between (geometry->points[i - 1], geometry->points[i]);
      if (along <= from || along >= to || gap_between (last, geometry->points[i]) < least ||
          gap_between (geometry->points[i], end) < least)
        continue;
      draw_piece (pen, last, geometry->points[i], inside, TRUE);
      last = geometry->points[i];
      inside = TRUE;
    }
  draw_piece (pen, last, end, inside, FALSE);
}

/* Strokes of @on with gaps of @off, in pixels. */
static void
stroke_dashed (Pen *pen, double from, double to, double on, double off)
{
  double period = (on + off) / pen->context->zoom;
  double share = on / (on + off);

  period = MAX (period, (to - from) / MAX_DASHES);
  if (period * pen->context->zoom < 2 * LEAST_DASH)
    {
      stroke (pen, from, to);
      return;
    }
  for (double at = from; at < to; at += period)
    stroke (pen, at, MIN (at + period * share, to));
}

static void
stroke_as_set (Pen *pen, LabLink *link)
{
  const char *dash = lab_link_get_dash (link);
  double unit = MAX (pen->width, 1);

  if (g_strcmp0 (dash, "dash") == 0)
    stroke_dashed (pen, 0, pen->geometry->length, 4 + 3 * unit, 3 + 2 * unit);
  else if (g_strcmp0 (dash, "dot") == 0)
    stroke_dashed (pen, 0, pen->geometry->length, 1 + unit, 2 + 2 * unit);
  else
    stroke (pen, 0, pen->geometry->length);
}

/* A bar across the line at @along, and prongs from it if @prongs is not 0. */
static void
draw_half_plug (Pen *pen, double along, double prongs)
{
  double pixel = 1 / pen->context->zoom;
  LabPoint direction;
  LabPoint at = lab_link_geometry_get_point (pen->geometry, along, &direction);
  LabPoint across = { -direction.y * PLUG_HALF * pixel, direction.x * PLUG_HALF * pixel };
  LabPoint out = { direction.x * prongs * pixel, direction.y * prongs * pixel };

  draw_piece (pen, (LabPoint){ at.x - across.x, at.y - across.y },
              (LabPoint){ at.x + across.x, at.y + across.y }, FALSE, FALSE);
  for (int side = -1; prongs != 0 && side <= 1; side += 2)
    {
      LabPoint root = { at.x + side * across.x / 2, at.y + side * across.y / 2 };

      draw_piece (pen, root, (LabPoint){ root.x + out.x, root.y + out.y }, FALSE, FALSE);
    }
}

static void
stroke_unplugged (Pen *pen)
{
  double middle = pen->geometry->length / 2;
  double gap = PLUG_GAP / pen->context->zoom;

  if (gap > middle / 2)
    {
      stroke_dashed (pen, 0, pen->geometry->length, 5, 4);
      return;
    }
  stroke_dashed (pen, 0, middle - gap, 6, 4);
  stroke_dashed (pen, middle + gap, pen->geometry->length, 6, 4);
  pen->width = MAX (pen->width, 2);
  draw_half_plug (pen, middle - gap, PRONG);
  draw_half_plug (pen, middle + gap, 0);
}

static gboolean
own_colour (LabSceneLink *link, GdkRGBA *colour)
{
  const char *text = lab_link_get_colour (link->item.object);

  return text != NULL && gdk_rgba_parse (colour, text);
}

static GdkRGBA
line_colour (const LabPaintContext *context, LabSceneLink *link, const LabLinkRun *run)
{
  GdkRGBA colour;

  if ((link->item.flags & LAB_SCENE_SELECTED) != 0)
    return *lab_palette_get (context->palette, LAB_COLOUR_ACCENT);
  if (!lab_link_get_plugged (link->item.object))
    return *lab_palette_get (context->palette, LAB_COLOUR_UNPLUGGED);
  if (own_colour (link, &colour))
    return colour;
  if (run->bits[0] >= 1 || run->bits[1] >= 1)
    return *lab_palette_get (context->palette, LAB_COLOUR_TRAFFIC);

  return *lab_palette_get (context->palette,
                           link->place.serial ? LAB_COLOUR_SERIAL : LAB_COLOUR_LINK);
}

/* The more flows, the thicker: half a pixel for each factor of ten from 1 kb/s up. */
static double
traffic_width (const LabLinkRun *run)
{
  double bits = MAX (run->bits[0], run->bits[1]);

  return bits < 1 ? 0 : CLAMP (floor (log10 (bits)) - 2, 1, 4) / 2;
}

/* A broad band under the line: selected, pointed at, found. */
static void
draw_halo (const LabPaintContext *context, LabSceneLink *link, double width, GPtrArray *nodes)
{
  Pen pen = { context, &link->geometry, nodes, width + HALO_WIDTH, { 0, 0, 0, 0 } };

  if ((link->item.flags & LAB_SCENE_FLASHED) != 0)
    pen.colour = *lab_palette_get (context->palette, LAB_COLOUR_FLASH);
  else if ((link->item.flags & (LAB_SCENE_SELECTED | LAB_SCENE_FOCUSED)) != 0)
    {
      pen.colour = *lab_palette_get (context->palette, LAB_COLOUR_ACCENT);
      pen.colour.alpha *= 0.3f;
    }
  else if ((link->item.flags & LAB_SCENE_HOVERED) != 0)
    pen.colour = *lab_palette_get (context->palette, LAB_COLOUR_HOVER);
  else
    return;
  stroke (&pen, 0, link->geometry.length);
}

static GskRenderNode *
disc (double x, double y, double radius, const GdkRGBA *colour)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) (x - radius), (float) (y - radius),
                                             (float) (2 * radius), (float) (2 * radius));
  g_autoptr (GskRenderNode) fill = gsk_color_node_new (colour, &rect);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &rect, (float) radius);

  return gsk_rounded_clip_node_new (fill, &round);
}

static GskRenderNode *
hollow_square (
    const LabPaintContext *context, double x, double y, double half, const GdkRGBA *colour)
{
  const float line = (float) MAX (1.5, half * 0.4);
  const float widths[] = { line, line, line, line };
  const GdkRGBA colours[] = { *colour, *colour, *colour, *colour };
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) (x - half), (float) (y - half),
                                             (float) (2 * half), (float) (2 * half));
  GskRoundedRect square;
  LabNodeList list = { .n = 0 };

  gsk_rounded_rect_init_from_rect (&square, &rect, 0);
  lab_node_list_take (
      &list, gsk_color_node_new (lab_palette_get (context->palette, LAB_COLOUR_BACKGROUND), &rect));
  lab_node_list_take (&list, gsk_border_node_new (&square, widths, colours));

  return lab_node_list_finish (&list);
}

static GskRenderNode *
port_dot (const LabPaintContext *context, LabPoint at, LabLineState state)
{
  double x = lab_paint_snap (context, lab_paint_x (context, at.x));
  double y = lab_paint_snap (context, lab_paint_y (context, at.y));
  double radius = DOT_RADIUS * CLAMP (context->zoom, 0.75, 1.5);

  switch (state)
    {
    case LAB_LINE_UP:
      return disc (x, y, radius, lab_palette_get (context->palette, LAB_COLOUR_LINE_UP));
    case LAB_LINE_DOWN:
      return hollow_square (context, x, y, radius,
                            lab_palette_get (context->palette, LAB_COLOUR_LINE_DOWN));
    case LAB_LINE_UNKNOWN:
    default:
      return disc (x, y, radius * 0.65,
                   lab_palette_get (context->palette, LAB_COLOUR_LINE_UNKNOWN));
    }
}

GskRenderNode *
lab_paint_link (const LabPaintContext *context, LabSceneLink *link)
{
  g_autoptr (GPtrArray) nodes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);
  LabLink *object = link->item.object;
  Pen pen = { context, &link->geometry, nodes, 0, { 0, 0, 0, 0 } };
  LabLinkRun run;

  if (link->geometry.n_points < 2)
    return NULL;
  lab_link_get_run (object, &run);
  pen.width = MAX (lab_link_get_width (object) * context->zoom + traffic_width (&run),
                   1.0 / context->scale);
  pen.colour = line_colour (context, link, &run);
  draw_halo (context, link, pen.width, nodes);
  if (lab_link_get_plugged (object))
    stroke_as_set (&pen, object);
  else
    stroke_unplugged (&pen);
  for (guint end = 0; end < 2 && context->lod >= LAB_LOD_LABELS; end++)
    take (nodes, port_dot (context, link->geometry.dot[end], run.line[end]));

  return nodes->len > 0 ? gsk_container_node_new ((GskRenderNode **) nodes->pdata, nodes->len)
                        : NULL;
}
