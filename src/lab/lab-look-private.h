/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-error-private.h"

G_BEGIN_DECLS

#define LAB_LOOK_MIN_WIDTH      0.5
#define LAB_LOOK_MAX_WIDTH      20
#define LAB_LOOK_DEFAULT_WIDTH  1.5
#define LAB_LOOK_MIN_GRID       5
#define LAB_LOOK_MAX_GRID       200
#define LAB_LOOK_DEFAULT_GRID   20
#define LAB_LOOK_MAX_LAYER      1000
#define LAB_LOOK_MAX_RADIUS     1000
#define LAB_LOOK_DEFAULT_RADIUS 6

/* What has members of appearance. */
typedef enum
{
  LAB_LOOK_NODE,
  LAB_LOOK_LINK,
  LAB_LOOK_END,
  LAB_LOOK_DRAWING,
  LAB_LOOK_VIEW,
} LabLookPart;

/* Are the members of appearance of @json right? Others are not looked at. */
gboolean  lab_look_check (LabLookPart part, JsonObject *json, LabFault *fault);
/* The canonical form of the member @key, which lab_look_check() found right; %NULL: it is not there,
 * or holds its default. (transfer full) (nullable) */
JsonNode *lab_look_value (LabLookPart part, const char *key, JsonNode *source);

G_END_DECLS
