/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the plane to a small map and back. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-minimap-layout.h"

#define MAX_SCALE 0.25

void
lab_minimap_layout_fit (
    LabMinimapLayout *self, const LabBox *world, double width, double height, double padding)
{
  double world_width = MAX (world->x1 - world->x0, 1);
  double world_height = MAX (world->y1 - world->y0, 1);
  double room_width = MAX (width - 2 * padding, 1);
  double room_height = MAX (height - 2 * padding, 1);

  self->width = width;
  self->height = height;
  self->scale = MIN (MAX_SCALE, MIN (room_width / world_width, room_height / world_height));
  self->x = width / 2 - (world->x0 + world->x1) / 2 * self->scale;
  self->y = height / 2 - (world->y0 + world->y1) / 2 * self->scale;
}

LabPoint
lab_minimap_layout_to_map (const LabMinimapLayout *self, double world_x, double world_y)
{
  return (LabPoint){ self->x + world_x * self->scale, self->y + world_y * self->scale };
}

LabPoint
lab_minimap_layout_to_world (const LabMinimapLayout *self, double x, double y)
{
  return (LabPoint){ (x - self->x) / self->scale, (y - self->y) / self->scale };
}

static void
clip (double *from, double *to, double size, double least)
{
  *from = CLAMP (*from, 0, MAX (0, size - least));
  *to = CLAMP (*to, MIN (size, *from + least), size);
}

LabBox
lab_minimap_layout_view (const LabMinimapLayout *self, const LabBox *view, double least)
{
  LabPoint start = lab_minimap_layout_to_map (self, view->x0, view->y0);
  LabPoint end = lab_minimap_layout_to_map (self, view->x1, view->y1);

  clip (&start.x, &end.x, self->width, least);
  clip (&start.y, &end.y, self->height, least);

  return (LabBox){ start.x, start.y, end.x, end.y };
}
