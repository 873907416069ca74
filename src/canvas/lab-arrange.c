/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Aligning and distributing. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <stdlib.h>

#include "lab-arrange.h"

typedef struct
{
  double centre;
  guint index;
} Place;

guint
lab_arrange_get_least (LabArrange how)
{
  return how >= LAB_ARRANGE_SPREAD_ACROSS ? 3 : 2;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  if (first->centre != second->centre)
    return first->centre < second->centre ? -1 : 1;

  return first->index < second->index ? -1 : 1;
}

static void
spread (const LabBox *boxes, guint n, gboolean across, LabPoint *steps)
{
  g_autofree Place *places = g_new (Place, n);
  double first;
  double gap;

  for (guint i = 0; i < n; i++)
    {
      places[i].index = i;
      places[i].centre = across ? (boxes[i].x0 + boxes[i].x1) / 2 : (boxes[i].y0 + boxes[i].y1) / 2;
    }
  qsort (places, n, sizeof *places, compare_places);
  first = places[0].centre;
  gap = (places[n - 1].centre - first) / (n - 1);
  for (guint i = 0; i < n; i++)
    {
      double by = first + gap * i - places[i].centre;
      LabPoint *step = &steps[places[i].index];

      *step = across ? (LabPoint){ by, 0 } : (LabPoint){ 0, by };
    }
}

static LabPoint
align (LabArrange how, const LabBox *box, const LabBox *all)
{
  switch (how)
    {
    case LAB_ARRANGE_LEFT:
      return (LabPoint){ all->x0 - box->x0, 0 };
    case LAB_ARRANGE_CENTRE:
      return (LabPoint){ (all->x0 + all->x1 - box->x0 - box->x1) / 2, 0 };
    case LAB_ARRANGE_RIGHT:
      return (LabPoint){ all->x1 - box->x1, 0 };
    case LAB_ARRANGE_TOP:
      return (LabPoint){ 0, all->y0 - box->y0 };
    case LAB_ARRANGE_MIDDLE:
      return (LabPoint){ 0, (all->y0 + all->y1 - box->y0 - box->y1) / 2 };
    case LAB_ARRANGE_BOTTOM:
      return (LabPoint){ 0, all->y1 - box->y1 };
    case LAB_ARRANGE_SPREAD_ACROSS:
    case LAB_ARRANGE_SPREAD_DOWN:
    default:
      return (LabPoint){ 0, 0 };
    }
}

void
lab_arrange (LabArrange how, const LabBox *boxes, guint n, LabPoint *steps)
{
  LabBox all = LAB_BOX_EMPTY;

  g_return_if_fail (n >= lab_arrange_get_least (how));

  if (how >= LAB_ARRANGE_SPREAD_ACROSS)
    {
      spread (boxes, n, how == LAB_ARRANGE_SPREAD_ACROSS, steps);
      return;
    }
  for (guint i = 0; i < n; i++)
    all = lab_box_union (all, boxes[i]);
  for (guint i = 0; i < n; i++)
    steps[i] = align (how, &boxes[i], &all);
}
