/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-paint.h"

G_BEGIN_DECLS

/**
 * LabLinkGhost:
 * @from: where the cable begins
 * @from_port: (nullable): shown at its beginning
 * @target: (nullable): the device it would end at; %NULL: at @pointer
 * @to_port: (nullable): shown at its end
 * @pointer: world
 * @hint: (nullable): why it cannot end there; shown at the pointer
 *
 * A cable that is being dragged.
 */
typedef struct
{
  const LabSceneNode *from;
  const char *from_port;
  const LabSceneNode *target;
  const char *to_port;
  LabPoint pointer;
  const char *hint;
} LabLinkGhost;

/* (transfer full) (nullable) */
GskRenderNode *lab_paint_link_ghost (const LabPaintContext *context, const LabLinkGhost *ghost);
/* A sentence on a plate, its left top at a world point. (transfer full) (nullable) */
GskRenderNode *lab_paint_hint       (const LabPaintContext *context, const char *text, LabPoint at, LabColour colour);

G_END_DECLS
