/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of any shape out of straight quads. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include "lab-pen.h"

/* In pixels. */
#define LEAST_PIECE 1.5
#define LEAST_DASH  2.0
#define MAX_DASHES  160

GPtrArray *
lab_pen_nodes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);
}

GskRenderNode *
lab_pen_nodes_free (GPtrArray *nodes)
{
  GskRenderNode *node = NULL;

  if (nodes->len == 1)
    node = gsk_render_node_ref (g_ptr_array_index (nodes, 0));
  else if (nodes->len > 1)
    node = gsk_container_node_new ((GskRenderNode **) nodes->pdata, nodes->len);
  g_ptr_array_unref (nodes);

  return node;
}

static void
take (GPtrArray *nodes, GskRenderNode *node)
{
  if (node != NULL)
    g_ptr_array_add (nodes, node);
}

/* A quad from one world point to another. Corners are closed by letting each piece run on by half
 * its width, unless it can be seen through. */
static void
draw_piece (LabPen *self, LabPoint from, LabPoint to, gboolean closed_from, gboolean closed_to)
{
  double x0 = lab_paint_x (self->context, from.x);
  double y0 = lab_paint_y (self->context, from.y);
  double x1 = lab_paint_x (self->context, to.x);
  double y1 = lab_paint_y (self->context, to.y);
  double length = hypot (x1 - x0, y1 - y0);
  double more = self->colour.alpha >= 1 && length > 0 ? self->width / 2 / length : 0;
  double dx = (x1 - x0) * more;
  double dy = (y1 - y0) * more;

  if (closed_from)
    {
      x0 -= dx;
      y0 -= dy;
    }
  if (closed_to)
    {
      x1 += dx;
      y1 += dy;
    }
  take (self->nodes, lab_paint_segment (self->context, x0, y0, x1, y1, self->width, &self->colour));
}

void
lab_pen_draw_piece (LabPen *self, LabPoint from, LabPoint to)
{
  draw_piece (self, from, to, FALSE, FALSE);
}

static double
gap_between (LabPoint a, LabPoint b)
{
  return hypot (b.x - a.x, b.y - a.y);
}

/* The line from @from to @to, world units along it. Points nearer than a pixel or so are passed
 * over, so that a flattened arc seen from afar has no holes. */
void
lab_pen_stroke (LabPen *self, double from, double to)
{
  const LabLinkGeometry *geometry = self->geometry;
  double least = LEAST_PIECE / self->context->zoom;
  LabPoint last = lab_link_geometry_get_point (geometry, from, NULL);
  LabPoint end = lab_link_geometry_get_point (geometry, to, NULL);
  gboolean inside = FALSE;
  double along = 0;

  for (guint i = 1; i < geometry->n_points && along < to; i++)
    {
      along += gap_between (geometry->points[i - 1], geometry->points[i]);
      if (along <= from || along >= to || gap_between (last, geometry->points[i]) < least ||
          gap_between (geometry->points[i], end) < least)
        continue;
      draw_piece (self, last, geometry->points[i], inside, TRUE);
      last = geometry->points[i];
      inside = TRUE;
    }
  draw_piece (self, last, end, inside, FALSE);
}

/* Strokes of @on with gaps of @off, in pixels. */
void
lab_pen_stroke_dashed (LabPen *self, double from, double to, double on, double off)
{
  double period = (on + off) / self->context->zoom;
  double share = on / (on + off);

  period = MAX (period, (to - from) / MAX_DASHES);
  if (period * self->context->zoom < 2 * LEAST_DASH)
    {
      lab_pen_stroke (self, from, to);
      return;
    }
  for (double at = from; at < to; at += period)
    lab_pen_stroke (self, at, MIN (at + period * share, to));
}
