/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-drawing.h"
#include "lab-error-private.h"

G_BEGIN_DECLS

#define LAB_MAX_DRAWING_ID 1000000

/* @json is shared with the new drawing and must not change. (nullable) */
LabDrawing *lab_drawing_new_from_object (JsonObject *json, LabFault *fault);
/* Canonical and checked: what this drawing is to become. (nullable) */
JsonObject *lab_drawing_rebuild         (LabDrawing *self, JsonObject *json, LabFault *fault);
JsonObject *lab_drawing_peek_json       (LabDrawing *self);
void        lab_drawing_set_json        (LabDrawing *self, JsonObject *json);
void        lab_drawing_set_id          (LabDrawing *self, guint id);
gboolean    lab_drawing_get_placed      (LabDrawing *self);
void        lab_drawing_set_placed      (LabDrawing *self, gboolean placed);

G_END_DECLS
