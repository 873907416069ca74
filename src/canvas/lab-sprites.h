/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-palette.h"
#include "lab-runtime.h"

G_BEGIN_DECLS

/* A device as one picture: symbol, state mark, padlock. Devices that look alike share its render node, so
 * a thousand of them are a dozen pictures, moved to where they are. */

typedef struct _LabSprites LabSprites;

/**
 * LabSpriteLook:
 * @symbol: a name of lab-symbols.h that lives for ever; %NULL: the state mark alone, filling the picture
 * @state: what the mark shows
 * @marked: whether there is a state mark at all
 * @locked: a padlock
 * @restart: a sign that a restart is needed
 * @pixels: each side, device pixels
 * @mark: the marks' size, device pixels
 * @scale: device pixels a logical pixel
 * @software: for the cairo renderer
 */
typedef struct
{
  const char *symbol;
  LabRunState state;
  gboolean marked;
  gboolean locked;
  gboolean restart;
  int pixels;
  int mark;
  int scale;
  gboolean software;
} LabSpriteLook;

/* Empty; sprites are made when they are asked for. (transfer full) */
LabSprites *lab_sprites_new   (void);
void        lab_sprites_free  (LabSprites *self);
/* Colours or symbols changed: forgets everything. */
void        lab_sprites_clear (LabSprites *self);
/* With its left top at 0, 0, in logical pixels. (transfer none) */
GskRenderNode *lab_sprites_get (LabSprites *self, const LabSpriteLook *look, const LabPalette *palette);

/* The mark of a state, alone, in a square: for lists and legends too. */
void        lab_state_mark_draw (LabRunState state, const LabPalette *palette, cairo_t *cr, double x, double y, double size);

G_END_DECLS
