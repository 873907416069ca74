/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-scene.h"

G_BEGIN_DECLS

/* Lining devices and drawings up: where each has to go, as numbers. */

typedef enum
{
  LAB_ARRANGE_LEFT,
  LAB_ARRANGE_CENTRE, /* one above the other */
  LAB_ARRANGE_RIGHT,
  LAB_ARRANGE_TOP,
  LAB_ARRANGE_MIDDLE, /* side by side */
  LAB_ARRANGE_BOTTOM,
  LAB_ARRANGE_SPREAD_ACROSS, /* equal distances, the outer ones stay */
  LAB_ARRANGE_SPREAD_DOWN,
} LabArrange;

/* How many items it takes. */
guint    lab_arrange_get_least (LabArrange how);
/* How far each of @boxes moves. @steps: (out caller-allocates): @n of them */
void     lab_arrange           (LabArrange how, const LabBox *boxes, guint n, LabPoint *steps);

G_END_DECLS
