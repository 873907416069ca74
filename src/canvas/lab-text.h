/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lab-scene.h"

G_BEGIN_DECLS

/* Text of the canvas: laid out once, kept as render nodes and sizes. Thousands of interface labels are
 * a few dozen different words. */

typedef struct _LabText LabText;

/* @context: of the widget, or of a picture; its font is the base of all styles. */
LabText       *lab_text_new      (PangoContext *context);
void           lab_text_free     (LabText *self);
/* Fonts changed: forgets everything. */
void           lab_text_clear    (LabText *self);

/* At zoom 1. @font: (nullable), for LAB_TEXT_DRAWING. The signature is LabMeasureText's; @user_data: a LabText. */
void           lab_text_measure  (LabTextStyle style, const char *font, const char *text, double *width, double *height, gpointer user_data);
/* For a picture by cairo. (transfer full) */
PangoLayout   *lab_text_make_layout (LabText *self, LabTextStyle style, const char *font, const char *text);
/* With its left top at 0, 0, at zoom 1. (transfer none) (nullable): nothing visible. */
GskRenderNode *lab_text_get_node (LabText *self, LabTextStyle style, const char *font, const char *text, const GdkRGBA *colour);
/* The same, centred at @x, @y, scaled by @scale. (transfer full) (nullable) */
GskRenderNode *lab_text_place    (LabText *self, LabTextStyle style, const char *text, const GdkRGBA *colour, double x, double y, double scale, int device_scale);

G_END_DECLS
