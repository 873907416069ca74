/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-types.h"

G_BEGIN_DECLS

#define LAB_TYPE_DRAWING (lab_drawing_get_type ())
G_DECLARE_FINAL_TYPE (LabDrawing, lab_drawing, LAB, DRAWING, GObject)

typedef enum
{
  LAB_DRAWING_TEXT,
  LAB_DRAWING_RECTANGLE,
  LAB_DRAWING_ELLIPSE,
  LAB_DRAWING_LINE,
  LAB_DRAWING_PICTURE,
} LabDrawingKind;

/* Reading; places and sizes are world units. Strings belong to the drawing and live until its next
 * change. Others change it by a LabEdit. */

LabDrawingKind lab_drawing_get_kind         (LabDrawing *self); /* given once */
guint          lab_drawing_get_id           (LabDrawing *self); /* unique among drawings, given once */
double         lab_drawing_get_x            (LabDrawing *self); /* of its top left corner before it is turned; line: of its first end */
double         lab_drawing_get_y            (LabDrawing *self); /* likewise, downwards */
double         lab_drawing_get_width        (LabDrawing *self); /* line: x extent, may be negative */
double         lab_drawing_get_height       (LabDrawing *self); /* line: y extent, may be negative */
double         lab_drawing_get_rotation     (LabDrawing *self); /* degrees, clockwise */
int            lab_drawing_get_layer        (LabDrawing *self); /* < 0: behind links */
const char    *lab_drawing_get_text         (LabDrawing *self); /* (nullable) */
const char    *lab_drawing_get_fill         (LabDrawing *self); /* (nullable) #rrggbb or #rrggbbaa */
const char    *lab_drawing_get_stroke       (LabDrawing *self); /* (nullable) */
double         lab_drawing_get_stroke_width (LabDrawing *self); /* 0: no line around it */
const char    *lab_drawing_get_dash         (LabDrawing *self); /* "solid", "dash", "dot" */
const char    *lab_drawing_get_font         (LabDrawing *self); /* (nullable) Pango description */
const char    *lab_drawing_get_picture_type (LabDrawing *self); /* (nullable) MIME type */
GBytes        *lab_drawing_get_picture      (LabDrawing *self); /* (nullable) (transfer none) */

/* The drawing as it stands in a lab file, unknown keys included. (transfer full) */
JsonNode      *lab_drawing_to_json          (LabDrawing *self);
/* From what that gave; the id may be absent. Errors: LAB_ERROR. (transfer full) (nullable) */
LabDrawing    *lab_drawing_new_from_json    (JsonNode *json, GError **error);

G_END_DECLS
