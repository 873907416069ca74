/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-box.h"

G_BEGIN_DECLS

/**
 * LabMinimapLayout:
 * @scale: map pixels a world unit
 * @x: of the map, where world 0, 0 is
 * @y: likewise
 * @width: of the map
 * @height: of the map
 *
 * How the plane is laid onto a small map. A plain value.
 */
typedef struct
{
  double scale;
  double x;
  double y;
  double width;
  double height;
} LabMinimapLayout;

/* All of @world in the middle of the map, @padding pixels from its edges. Nothing is drawn larger than a
 * quarter of life, so that a lab of two devices does not fill the map. */
void     lab_minimap_layout_fit      (LabMinimapLayout *self, const LabBox *world, double width, double height, double padding);
LabPoint lab_minimap_layout_to_map   (const LabMinimapLayout *self, double world_x, double world_y);
LabPoint lab_minimap_layout_to_world (const LabMinimapLayout *self, double x, double y);
/* The part of the map that shows @view. What lies outside of the map is drawn at its edge, so that
 * the way back can be seen. Never thinner than @least. */
LabBox   lab_minimap_layout_view     (const LabMinimapLayout *self, const LabBox *view, double least);

G_END_DECLS
