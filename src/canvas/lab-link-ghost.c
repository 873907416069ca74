/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cable while it is dragged: dashed, with the ports it would take at both ends. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-label-placement.h"
#include "lab-link-ghost.h"

/* In pixels. */
#define GHOST_WIDTH   2.5
#define DASH          8.0
#define PADDING       4.0
#define HINT_DISTANCE 18.0
#define POINTER_HALF  1.0

/* A plate with a text, in plane coordinates; @centred: about x, y, else right below it. */
static void
add_plate (const LabPaintContext *context,
           LabNodeList *list,
           const char *text,
           double x,
           double y,
           gboolean centred,
           LabColour colour)
{
  double width;
  double height;
  graphene_rect_t rect;
  GskRoundedRect plate;
  const float widths[] = { 1, 1, 1, 1 };
  const GdkRGBA edge = *lab_palette_get (context->palette, colour);
  const GdkRGBA edges[] = { edge, edge, edge, edge };

  lab_text_measure (LAB_TEXT_LINK, NULL, text, &width, &height, context->text);
  if (!centred)
    {
      x += width / 2 + PADDING;
      y += height / 2 + PADDING;
    }
  x = lab_paint_snap (context, x);
  y = lab_paint_snap (context, y);
  graphene_rect_init (&rect, (float) floor (x - width / 2 - PADDING),
                      (float) floor (y - height / 2 - PADDING / 2),
                      (float) ceil (width + 2 * PADDING), (float) ceil (height + PADDING));
  gsk_rounded_rect_init_from_rect (&plate, &rect, 4);
  {
    g_autoptr (GskRenderNode) fill =
        gsk_color_node_new (lab_palette_get (context->palette, LAB_COLOUR_BACKGROUND), &rect);

    lab_node_list_take (list, gsk_rounded_clip_node_new (fill, &plate));
  }
  lab_node_list_take (list, gsk_border_node_new (&plate, widths, edges));
  lab_node_list_take (list, lab_text_place (context->text, LAB_TEXT_LINK, text,
                                            lab_palette_get (context->palette, LAB_COLOUR_TEXT), x,
                                            y, 1, context->scale));
}

GskRenderNode *
lab_paint_hint (const LabPaintContext *context, const char *text, LabPoint at, LabColour colour)
{
  LabNodeList list = { .n = 0 };

  add_plate (context, &list, text, lab_paint_x (context, at.x) + HINT_DISTANCE,
             lab_paint_y (context, at.y) + HINT_DISTANCE, FALSE, colour);

  return lab_node_list_finish (&list);
}

static void
route (LabLinkGeometry *geometry, const LabLinkGhost *ghost)
{
  LabLinkPlace place = { .n_lanes = 1 };
  const LabSceneNode *nodes[] = { ghost->from, ghost->target };

  for (guint end = 0; end < 2; end++)
    if (nodes[end] != NULL)
      {
        place.centre[end] = (LabPoint){ nodes[end]->x, nodes[end]->y };
        place.half_width[end] = nodes[end]->half_width;
        place.half_height[end] = nodes[end]->half_height;
      }
    else
      {
        place.centre[end] = ghost->pointer;
        place.half_width[end] = POINTER_HALF;
        place.half_height[end] = POINTER_HALF;
      }
  lab_link_geometry_compute (geometry, &place);
}

static void
add_dashes (const LabPaintContext *context,
            LabNodeList *list,
            const LabLinkGeometry *geometry,
            const GdkRGBA *colour)
{
  /* A list holds 64: few dashes on a long cable are as good. */
  double period = MAX (1.6 * DASH / context->zoom, geometry->length / 40);

  for (double at = 0; at < geometry->length; at += period)
    {
      LabPoint from = lab_link_geometry_get_point (geometry, at, NULL);
      LabPoint to =
          lab_link_geometry_get_point (geometry, MIN (at + period * 0.65, geometry->length), NULL);

      lab_node_list_take (
          list, lab_paint_segment (context, lab_paint_x (context, from.x),
                                   lab_paint_y (context, from.y), lab_paint_x (context, to.x),
                                   lab_paint_y (context, to.y), GHOST_WIDTH, colour));
    }
}

static void
add_port (const LabPaintContext *context,
          LabNodeList *list,
          const LabLinkGeometry *geometry,
          guint end,
          const char *port)
{
  double width;
  double height;
  LabPoint at;

  if (port == NULL)
    return;
  lab_text_measure (LAB_TEXT_LINK, NULL, port, &width, &height, context->text);
  at = lab_link_geometry_place_label (geometry, end, (width + 2 * PADDING) / context->zoom,
                                      (height + PADDING) / context->zoom);
  add_plate (context, list, port, lab_paint_x (context, at.x), lab_paint_y (context, at.y), TRUE,
             LAB_COLOUR_ACCENT);
}

GskRenderNode *
lab_paint_link_ghost (const LabPaintContext *context, const LabLinkGhost *ghost)
{
  gboolean refused = ghost->hint != NULL;
  const GdkRGBA *colour =
      lab_palette_get (context->palette, refused ? LAB_COLOUR_LINE_DOWN : LAB_COLOUR_ACCENT);
  LabNodeList list = { .n = 0 };
  LabLinkGeometry geometry;

  route (&geometry, ghost);
  if (geometry.n_points >= 2)
    {
      add_dashes (context, &list, &geometry, colour);
      add_port (context, &list, &geometry, 0, ghost->from_port);
      add_port (context, &list, &geometry, 1, ghost->to_port);
    }
  if (refused)
    lab_node_list_take (
        &list, lab_paint_hint (context, ghost->hint, ghost->pointer, LAB_COLOUR_LINE_DOWN));

  return lab_node_list_finish (&list);
}
