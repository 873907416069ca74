/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-error-private.h"

G_BEGIN_DECLS

/* The member "timeline" of @head: is it right, and its canonical form (NULL: leave it out). */
gboolean    lab_timeline_check  (JsonObject *head, LabFault *fault);
JsonNode   *lab_timeline_value  (JsonNode *source);
/* The head with a node's name changed in the timeline; NULL: it is not named there. (transfer full)
 * (nullable) */
JsonObject *lab_timeline_rename (JsonObject *head, const char *old_name, const char *new_name);

G_END_DECLS
