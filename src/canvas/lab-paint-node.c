/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices as render nodes: a texture, a name, marks around. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-paint.h"
#include "lab-symbols.h"

#define MARK_UNITS    16.0
#define LEAST_MARK    9.0
#define LEAST_SQUARE  8.0
#define LEAST_SYMBOL  16.0
#define SELECTION_OUT 4.0
#define HALO_SIDE     3.0
#define HANDLE_RADIUS 5.0
#define CORNER_RADIUS 6.0

/* Sizes in which devices are drawn: at most a quarter smaller than the next, so that scaling down
 * stays cheap and sharp. */
static const int buckets[] = { 8,  10, 12, 14, 16, 18,  20,  22,  24,  28,  32,  36,  40,
                               48, 56, 64, 80, 96, 112, 128, 160, 192, 256, 320, 384, 512 };

/* The bucket that is nearest, or the first that is as large. */
static int
find_bucket (double pixels, gboolean nearest)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (buckets) && buckets[i] < pixels - 0.01)
    i++;
  if (nearest && i > 0 && pixels - buckets[i - 1] < buckets[i] - pixels)
    i--;

  return buckets[i];
}

static gboolean
has_mark (LabNode *node)
{
  LabRunState state = lab_node_get_run_state (node);

  if (lab_node_get_kind (node) == LAB_NODE_IOU || lab_node_get_kind (node) == LAB_NODE_PLACEHOLDER)
    return TRUE;

  /* What lives in the relay is there whenever the lab runs; only trouble is worth a sign. */
  return state != LAB_RUN_OFF && state != LAB_RUN_STOPPED &&
         (state != LAB_RUN_BUILTIN || *lab_node_get_run_message (node) != '\0');
}

static LabSpriteLook
look_of (const LabPaintContext *context, LabNode *node, double *side)
{
  double pixels = LAB_SYMBOL_GRID * context->zoom * context->scale;
  gboolean small = context->lod <= LAB_LOD_SYMBOLS;
  LabSpriteLook look = { .state = lab_node_get_run_state (node),
                         .marked = has_mark (node),
                         .scale = context->scale,
                         .software = context->software };

  /* A switching loop, for one. */
  if (lab_node_get_kind (node) == LAB_NODE_PLACEHOLDER ||
      (look.marked && look.state == LAB_RUN_BUILTIN))
    look.state = LAB_RUN_UNSUPPORTED;
  if (context->lod == LAB_LOD_SQUARES)
    {
      look.pixels = (int) MAX (pixels * 0.75, LEAST_SQUARE * context->scale);
      *side = (double) look.pixels / context->scale;
      return look;
    }
  look.symbol = lab_symbols_for_node (node);
  if (small)
    pixels = MAX (pixels, LEAST_SYMBOL * context->scale);
  look.pixels = find_bucket (pixels, small);
  /* Small ones are drawn as they are, pixel by pixel; others are scaled to the very size. */
  *side = (small ? look.pixels : pixels) / context->scale;
  look.mark = (int) MAX (MARK_UNITS / LAB_SYMBOL_GRID * look.pixels, LEAST_MARK * context->scale);
  look.locked = !small && lab_node_get_locked (node);
  look.restart = !small && lab_node_get_restart_needed (node);

  return look;
}

GskRenderNode *
lab_paint_node (const LabPaintContext *context, LabSceneNode *node)
{
  double side;
  LabSpriteLook look = look_of (context, node->item.object, &side);
  GskRenderNode *sprite = lab_sprites_get (context->sprites, &look, context->palette);
  double scale = side * context->scale / look.pixels;
  g_autoptr (GskTransform) transform = NULL;
  graphene_point_t at;

  at.x = (float) lab_paint_snap (context, lab_paint_x (context, node->x) - side / 2);
  at.y = (float) lab_paint_snap (context, lab_paint_y (context, node->y) - side / 2);
  transform = gsk_transform_translate (NULL, &at);
  if (fabs (scale - 1) > 0.001)
    transform = gsk_transform_scale (transform, (float) scale, (float) scale);

  return gsk_transform_node_new (sprite, transform);
}

static GskRenderNode *
outline (const LabPaintContext *context,
         const graphene_rect_t *rect,
         double width,
         const GdkRGBA *colour)
{
  const float widths[] = { (float) width, (float) width, (float) width, (float) width };
  const GdkRGBA colours[] = { *colour, *colour, *colour, *colour };
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, (float) CORNER_RADIUS);

  return gsk_border_node_new (&rounded, widths, colours);
}

static GskRenderNode *
filled (const graphene_rect_t *rect, const GdkRGBA *colour)
{
  g_autoptr (GskRenderNode) colour_node = gsk_color_node_new (colour, rect);
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, (float) CORNER_RADIUS);

  return gsk_rounded_clip_node_new (colour_node, &rounded);
}

GskRenderNode *
lab_paint_node_marks (const LabPaintContext *context, LabSceneNode *node)
{
  LabSceneFlags flags = node->item.flags;
  double half_width = MAX (node->half_width * context->zoom, LEAST_SQUARE / 2) + SELECTION_OUT;
  double half_height = MAX (node->half_height * context->zoom, LEAST_SQUARE / 2) + SELECTION_OUT;
  LabNodeList list = { .n = 0 };
  graphene_rect_t rect;

  if ((flags & ~LAB_SCENE_HIDDEN) == 0)
    return NULL;
  graphene_rect_init (
      &rect, (float) lab_paint_snap (context, lab_paint_x (context, node->x) - half_width),
      (float) lab_paint_snap (context, lab_paint_y (context, node->y) - half_height),
      (float) lab_paint_snap (context, half_width * 2),
      (float) lab_paint_snap (context, half_height * 2));
  if ((flags & LAB_SCENE_FLASHED) != 0)
    lab_node_list_take (&list,
                        filled (&rect, lab_palette_get (context->palette, LAB_COLOUR_FLASH)));
  else if ((flags & (LAB_SCENE_HOVERED | LAB_SCENE_TARGET | LAB_SCENE_SELECTED)) != 0)
    lab_node_list_take (&list,
                        filled (&rect, lab_palette_get (context->palette, LAB_COLOUR_HOVER)));
  if ((flags & (LAB_SCENE_SELECTED | LAB_SCENE_TARGET)) != 0)
    lab_node_list_take (&list, outline (context, &rect, (flags & LAB_SCENE_TARGET) != 0 ? 3 : 2,
                                        lab_palette_get (context->palette, LAB_COLOUR_ACCENT)));
  if ((flags & LAB_SCENE_FOCUSED) != 0)
    {
      graphene_rect_inset (&rect, -3, -3);
      lab_node_list_take (
          &list, outline (context, &rect, 1, lab_palette_get (context->palette, LAB_COLOUR_TEXT)));
    }

  return lab_node_list_finish (&list);
}

GskRenderNode *
lab_paint_node_label (const LabPaintContext *context, LabSceneNode *node)
{
  double scale = lab_lod_label_scale (context->zoom);
  double width = (node->label.x1 - node->label.x0) * scale + 2 * HALO_SIDE;
  double height = (node->label.y1 - node->label.y0) * scale;
  /* Text that is larger than life grows away from its device. */
  double dx = (node->label.x1 - node->label.x0) * (scale - context->zoom) / 2;
  double dy = (node->label.y1 - node->label.y0) * (scale - context->zoom) / 2;
  double x = lab_paint_x (context, (node->label.x0 + node->label.x1) / 2);
  double y = lab_paint_y (context, (node->label.y0 + node->label.y1) / 2);
  LabNodeList list = { .n = 0 };
  graphene_rect_t halo;

  if (context->lod < LAB_LOD_LABELS)
    return NULL;
  x += node->label.x0 >= node->x ? dx : node->label.x1 <= node->x ? -dx : 0;
  y += node->label.y0 >= node->y ? dy : node->label.y1 <= node->y ? -dy : 0;
  graphene_rect_init (&halo, (float) lab_paint_snap (context, x - width / 2),
                      (float) lab_paint_snap (context, y - height / 2), (float) width,
                      (float) height);
  lab_node_list_take (
      &list, gsk_color_node_new (lab_palette_get (context->palette, LAB_COLOUR_HALO), &halo));
  lab_node_list_take (&list, lab_text_place (context->text, LAB_TEXT_NODE,
                                             lab_node_get_name (node->item.object),
                                             lab_palette_get (context->palette, LAB_COLOUR_TEXT), x,
                                             y, scale, context->scale));

  return lab_node_list_finish (&list);
}

GskRenderNode *
lab_paint_node_handles (const LabPaintContext *context, LabSceneNode *node)
{
  const GdkRGBA *accent = lab_palette_get (context->palette, LAB_COLOUR_ACCENT);
  const GdkRGBA *inside = lab_palette_get (context->palette, LAB_COLOUR_BACKGROUND);
  LabNodeList list = { .n = 0 };

  if (context->lod < LAB_LOD_LABELS || (node->item.flags & LAB_SCENE_HOVERED) == 0)
    return NULL;
  for (guint handle = 0; handle < 4; handle++)
    {
      LabPoint at = lab_scene_handle_point (node, handle, context->zoom);
      double x = lab_paint_x (context, at.x);
      double y = lab_paint_y (context, at.y);

      lab_node_list_take (&list, lab_paint_disc (x, y, HANDLE_RADIUS, accent));
      lab_node_list_take (&list, lab_paint_disc (x, y, HANDLE_RADIUS - 2, inside));
    }

  return lab_node_list_finish (&list);
}
