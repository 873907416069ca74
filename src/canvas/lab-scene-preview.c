/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawings as they would be: while a handle is dragged the scene shows what the document does not
 * hold yet. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-scene-private.h"

void
lab_scene_preview_drawing (
    LabScene *self, LabSceneDrawing *drawing, double x, double y, double width, double height)
{
  g_return_if_fail (LAB_IS_SCENE (self) && drawing != NULL);

  drawing->preview = TRUE;
  drawing->x = x;
  drawing->y = y;
  drawing->width = width;
  drawing->height = height;
  lab_scene_make_stale (self, &drawing->item);
  lab_scene_emit_changed (self, LAB_SCENE_CONTENT | LAB_SCENE_PLACES);
}

void
lab_scene_preview_shape (LabScene *self,
                         LabSceneDrawing *drawing,
                         double x,
                         double y,
                         double width,
                         double height,
                         double rotation)
{
  lab_scene_preview_drawing (self, drawing, x, y, width, height);
  drawing->rotation = rotation;
}

void
lab_scene_end_preview (LabScene *self)
{
  g_return_if_fail (LAB_IS_SCENE (self));

  for (guint i = 0; i < self->drawings->len; i++)
    {
      LabSceneDrawing *drawing = g_ptr_array_index (self->drawings, i);

      if (!drawing->preview)
        continue;
      drawing->preview = FALSE;
      lab_scene_make_stale (self, &drawing->item);
    }
  lab_scene_emit_changed (self, LAB_SCENE_CONTENT | LAB_SCENE_PLACES);
}
