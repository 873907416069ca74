/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices as pictures.
 *
 * For GL a picture is a texture. The cairo renderer of GTK 4.8 converts a texture's pixels by way
 * of floating point each time it is drawn, ten times the cost of drawing; there, a picture is a
 * cairo node, which holds no more than "paint this surface". */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <math.h>

#include "lab-sprites.h"
#include "lab-symbols.h"

/* Symbols, states and sizes of a session; more only come by zooming a lot. */
#define MAX_SPRITES 1024

struct _LabSprites
{
  GHashTable *nodes; /* LabSpriteLook → GskRenderNode */
};

static guint
look_hash (gconstpointer data)
{
  const LabSpriteLook *look = data;

  return g_direct_hash (look->symbol) ^ (guint) look->state * 31u ^ (guint) look->pixels * 131u ^
         (guint) look->mark * 8191u ^ (look->marked ? 1u << 28 : 0u) ^
         (look->locked ? 1u << 29 : 0u) ^ (look->restart ? 1u << 30 : 0u);
}

static gboolean
look_equal (gconstpointer a, gconstpointer b)
{
  const LabSpriteLook *first = a;
  const LabSpriteLook *second = b;

  return first->symbol == second->symbol && first->state == second->state &&
         first->marked == second->marked && first->locked == second->locked &&
         first->restart == second->restart && first->pixels == second->pixels &&
         first->mark == second->mark && first->scale == second->scale &&
         first->software == second->software;
}

LabSprites *
lab_sprites_new (void)
{
  LabSprites *self = g_new0 (LabSprites, 1);

  self->nodes =
      g_hash_table_new_full (look_hash, look_equal, g_free, (GDestroyNotify) gsk_render_node_unref);

  return self;
}

void
lab_sprites_free (LabSprites *self)
{
  g_hash_table_unref (self->nodes);
  g_free (self);
}

void
lab_sprites_clear (LabSprites *self)
{
  g_hash_table_remove_all (self->nodes);
}

/* A padlock in a square of 16 units. */
static void
draw_padlock (const LabPalette *palette, cairo_t *cr, double x, double y, double size)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / 16, size / 16);
  cairo_set_line_width (cr, 2);
  for (guint pass = 0; pass < 2; pass++)
    {
      /* First wider, in the plane's colour: the rim. */
      gdk_cairo_set_source_rgba (
          cr, lab_palette_get (palette, pass == 0 ? LAB_COLOUR_BACKGROUND : LAB_COLOUR_DIM_TEXT));
      cairo_set_line_width (cr, pass == 0 ? 5 : 2);
      cairo_arc (cr, 8, 6.5, 3.5, G_PI, 0);
      cairo_line_to (cr, 11.5, 8);
      cairo_move_to (cr, 4.5, 6.5);
      cairo_line_to (cr, 4.5, 8);
      cairo_stroke (cr);
      cairo_rectangle (cr, 2.5, 7.5, 11, 7);
      if (pass == 0)
        cairo_stroke_preserve (cr);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}

/* An arrow in a circle, in a square of 16 units. */
static void
draw_restart (const LabPalette *palette, cairo_t *cr, double x, double y, double size)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / 16, size / 16);
  gdk_cairo_set_source_rgba (cr, lab_palette_get (palette, LAB_COLOUR_BACKGROUND));
  cairo_arc (cr, 8, 8, 8, 0, 2 * G_PI);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, lab_palette_get (palette, LAB_COLOUR_STARTING));
  cairo_set_line_width (cr, 2.4);
  cairo_arc (cr, 8, 8, 5, -G_PI / 3, 4 * G_PI / 3);
  cairo_stroke (cr);
  cairo_move_to (cr, 7, 0.2);
  cairo_line_to (cr, 13.2, 1.2);
  cairo_line_to (cr, 9.6, 6.6);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_look (const LabSpriteLook *look, const LabPalette *palette, cairo_t *cr)
{
  double size = look->pixels;
  double unit = size / LAB_SYMBOL_GRID;
  double mark = look->mark;
  double half_width;
  double half_height;
  double right;
  double top;

  if (look->symbol == NULL)
    {
      lab_state_mark_draw (look->state, palette, cr, 0, 0, size);
      return;
    }
  lab_symbols_render_cairo (look->symbol, cr, 0, 0, size, size);
  lab_symbols_get_size (look->symbol, &half_width, &half_height);
  right = MIN (size - mark, size / 2 + half_width * unit - mark / 2);
  top = MAX (0, size / 2 - half_height * unit - mark / 2);
  if (look->marked)
    lab_state_mark_draw (look->state, palette, cr, right, top, mark);
  if (look->locked)
    draw_padlock (palette, cr, size - mark - right, top, mark);
  if (look->restart)
    draw_restart (palette, cr, right, size - mark - top, mark);
}

static cairo_surface_t *
make_surface (const LabSpriteLook *look, const LabPalette *palette)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, look->pixels, look->pixels);
  cairo_t *cr = cairo_create (surface);

  draw_look (look, palette, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static GskRenderNode *
make_cairo_node (cairo_surface_t *surface, const LabSpriteLook *look, const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_surface_set_device_scale (surface, look->scale, look->scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);

  return node;
}

static GskRenderNode *
make_texture_node (cairo_surface_t *surface,
                   const LabSpriteLook *look,
                   const graphene_rect_t *bounds)
{
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes =
      g_bytes_new (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) look->pixels);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (
      look->pixels, look->pixels, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);

  return gsk_texture_node_new (texture, bounds);
}

GskRenderNode *
lab_sprites_get (LabSprites *self, const LabSpriteLook *look, const LabPalette *palette)
{
  GskRenderNode *node = g_hash_table_lookup (self->nodes, look);
  graphene_rect_t bounds;
  cairo_surface_t *surface;
  float side;

  if (node != NULL)
    return node;
  if (g_hash_table_size (self->nodes) >= MAX_SPRITES)
    lab_sprites_clear (self);
  surface = make_surface (look, palette);
  side = (float) look->pixels / (float) look->scale;
  graphene_rect_init (&bounds, 0, 0, side, side);
  node = look->software ? make_cairo_node (surface, look, &bounds)
                        : make_texture_node (surface, look, &bounds);
  cairo_surface_destroy (surface);
  g_hash_table_insert (self->nodes, g_memdup2 (look, sizeof *look), node);

  return node;
}
