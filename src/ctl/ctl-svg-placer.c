/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Placing labels that have a choice.
 *
 * A label belongs near the end of a line. Candidates stand further and further from that end, on
 * either side of the line and on it; each is charged for what it covers (symbols and labels dearly,
 * lines less) and a little for distance, and the cheapest is taken. One pass, no going back: that
 * is enough where there is room, and where there is none nothing would be. What lies near is found
 * by a coarse grid, so a thousand nodes take no longer each than ten. */

#include "config.h"

#include <math.h>

#include "ctl-svg-private.h"

#define CELL    96.0
#define GAP     3.0
#define STEP    9.0
#define N_STEPS 6

typedef struct
{
  double x0, y0, x1, y1;
} Segment;

typedef struct
{
  GArray *boxes;    /* SvgBox */
  GArray *segments; /* Segment */
} Cell;

struct _SvgPlacer
{
  GHashTable *cells; /* packed cell numbers → Cell */
};

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_array_unref (cell->boxes);
  g_array_unref (cell->segments);
  g_free (cell);
}

SvgPlacer *
svg_placer_new (void)
{
  SvgPlacer *self = g_new0 (SvgPlacer, 1);

  self->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, cell_free);
  return self;
}

void
svg_placer_free (SvgPlacer *self)
{
  g_hash_table_unref (self->cells);
  g_free (self);
}

static int
cell_number (double coordinate)
{
  return (int) floor (CLAMP (coordinate, -1e8, 1e8) / CELL);
}

static Cell *
get_cell (SvgPlacer *self, int column, int row, gboolean make)
{
  gint64 key = (gint64) column * ((gint64) 1 << 32) + row;
  Cell *cell = g_hash_table_lookup (self->cells, &key);
  gint64 *owned;

  if (cell != NULL || !make)
    return cell;
  cell = g_new0 (Cell, 1);
  cell->boxes = g_array_new (FALSE, FALSE, sizeof (SvgBox));
  cell->segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  owned = g_new (gint64, 1);
  *owned = key;
  g_hash_table_insert (self->cells, owned, cell);
  return cell;
}

void
svg_placer_add_box (SvgPlacer *self, SvgBox box)
{
  for (int column = cell_number (box.x0); column <= cell_number (box.x1); column++)
    for (int row = cell_number (box.y0); row <= cell_number (box.y1); row++)
      g_array_append_val (get_cell (self, column, row, TRUE)->boxes, box);
}

/* In pieces of half a cell, each known to the cell of its middle and its ends. */
void
svg_placer_add_line (SvgPlacer *self, double x0, double y0, double x1, double y1)
{
  int n = CLAMP ((int) ceil (hypot (x1 - x0, y1 - y0) / (CELL / 2)), 1, 10000);

  for (int i = 0; i < n; i++)
    {
      Segment piece = { x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n,
                        x0 + (x1 - x0) * (i + 1) / n, y0 + (y1 - y0) * (i + 1) / n };
      Cell *at_start = get_cell (self, cell_number (piece.x0), cell_number (piece.y0), TRUE);
      Cell *at_end = get_cell (self, cell_number (piece.x1), cell_number (piece.y1), TRUE);

      g_array_append_val (at_start->segments, piece);
      if (at_end != at_start)
        g_array_append_val (at_end->segments, piece);
    }
}

static double
overlap (SvgBox a, SvgBox b)
{
  double width = MIN (a.x1, b.x1) - MAX (a.x0, b.x0);
  double height = MIN (a.y1, b.y1) - MAX (a.y0, b.y0);

  return width > 0 && height > 0 ? width * height : 0;
}

/* Liang and Barsky's clipping: does any of the segment lie inside? */
static gboolean
crosses (SvgBox box, const Segment *s)
{
  double dx = s->x1 - s->x0;
  double dy = s->y1 - s->y0;
  double p[4] = { -dx, dx, -dy, dy };
  double q[4] = { s->x0 - box.x0, box.x1 - s->x0, s->y0 - box.y0, box.y1 - s->y0 };
  double enter = 0;
  double leave = 1;

  for (int i = 0; i < 4; i++)
    {
      if (p[i] == 0 && q[i] < 0)
        return FALSE;
      if (p[i] < 0)
        enter = MAX (enter, q[i] / p[i]);
      else if (p[i] > 0)
        leave = MIN (leave, q[i] / p[i]);
    }
  return enter < leave;
}

static double
cost (SvgPlacer *self, SvgBox box)
{
  double total = 0;

  for (int column = cell_number (box.x0); column <= cell_number (box.x1); column++)
    for (int row = cell_number (box.y0); row <= cell_number (box.y1); row++)
      {
        Cell *cell = get_cell (self, column, row, FALSE);

        if (cell == NULL)
          continue;
        for (guint i = 0; i < cell->boxes->len; i++)
          {
            double area = overlap (box, g_array_index (cell->boxes, SvgBox, i));

            total += area > 0 ? area + 30 : 0;
          }
        for (guint i = 0; i < cell->segments->len; i++)
          if (crosses (box, &g_array_index (cell->segments, Segment, i)))
            total += 25;
      }
  return total;
}

SvgBox
svg_placer_place (SvgPlacer *self,
                  double x,
                  double y,
                  double dx,
                  double dy,
                  double from,
                  double to,
                  double width,
                  double height)
{
  /* Half the label's extent along the line and across it. */
  double along = (fabs (dx) * width + fabs (dy) * height) / 2 + GAP;
  double across = (fabs (dy) * width + fabs (dx) * height) / 2 + GAP;
  static const double sides[] = { 1, -1, 0 };
  SvgBox best = svg_box_around (x + dx * (from + along), y + dy * (from + along), width, height);
  double best_cost = G_MAXDOUBLE;
  /* Across the line, upwards rather than down: the labels of a link's two ends are on one side. */
  double up = dx > 1e-6 || (dx > -1e-6 && dy < 0) ? 1 : -1;

  for (int step = 0; step < N_STEPS; step++)
    for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
      {
        double distance = from + along + step * STEP;
        double shift = sides[side] * up * across;
        SvgBox box = svg_box_around (x + dx * distance + dy * shift, y + dy * distance - dx * shift,
                                     width, height);
        double total;

        if (step > 0 && distance + along > to)
          continue;
        total = cost (self, box) + step * 8 + side;
        if (total < best_cost)
          {
            best_cost = total;
            best = box;
          }
      }
  svg_placer_add_box (self, best);
  return best;
}
