/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-pen.h"
#include "lab-scene.h"

G_BEGIN_DECLS

/* The mark of a link whose frames are captured just now: a ring with a disc in it, in the middle of
 * the link, as on a recorder. */
void lab_capture_mark_paint (LabPen *pen, LabSceneLink *link);

G_END_DECLS
