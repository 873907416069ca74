/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line of a link, its port dots and its marks as render nodes.
 *
 * Everything is a straight quad or a small shape along the axes. A dashed line is many short quads;
 * an unplugged one is dashed and has a gap in its middle with the two halves of a plug. Port dots
 * say by colour and by shape what the end sees: up is a filled disc, down a hollow square, unknown
 * a small grey disc. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-capture-mark.h"
#include "lab-impair-mark.h"
#include "lab-pen.h"

/* In pixels. */
#define HALO_WIDTH 7.0
#define PLUG_GAP   9.0 /* half of it */
#define PLUG_HALF  6.0
#define PRONG      5.0
/* At zoom 1. */
#define DOT_RADIUS 4.0

static void
stroke_as_set (LabPen *pen, LabLink *link)
{
  const char *dash = lab_link_get_dash (link);
  double unit = MAX (pen->width, 1);

  if (g_strcmp0 (dash, "dash") == 0)
    lab_pen_stroke_dashed (pen, 0, pen->geometry->length, 4 + 3 * unit, 3 + 2 * unit);
  else if (g_strcmp0 (dash, "dot") == 0)
    lab_pen_stroke_dashed (pen, 0, pen->geometry->length, 1 + unit, 2 + 2 * unit);
  else
    lab_pen_stroke (pen, 0, pen->geometry->length);
}

/* Marks shrink with what is around them, but stay to be seen. World units that are a pixel of a
 * mark. */
static double
mark_pixel (const LabPen *pen)
{
  return CLAMP (pen->context->zoom, 0.5, 1.5) / pen->context->zoom;
}

/* A bar across the line at @along, and prongs from it if @prongs is not 0. */
static void
draw_half_plug (LabPen *pen, double along, double prongs)
{
  double pixel = mark_pixel (pen);
  LabPoint direction;
  LabPoint at = lab_link_geometry_get_point (pen->geometry, along, &direction);
  LabPoint across = { -direction.y * PLUG_HALF * pixel, direction.x * PLUG_HALF * pixel };
  LabPoint out = { direction.x * prongs * pixel, direction.y * prongs * pixel };

  lab_pen_draw_piece (pen, (LabPoint){ at.x - across.x, at.y - across.y },
                      (LabPoint){ at.x + across.x, at.y + across.y });
  for (int side = -1; prongs != 0 && side <= 1; side += 2)
    {
      LabPoint root = { at.x + side * across.x / 2, at.y + side * across.y / 2 };

      lab_pen_draw_piece (pen, root, (LabPoint){ root.x + out.x, root.y + out.y });
    }
}

static void
stroke_unplugged (LabPen *pen)
{
  double middle = pen->geometry->length / 2;
  double gap = PLUG_GAP * mark_pixel (pen);

  if (gap > middle / 2)
    {
      lab_pen_stroke_dashed (pen, 0, pen->geometry->length, 5, 4);
      return;
    }
  lab_pen_stroke_dashed (pen, 0, middle - gap, 6, 4);
  lab_pen_stroke_dashed (pen, middle + gap, pen->geometry->length, 6, 4);
  pen->width = MAX (pen->width, 2 * CLAMP (pen->context->zoom, 0.5, 1));
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
  /* A serial line stays one; that something flows is seen by its width. */
  if (!link->place.serial && (run->bits[0] >= 1 || run->bits[1] >= 1))
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
  LabPen pen = { context, &link->geometry, nodes, width + HALO_WIDTH, { 0, 0, 0, 0 } };

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
  lab_pen_stroke (&pen, 0, link->geometry.length);
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
  GPtrArray *nodes;
  LabLink *object = link->item.object;
  LabPen pen = { .context = context, .geometry = &link->geometry };
  LabLinkRun run;

  if (link->geometry.n_points < 2)
    return NULL;
  pen.nodes = nodes = lab_pen_nodes_new ();
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
    g_ptr_array_add (nodes, port_dot (context, link->geometry.dot[end], run.line[end]));
  lab_impair_marks_paint (&pen, link);
  lab_capture_mark_paint (&pen, link);

  return lab_pen_nodes_free (nodes);
}
