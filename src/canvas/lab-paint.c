/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all painters use: levels of detail, lists of nodes, straight lines. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-paint.h"

#define FULL_ZOOM    0.65
#define LABELS_ZOOM  0.4
#define SYMBOLS_ZOOM 0.15

/* A soft line is a texture of eight rows, the outer ones transparent. */
#define SOFT_ROWS 8

LabLod
lab_lod_for_zoom (double zoom)
{
  if (zoom >= FULL_ZOOM)
    return LAB_LOD_FULL;
  if (zoom >= LABELS_ZOOM)
    return LAB_LOD_LABELS;

  return zoom >= SYMBOLS_ZOOM ? LAB_LOD_SYMBOLS : LAB_LOD_SQUARES;
}

double
lab_lod_label_scale (double zoom)
{
  return MAX (zoom, FULL_ZOOM);
}

GskRenderNode *
lab_node_list_finish (LabNodeList *self)
{
  GskRenderNode *node;

  if (self->n == 0)
    return NULL;
  if (self->n == 1)
    {
      self->n = 0;
      return self->nodes[0];
    }
  node = gsk_container_node_new (self->nodes, self->n);
  for (guint i = 0; i < self->n; i++)
    gsk_render_node_unref (self->nodes[i]);
  self->n = 0;

  return node;
}

static GdkTexture *
make_soft_texture (const GdkRGBA *colour)
{
  guchar pixels[SOFT_ROWS * 4] = { 0 };
  g_autoptr (GBytes) bytes = NULL;

  for (guint row = 1; row < SOFT_ROWS - 1; row++)
    {
      pixels[row * 4 + 0] = (guchar) (colour->red * 255 + 0.5f);
      pixels[row * 4 + 1] = (guchar) (colour->green * 255 + 0.5f);
      pixels[row * 4 + 2] = (guchar) (colour->blue * 255 + 0.5f);
      pixels[row * 4 + 3] = (guchar) (colour->alpha * 255 + 0.5f);
    }
  bytes = g_bytes_new (pixels, sizeof pixels);

  return gdk_memory_texture_new (1, SOFT_ROWS, GDK_MEMORY_R8G8B8A8, bytes, 4);
}

/* One texture a colour, for good: they are few and of 32 bytes. */
static GdkTexture *
soft_texture (const GdkRGBA *colour)
{
  static GHashTable *textures;
  GdkTexture *texture;

  if (textures == NULL)
    textures = g_hash_table_new_full (gdk_rgba_hash, gdk_rgba_equal, (GDestroyNotify) gdk_rgba_free,
                                      g_object_unref);
  texture = g_hash_table_lookup (textures, colour);
  if (texture == NULL)
    {
      texture = make_soft_texture (colour);
      g_hash_table_insert (textures, gdk_rgba_copy (colour), texture);
    }

  return texture;
}

/* Along an axis a line is a rectangle on whole pixels, sharp and cheap. */
static GskRenderNode *
straight (const LabPaintContext *context,
          double x0,
          double y0,
          double x1,
          double y1,
          double width,
          const GdkRGBA *colour)
{
  gboolean flat = fabs (y1 - y0) < 0.01;
  double thick = MAX (lab_paint_snap (context, width), 1.0 / context->scale);
  double across = lab_paint_snap (context, (flat ? y0 : x0) - thick / 2);
  graphene_rect_t rect;

  if (flat)
    graphene_rect_init (&rect, (float) MIN (x0, x1), (float) across, (float) fabs (x1 - x0),
                        (float) thick);
  else
    graphene_rect_init (&rect, (float) across, (float) MIN (y0, y1), (float) thick,
                        (float) fabs (y1 - y0));

  return gsk_color_node_new (colour, &rect);
}

static GskRenderNode *
quad (const LabPaintContext *context, double length, double width, const GdkRGBA *colour)
{
  graphene_rect_t rect;
  double soft;

  if (context->software)
    {
      graphene_rect_init (&rect, 0, (float) (-width / 2), (float) length, (float) width);
      return gsk_color_node_new (colour, &rect);
    }
  soft = width * SOFT_ROWS / (SOFT_ROWS - 2);
  graphene_rect_init (&rect, 0, (float) (-soft / 2), (float) length, (float) soft);

  return gsk_texture_node_new (soft_texture (colour), &rect);
}

GskRenderNode *
lab_paint_segment (const LabPaintContext *context,
                   double x0,
                   double y0,
                   double x1,
                   double y1,
                   double width,
                   const GdkRGBA *colour)
{
  double dx = x1 - x0;
  double dy = y1 - y0;
  double length = hypot (dx, dy);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskTransform) transform = NULL;

  if (length < 1)
    return NULL;
  if (fabs (dx) < 0.01 || fabs (dy) < 0.01)
    return straight (context, x0, y0, x1, y1, width, colour);
  node = quad (context, length, MAX (width, 1.0 / context->scale), colour);
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x0, (float) y0));
  transform = gsk_transform_rotate (transform, (float) (atan2 (dy, dx) * 180 / G_PI));

  return gsk_transform_node_new (node, transform);
}

GskRenderNode *
lab_paint_disc (double x, double y, double radius, const GdkRGBA *colour)
{
  g_autoptr (GskRenderNode) node = NULL;
  GskRoundedRect rounded;
  graphene_rect_t rect;

  graphene_rect_init (&rect, (float) (x - radius), (float) (y - radius), (float) (2 * radius),
                      (float) (2 * radius));
  node = gsk_color_node_new (colour, &rect);
  gsk_rounded_rect_init_from_rect (&rounded, &rect, (float) radius);

  return gsk_rounded_clip_node_new (node, &rounded);
}
