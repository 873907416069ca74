/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Links as render nodes. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-paint.h"

static const GdkRGBA *
line_colour (const LabPaintContext *context, LabSceneLink *link)
{
  if ((link->item.flags & LAB_SCENE_SELECTED) != 0)
    return lab_palette_get (context->palette, LAB_COLOUR_ACCENT);

  return lab_palette_get (context->palette,
                          link->place.serial ? LAB_COLOUR_SERIAL : LAB_COLOUR_LINK);
}

GskRenderNode *
lab_paint_link (const LabPaintContext *context, LabSceneLink *link)
{
  const LabLinkGeometry *geometry = &link->geometry;
  double width = lab_link_get_width (link->item.object) * context->zoom;
  LabNodeList list = { .n = 0 };

  for (guint i = 1; i < geometry->n_points; i++)
    lab_node_list_take (&list, lab_paint_segment (context,
                                                  lab_paint_x (context, geometry->points[i - 1].x),
                                                  lab_paint_y (context, geometry->points[i - 1].y),
                                                  lab_paint_x (context, geometry->points[i].x),
                                                  lab_paint_y (context, geometry->points[i].y),
                                                  width, line_colour (context, link)));

  return lab_node_list_finish (&list);
}

GskRenderNode *
lab_paint_link_labels (const LabPaintContext *context, LabSceneLink *link)
{
  LabNodeList list = { .n = 0 };

  if (context->lod < LAB_LOD_FULL)
    return NULL;
  for (guint end = 0; end < 2; end++)
    {
      const LabBox *box = &link->port_label[end];

      if (lab_box_is_empty (box))
        continue;
      lab_node_list_take (&list,
                          lab_text_place (context->text, LAB_TEXT_PORT,
                                          lab_link_get_port_name (link->item.object, end),
                                          lab_palette_get (context->palette, LAB_COLOUR_DIM_TEXT),
                                          lab_paint_x (context, (box->x0 + box->x1) / 2),
                                          lab_paint_y (context, (box->y0 + box->y1) / 2),
                                          lab_lod_label_scale (context->zoom), context->scale));
    }

  return lab_node_list_finish (&list);
}
