/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mark of a captured link. It is seen without colours, too. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-capture-mark.h"
#include "lab-runtime.h"

#define RADIUS 7.0 /* at zoom 1 */
#define GAP    0.7 /* of the radius */
#define DISC   0.45

void
lab_capture_mark_paint (LabPen *pen, LabSceneLink *link)
{
  const LabPaintContext *context = pen->context;
  const GdkRGBA *ground = lab_palette_get (context->palette, LAB_COLOUR_BACKGROUND);
  const GdkRGBA *colour = lab_palette_get (context->palette, LAB_COLOUR_LINE_DOWN);
  double radius = RADIUS * CLAMP (context->zoom, 0.5, 1.5);
  LabPoint way;
  LabPoint centre;
  LabLinkRun run;
  double x;
  double y;

  lab_link_get_run (link->item.object, &run);
  if (!run.captured || context->lod < LAB_LOD_SYMBOLS)
    return;
  centre = lab_link_geometry_get_point (&link->geometry, link->geometry.length / 2, &way);
  x = lab_paint_x (context, centre.x);
  y = lab_paint_y (context, centre.y);
  g_ptr_array_add (pen->nodes, lab_paint_disc (x, y, radius, colour));
  g_ptr_array_add (pen->nodes, lab_paint_disc (x, y, radius * GAP, ground));
  g_ptr_array_add (pen->nodes, lab_paint_disc (x, y, radius * DISC, colour));
}
