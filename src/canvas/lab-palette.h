/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The canvas' colours: named colours of ui/style.css, style-dark.css, style-hc.css, style-hc-dark.css
 * ("canvas_grid" is LAB_COLOUR_GRID, and so on). Without a style sheet each has a plain default. */

typedef enum
{
  LAB_COLOUR_BACKGROUND,   /* canvas_background */
  LAB_COLOUR_GRID,         /* canvas_grid */
  LAB_COLOUR_GRID_MAJOR,   /* canvas_grid_major */
  LAB_COLOUR_TEXT,         /* canvas_text: device names */
  LAB_COLOUR_DIM_TEXT,     /* canvas_dim_text: interface labels */
  LAB_COLOUR_HALO,         /* canvas_halo: behind text */
  LAB_COLOUR_ACCENT,       /* canvas_accent: selection, handles, what is being dragged */
  LAB_COLOUR_HOVER,        /* canvas_hover */
  LAB_COLOUR_FLASH,        /* canvas_flash: what a search found */
  LAB_COLOUR_LINK,         /* canvas_link: Ethernet */
  LAB_COLOUR_SERIAL,       /* canvas_serial */
  LAB_COLOUR_UNPLUGGED,    /* canvas_unplugged */
  LAB_COLOUR_LINE_UP,      /* canvas_line_up: a port dot */
  LAB_COLOUR_LINE_DOWN,    /* canvas_line_down */
  LAB_COLOUR_LINE_UNKNOWN, /* canvas_line_unknown */
  LAB_COLOUR_TRAFFIC,      /* canvas_traffic: a link on which frames flow */
  LAB_COLOUR_IMPAIRED,     /* canvas_impaired: the mark of a link that is slow or loses frames */
  LAB_COLOUR_STOPPED,      /* canvas_stopped: states of devices */
  LAB_COLOUR_STARTING,     /* canvas_starting */
  LAB_COLOUR_READY,        /* canvas_ready */
  LAB_COLOUR_FROZEN,       /* canvas_frozen */
  LAB_COLOUR_CRASHED,      /* canvas_crashed */
  LAB_COLOUR_UNSUPPORTED,  /* canvas_unsupported */
  LAB_COLOUR_DRAWING,      /* canvas_drawing: strokes and notes without a colour of their own */
  LAB_N_COLOURS
} LabColour;

typedef struct
{
  GdkRGBA colours[LAB_N_COLOURS];
} LabPalette;

/* Reads the colours as they are for @widget. TRUE if any differs from before. */
gboolean lab_palette_load (LabPalette *self, GtkWidget *widget);
/* The light defaults, without a widget: for pictures and tests. */
void     lab_palette_init (LabPalette *self);

/* (transfer none) */
static inline const GdkRGBA *
lab_palette_get (const LabPalette *self, LabColour colour)
{
  return &self->colours[colour];
}

G_END_DECLS
