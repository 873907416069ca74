/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "lab-scene.h"

G_BEGIN_DECLS

/* The picture of a drawing, decoded in a thread when it is first asked for.
 *
 * @scale: how many pixels a world unit has; vectors are drawn again when they would look coarse
 * @problem: (out): (transfer none) (nullable): a sentence, if it cannot be shown
 * @scene: is told to paint the drawing again when there is more to show
 *
 * Returns: (transfer none) (nullable): %NULL while it is being decoded, or if it cannot be */
GdkTexture *lab_drawing_texture_get (LabDrawing *drawing, double scale, LabScene *scene, const char **problem);

/* Decodes bytes of @type (a MIME type) into at most @width by @height pixels (vectors: exactly), in any
 * thread. Errors: LAB_ERROR, a sentence. (transfer full) (nullable) */
GdkTexture *lab_drawing_texture_decode (GBytes *bytes, const char *type, int width, int height, GError **error);

G_END_DECLS
