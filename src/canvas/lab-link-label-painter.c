/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text at links: the names of their interfaces, a text in the middle, the rate of what flows. Each
 * has a backdrop, so that it can be read where it lies over a line. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-label-placement.h"
#include "lab-paint.h"
#include "lab-rate-text.h"

#define PADDING    2.0   /* of a backdrop, pixels at zoom 1 */
#define HALO_SHARE 0.75f /* there are many, and colours lie under them */

/* @text, @width by @height at zoom 1, centred at a world point. */
static void
add_text (const LabPaintContext *context,
          LabNodeList *list,
          LabTextStyle style,
          const char *text,
          LabPoint centre,
          double width,
          double height,
          LabColour colour)
{
  double scale = lab_lod_label_scale (context->zoom);
  double x = lab_paint_x (context, centre.x);
  double y = lab_paint_y (context, centre.y);
  double half_width = (width / 2 + PADDING) * scale;
  double half_height = height / 2 * scale;
  GdkRGBA halo = *lab_palette_get (context->palette, LAB_COLOUR_HALO);
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) (x - half_width), (float) (y - half_height),
                                             (float) (2 * half_width), (float) (2 * half_height));

  halo.alpha *= HALO_SHARE;
  lab_node_list_take (list, gsk_color_node_new (&halo, &rect));
  lab_node_list_take (list, lab_text_place (context->text, style, text,
                                            lab_palette_get (context->palette, colour), x, y, scale,
                                            context->scale));
}

static void
add_port_label (const LabPaintContext *context, LabNodeList *list, LabSceneLink *link, guint end)
{
  const LabBox *box = &link->port_label[end];
  gboolean marked = (link->item.flags & (LAB_SCENE_SELECTED | LAB_SCENE_HOVERED)) != 0;

  if (lab_box_is_empty (box))
    return;
  add_text (context, list, LAB_TEXT_PORT, lab_link_get_port_name (link->item.object, end),
            (LabPoint){ (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2 }, box->x1 - box->x0,
            box->y1 - box->y0, marked ? LAB_COLOUR_TEXT : LAB_COLOUR_DIM_TEXT);
}

static void
add_middle_label (const LabPaintContext *context, LabNodeList *list, LabSceneLink *link)
{
  const LabBox *box = &link->label;

  if (!lab_box_is_empty (box))
    add_text (context, list, LAB_TEXT_LINK, lab_link_get_label (link->item.object),
              (LabPoint){ (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2 }, box->x1 - box->x0,
              box->y1 - box->y0, LAB_COLOUR_TEXT);
}

/* In the middle, or below the text that stands there. */
static void
add_rate (const LabPaintContext *context, LabNodeList *list, LabSceneLink *link)
{
  LabPoint direction;
  LabPoint centre;
  LabLinkRun run;
  double width;
  double height;
  g_autofree char *text = NULL;

  lab_link_get_run (link->item.object, &run);
  lab_link_geometry_get_point (&link->geometry, link->geometry.length / 2, &direction);
  text = lab_rate_format_link (&run, direction);
  if (text == NULL)
    return;
  lab_text_measure (LAB_TEXT_PORT, NULL, text, &width, &height, context->text);
  centre = lab_link_geometry_place_text (&link->geometry, width, height, link->place.serial);
  if (context->rates && !lab_box_is_empty (&link->rate))
    centre = (LabPoint){ (link->rate.x0 + link->rate.x1) / 2, (link->rate.y0 + link->rate.y1) / 2 };
  else if (!lab_box_is_empty (&link->label))
    {
      centre.x = (link->label.x0 + link->label.x1) / 2;
      centre.y = link->label.y1 + height / 2;
    }
  add_text (context, list, LAB_TEXT_PORT, text, centre, width, height, LAB_COLOUR_TEXT);
}

GskRenderNode *
lab_paint_link_labels (const LabPaintContext *context, LabSceneLink *link)
{
  gboolean hovered = (link->item.flags & LAB_SCENE_HOVERED) != 0;
  LabNodeList list = { .n = 0 };

  if (context->lod < LAB_LOD_LABELS || link->geometry.n_points < 2)
    return NULL;
  for (guint end = 0; end < 2 && context->lod >= LAB_LOD_FULL; end++)
    add_port_label (context, &list, link, end);
  add_middle_label (context, &list, link);
  if (context->rates || hovered)
    add_rate (context, &list, link);

  return lab_node_list_finish (&list);
}
