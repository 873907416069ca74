/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-edit.h"

G_BEGIN_DECLS

/* Drawings and edits of them as the canvas and its menus make them. Each edit is one step to undo and
 * (transfer full) (nullable): %NULL if there is nothing to do. */

/* A shape, line or note of the looks that new ones have, in no lab yet. @text: (nullable). (transfer full) */
LabDrawing *lab_drawing_new_plain   (LabDrawingKind kind, double x, double y, double width, double height, const char *text);
/* lab-drawing-picture.c: a picture with its middle at @x, @y, as large as it is but not too large. It is decoded
 * for that: not in the window's thread. @type: a MIME type. Errors: LAB_ERROR, a sentence. (transfer full) (nullable) */
LabDrawing *lab_drawing_new_picture (const char *type, GBytes *bytes, double x, double y, GError **error);

/* Place, size and rotation; what is as it was is left alone. */
LabEdit    *lab_drawing_edit_box    (LabDrawing *drawing, double x, double y, double width, double height, double rotation);
/* @text: an empty one deletes the note. */
LabEdit    *lab_drawing_edit_text   (LabDrawing *drawing, const char *text);
/* Sets a member that says how they look: "fill", "stroke", "stroke-width", "dash", "font", "arrows",
 * "radius"; @value: (nullable): as if never set. @drawings: (element-type LabDrawing); those to which
 * the member means nothing are passed over. */
LabEdit    *lab_drawings_edit_look  (GPtrArray *drawings, const char *key, JsonNode *value);

G_END_DECLS
