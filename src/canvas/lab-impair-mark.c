/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks of impaired links. They are seen without colours, too. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-impair-mark.h"
#include "lab-impair.h"

#define PLACE 0.36 /* of the way, so that two are apart and the middle is free for text */
#define RING  1.5  /* pixels */

static void
place (LabSceneLink *link, guint end, LabImpairMark *mark)
{
  double length = link->geometry.length;
  double sign = end == 0 ? 1 : -1;
  LabPoint way;

  mark->centre = lab_link_geometry_get_point (
      &link->geometry, end == 0 ? length * PLACE : length * (1 - PLACE), &way);
  way.x *= sign;
  way.y *= sign;
  mark->arrow[0] = (LabPoint){ -0.25 * way.x - 0.5 * way.y, -0.25 * way.y + 0.5 * way.x };
  mark->arrow[1] = (LabPoint){ 0.35 * way.x, 0.35 * way.y };
  mark->arrow[2] = (LabPoint){ -0.25 * way.x + 0.5 * way.y, -0.25 * way.y - 0.5 * way.x };
}

guint
lab_impair_marks_place (LabSceneLink *link, LabImpairMark marks[2])
{
  guint n = 0;

  if (!lab_link_is_impaired (link->item.object))
    return 0;
  for (guint end = 0; end < 2; end++)
    {
      g_autofree char *words = lab_link_dup_impairment (link->item.object, end);

      if (words != NULL)
        place (link, end, &marks[n++]);
    }

  return n;
}

static void
paint (LabPen *pen, const LabImpairMark *mark)
{
  const LabPaintContext *context = pen->context;
  double zoom = CLAMP (context->zoom, 0.5, 1.5);
  double radius = LAB_IMPAIR_MARK_RADIUS * zoom;
  double x = lab_paint_x (context, mark->centre.x);
  double y = lab_paint_y (context, mark->centre.y);
  double unit = radius / context->zoom;

  g_ptr_array_add (pen->nodes,
                   lab_paint_disc (x, y, radius + RING,
                                   lab_palette_get (context->palette, LAB_COLOUR_BACKGROUND)));
  g_ptr_array_add (
      pen->nodes,
      lab_paint_disc (x, y, radius, lab_palette_get (context->palette, LAB_COLOUR_IMPAIRED)));
  if (context->lod < LAB_LOD_LABELS)
    return;
  for (guint i = 0; i < 2; i++)
    lab_pen_draw_piece (pen,
                        (LabPoint){ mark->centre.x + mark->arrow[i].x * unit,
                                    mark->centre.y + mark->arrow[i].y * unit },
                        (LabPoint){ mark->centre.x + mark->arrow[i + 1].x * unit,
                                    mark->centre.y + mark->arrow[i + 1].y * unit });
}

void
lab_impair_marks_paint (LabPen *pen, LabSceneLink *link)
{
  LabPen arrows = *pen;
  LabImpairMark marks[2];
  guint n = pen->context->lod >= LAB_LOD_SYMBOLS ? lab_impair_marks_place (link, marks) : 0;

  arrows.width = 2 * CLAMP (pen->context->zoom, 0.5, 1.5);
  arrows.colour = *lab_palette_get (pen->context->palette, LAB_COLOUR_BACKGROUND);
  for (guint i = 0; i < n; i++)
    paint (&arrows, &marks[i]);
}
