/* SPDX-License-Identifier: GPL-3.0-or-later */

/* States as small signs: each has a shape of its own, the colour comes on top. */

#define G_LOG_DOMAIN "canvas"

#include "config.h"

#include <math.h>

#include "lab-sprites.h"

static LabColour
state_colour (LabRunState state)
{
  switch (state)
    {
    case LAB_RUN_STARTING:
    case LAB_RUN_BOOTING:
    case LAB_RUN_STOPPING:
      return LAB_COLOUR_STARTING;
    case LAB_RUN_READY:
    case LAB_RUN_BUILTIN:
      return LAB_COLOUR_READY;
    case LAB_RUN_FROZEN:
      return LAB_COLOUR_FROZEN;
    case LAB_RUN_CRASHED:
      return LAB_COLOUR_CRASHED;
    case LAB_RUN_UNSUPPORTED:
      return LAB_COLOUR_UNSUPPORTED;
    case LAB_RUN_OFF:
    case LAB_RUN_STOPPED:
    default:
      return LAB_COLOUR_STOPPED;
    }
}

/* All paths lie in a square of 16 units. */
static void
trace_hourglass (cairo_t *cr)
{
  cairo_move_to (cr, 2.5, 2);
  cairo_line_to (cr, 13.5, 2);
  cairo_line_to (cr, 8.8, 8);
  cairo_line_to (cr, 13.5, 14);
  cairo_line_to (cr, 2.5, 14);
  cairo_line_to (cr, 7.2, 8);
  cairo_close_path (cr);
}

static void
trace_ring (cairo_t *cr)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, 8, 8, 6.5, 0, 2 * G_PI);
  cairo_new_sub_path (cr);
  cairo_arc_negative (cr, 8, 8, 3, 2 * G_PI, 0);
}

static void
trace_play (cairo_t *cr)
{
  cairo_move_to (cr, 3, 1.5);
  cairo_line_to (cr, 14.5, 8);
  cairo_line_to (cr, 3, 14.5);
  cairo_close_path (cr);
}

static void
trace_bars (cairo_t *cr)
{
  cairo_rectangle (cr, 2.5, 2, 4, 12);
  cairo_rectangle (cr, 9.5, 2, 4, 12);
}

static void
trace_cross (cairo_t *cr)
{
  static const double points[][2] = { { 4, 1.2 },  { 8, 5.2 },   { 12, 1.2 },  { 14.8, 4 },
                                      { 10.8, 8 }, { 14.8, 12 }, { 12, 14.8 }, { 8, 10.8 },
                                      { 4, 14.8 }, { 1.2, 12 },  { 5.2, 8 },   { 1.2, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    cairo_line_to (cr, points[i][0], points[i][1]);
  cairo_close_path (cr);
}

static void
trace_warning (cairo_t *cr)
{
  cairo_move_to (cr, 8, 0.5);
  cairo_line_to (cr, 15.8, 15);
  cairo_line_to (cr, 0.2, 15);
  cairo_close_path (cr);
  cairo_rectangle (cr, 9, 5.5, -2, 4.5);
  cairo_rectangle (cr, 9, 11.2, -2, 2);
}

static void
trace_hollow_square (cairo_t *cr)
{
  cairo_rectangle (cr, 2, 2, 12, 12);
  cairo_rectangle (cr, 11, 5, -6, 6);
}

static void
trace (LabRunState state, cairo_t *cr)
{
  switch (state)
    {
    case LAB_RUN_STARTING:
      trace_hourglass (cr);
      break;
    case LAB_RUN_BOOTING:
      trace_ring (cr);
      break;
    case LAB_RUN_READY:
    case LAB_RUN_BUILTIN:
      trace_play (cr);
      break;
    case LAB_RUN_FROZEN:
      trace_bars (cr);
      break;
    case LAB_RUN_STOPPING:
      trace_hollow_square (cr);
      break;
    case LAB_RUN_CRASHED:
      trace_cross (cr);
      break;
    case LAB_RUN_UNSUPPORTED:
      trace_warning (cr);
      break;
    case LAB_RUN_OFF:
    case LAB_RUN_STOPPED:
    default:
      cairo_rectangle (cr, 2.5, 2.5, 11, 11);
    }
}

void
lab_state_mark_draw (
    LabRunState state, const LabPalette *palette, cairo_t *cr, double x, double y, double size)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / 16, size / 16);
  /* A rim of the plane's colour sets it off from the symbol. */
  trace (state, cr);
  gdk_cairo_set_source_rgba (cr, lab_palette_get (palette, LAB_COLOUR_BACKGROUND));
  cairo_set_line_width (cr, 3);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  trace (state, cr);
  gdk_cairo_set_source_rgba (cr, lab_palette_get (palette, state_colour (state)));
  cairo_fill (cr);
  cairo_restore (cr);
}
