/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-error-private.h"
#include "lab-link.h"

G_BEGIN_DECLS

/* The member "impair" of @link: is it right, and its canonical form (NULL: leave it out). */
gboolean  lab_impair_check (JsonObject *link, LabFault *fault);
JsonNode *lab_impair_value (JsonNode *source);

/* A number or a choice of a direction. */
typedef enum
{
  LAB_IMPAIR_TIME,   /* milliseconds */
  LAB_IMPAIR_SHARE,  /* per cent */
  LAB_IMPAIR_RATE,   /* kbit/s */
  LAB_IMPAIR_COUNT,  /* whole */
  LAB_IMPAIR_BYTES,  /* whole */
  LAB_IMPAIR_CHOICE,
  LAB_IMPAIR_FILTER,
  LAB_IMPAIR_BURST,
} LabImpairKind;

typedef struct
{
  const char *key;
  LabImpairKind kind;
  guint min;
  guint max;
  const char *const *names; /* of a choice; the first is the default */
} LabImpairMember;

/* (nullable): nothing is done to what leaves @end. */
JsonObject *lab_impair_peek_direction (LabLink *link, guint end);
/* Whether a member says anything with the others that there are. */
gboolean    lab_impair_has_meaning    (JsonObject *direction, const char *key);

extern const LabImpairMember lab_impair_members[]; /* a NULL key ends them */

G_END_DECLS
