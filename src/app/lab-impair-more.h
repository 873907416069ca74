/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-impair.h"

G_BEGIN_DECLS

#define LAB_TYPE_IMPAIR_MORE (lab_impair_more_get_type ())
G_DECLARE_FINAL_TYPE (LabImpairMore, lab_impair_more, LAB, IMPAIR_MORE, AdwExpanderRow)

/* The impairments that are seldom wanted, folded. */

/* A member of a direction was edited. @value: (transfer full) (nullable). @stroke: (nullable). */
typedef void (*LabImpairMoreFunc) (const char *key, JsonNode *value, guint64 *stroke, gpointer user_data);
/* A seed was typed. */
typedef void (*LabImpairSeedFunc) (const char *text, gpointer user_data);

/* (transfer floating). Both functions may be called as long as it lives. */
GtkWidget *lab_impair_more_new  (LabImpairMoreFunc edited, LabImpairSeedFunc seeded, gpointer user_data);
/* @direction: of @link, the one that is shown. */
void       lab_impair_more_show (LabImpairMore *self, LabLink *link, JsonObject *direction);

G_END_DECLS
