/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* One drawing of a device, read once from SVG or PNG. Not locked: one thread at a time. */

#define LAB_SYMBOL_MAX_BYTES (1024 * 1024)
#define LAB_SYMBOL_MAX_PIXELS 2048 /* each side of a PNG */

typedef struct _LabSymbolArt LabSymbolArt;

/* Takes SVG or PNG, told apart by the first bytes. Errors: LAB_ERROR, a sentence that does not name
 * the file. (transfer full) (nullable) */
LabSymbolArt *lab_symbol_art_new      (GBytes *bytes, GError **error);
void          lab_symbol_art_free     (LabSymbolArt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabSymbolArt, lab_symbol_art_free)

/* Width by height; 1 if it has no size of its own. */
double        lab_symbol_art_get_aspect (LabSymbolArt *self);
/* Draws into the rectangle, as large as fits, in the middle. Vectors stay vectors. FALSE: nothing could be drawn. */
gboolean      lab_symbol_art_draw     (LabSymbolArt *self, cairo_t *cr, double x, double y, double width, double height);

G_END_DECLS
