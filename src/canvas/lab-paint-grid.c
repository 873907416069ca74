/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grid: lines on whole pixels, fewer of them seen from afar. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-paint.h"

#define LEAST_SPACING 12.0
#define MAJOR_EVERY   5
#define MAX_LINES     1024

/* Lines across one axis; @horizontal: lines of constant y. */
static void
add_lines (const LabPaintContext *context,
           double spacing,
           const graphene_rect_t *box,
           gboolean horizontal,
           GPtrArray *nodes)
{
  double base = horizontal ? context->base_y : context->base_x;
  double from = horizontal ? box->origin.y : box->origin.x;
  double length = horizontal ? box->size.height : box->size.width;
  double first = ceil ((from / context->zoom + base) / spacing);
  double last = floor (((from + length) / context->zoom + base) / spacing);
  double thick = 1.0 / context->scale;

  if (last - first > MAX_LINES)
    return;
  for (double number = first; number <= last; number++)
    {
      gboolean major = fmod (number, MAJOR_EVERY) == 0;
      const GdkRGBA *colour =
          lab_palette_get (context->palette, major ? LAB_COLOUR_GRID_MAJOR : LAB_COLOUR_GRID);
      double at = lab_paint_snap (context, (number * spacing - base) * context->zoom);
      graphene_rect_t rect;

      if (horizontal)
        graphene_rect_init (&rect, box->origin.x, (float) at, box->size.width, (float) thick);
      else
        graphene_rect_init (&rect, (float) at, box->origin.y, (float) thick, box->size.height);
      g_ptr_array_add (nodes, gsk_color_node_new (colour, &rect));
    }
}

GskRenderNode *
lab_paint_grid (const LabPaintContext *context, double spacing, const graphene_rect_t *box)
{
  g_autoptr (GPtrArray) nodes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);

  while (spacing * context->zoom < LEAST_SPACING)
    spacing *= MAJOR_EVERY;
  add_lines (context, spacing, box, FALSE, nodes);
  add_lines (context, spacing, box, TRUE, nodes);
  if (nodes->len == 0)
    return NULL;

  return gsk_container_node_new ((GskRenderNode **) nodes->pdata, nodes->len);
}
