/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-drawing-private.h"

G_BEGIN_DECLS

/* A drawing's JSON, parsed. */
typedef struct
{
  LabDrawingKind kind;
  guint id;
  double x;
  double y;
  double width;
  double height;
  double rotation;
  int layer;
  char *text;
  char *fill;
  char *stroke;
  double stroke_width;
  char *dash;
  char *font;
  char *picture_type;
  GBytes *picture;
} LabDrawingFields;

/* @known: (nullable): fields whose picture was decoded from @known_json; if @json shares that, it is
 * not decoded again. (nullable) */
LabDrawingFields *lab_drawing_fields_parse   (JsonObject *json, const LabDrawingFields *known,
                                              JsonObject *known_json, LabFault *fault);
void              lab_drawing_fields_free    (LabDrawingFields *fields);
JsonObject       *lab_drawing_fields_rebuild (const LabDrawingFields *fields, JsonObject *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabDrawingFields, lab_drawing_fields_free)

G_END_DECLS
