/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-error-private.h"

G_BEGIN_DECLS

/* Typed reading of an object's members. An absent member is fine and leaves *@value as it is (set
 * the default there first); a wrong one sets the fault and answers FALSE. */

/* FALSE and a fault if there is no member @key, of whatever type. */
gboolean lab_member_require (JsonObject *object, const char *key, LabFault *fault);
gboolean lab_member_string  (JsonObject *object, const char *key, const char **value, LabFault *fault); /* *@value: (transfer none), as all of these unless they say otherwise */
gboolean lab_member_boolean (JsonObject *object, const char *key, gboolean *value, LabFault *fault);
gboolean lab_member_uint    (JsonObject *object, const char *key, guint min, guint max, guint *value,
                             LabFault *fault); /* a whole number of @min..@max */
gboolean lab_member_double  (JsonObject *object, const char *key, double min, double max,
                             double *value, LabFault *fault); /* of @min..@max; -0 is read as 0 */
gboolean lab_member_array   (JsonObject *object, const char *key, JsonArray **value, LabFault *fault);
gboolean lab_member_object  (JsonObject *object, const char *key, JsonObject **value, LabFault *fault);
/* A text as an array of lines, or as one string. *@value: (transfer full) (nullable) whole text,
 * LF line ends, ends in LF; NULL if there is no line. */
gboolean lab_member_lines   (JsonObject *object, const char *key, char **value, LabFault *fault);
/* One of @names (NULL ends them). */
gboolean lab_member_choice  (JsonObject *object, const char *key, const char *const *names,
                             guint *value, LabFault *fault);
/* A string without control characters of at most @max bytes, not empty. */
gboolean lab_member_line    (JsonObject *object, const char *key, gsize max, const char **value,
                             LabFault *fault);

G_END_DECLS
