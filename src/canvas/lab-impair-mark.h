/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-pen.h"
#include "lab-scene.h"

G_BEGIN_DECLS

/* The mark of an impaired link: for each direction that something is done to, a disc with an arrowhead
 * along the way of the frames, nearer to where they come from. */

#define LAB_IMPAIR_MARK_RADIUS 7.0 /* at zoom 1 */

/**
 * LabImpairMark:
 * @centre: of the disc, world units
 * @arrow: the three points of the arrowhead, in units of the radius from the centre
 */
typedef struct
{
  LabPoint centre;
  LabPoint arrow[3];
} LabImpairMark;

/* How many there are. */
guint lab_impair_marks_place (LabSceneLink *link, LabImpairMark marks[2]);
/* Draws them with the pen of the line. */
void  lab_impair_marks_paint (LabPen *pen, LabSceneLink *link);

G_END_DECLS
