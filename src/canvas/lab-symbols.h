/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "lab-symbol.h"

G_BEGIN_DECLS

/* Symbols of devices, by name: those of Labwright, and the user's own (SVG and PNG files in
 * $XDG_DATA_HOME/labwright/symbols/, named without their ending; read by lab-symbol-folder.h).
 * Each is drawn on a square of LAB_SYMBOL_GRID units, its middle at the middle of the node; one unit
 * is one world unit. A name that nobody knows is drawn as "unknown". All functions are thread safe. */

/* The whole square, @pixel_size or a little more each side; kept. (transfer full): unref it. */
GdkTexture  *lab_symbols_get_texture  (const char *name, int pixel_size);
/* The same as vectors, into a rectangle. */
void         lab_symbols_render_cairo (const char *name, cairo_t *cr, double x, double y, double width, double height);
/* How far the drawing reaches from its middle, in world units. */
void         lab_symbols_get_size     (const char *name, double *half_width, double *half_height);

/* The symbol that @node names if there is one like it; else that of its kind and image. Never NULL;
 * lives for ever. Cheap enough for each node of each frame. */
const char  *lab_symbols_for_node     (LabNode *node);
/* Likewise for a device that does not exist yet. @symbol, @image_name: (nullable) */
const char  *lab_symbols_resolve      (const char *symbol, LabNodeKind kind, const char *image_name);
gboolean     lab_symbols_has          (const char *name);

/* Names for a chooser: Labwright's in a useful order, then the user's by name. (transfer full) */
GStrv        lab_symbols_list         (void);
/* For people, translated; the name itself for the user's own. */
const char  *lab_symbols_get_title    (const char *name);

/* For lab-symbol-folder.c: replaces the user's own symbols. @arts: (element-type utf8 LabSymbolArt)
 * (transfer full): with free functions for both. */
void         lab_symbols_take_own     (GHashTable *arts);

G_END_DECLS
