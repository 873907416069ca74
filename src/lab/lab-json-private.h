/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-error-private.h"

G_BEGIN_DECLS

/* New values. (transfer full) */
JsonNode   *lab_json_new_int     (gint64 value);
JsonNode   *lab_json_new_number  (double value); /* an integer where it is whole: one value has one form */
JsonNode   *lab_json_new_string  (const char *value);
JsonNode   *lab_json_new_object  (JsonObject *object);  /* (transfer none): takes a reference */
JsonNode   *lab_json_new_lines   (const char *text);    /* an array, one line an element */

/* A deep copy of something a caller gave us. Refused is what a file could not hold: too deep
 * (@levels are left), text that is not UTF-8, numbers that are not finite. (nullable) */
JsonNode   *lab_json_import      (JsonNode *json, guint levels, LabFault *fault);
/* A deep copy of something of ours. */
JsonNode   *lab_json_copy        (JsonObject *object);

/* LabJsonValue:
 * @key: a known member
 * @source: (nullable): what it has now
 * @fields: the owner's parsed fields
 *
 * Answers what the member is in its canonical form, %NULL to leave it out (it holds its default). */
typedef JsonNode *(*LabJsonValue) (const char    *key,
                                   JsonNode      *source,
                                   gconstpointer  fields);

/* The canonical form of an object: known members first, in the order of @keys, then the unknown ones
 * in the order they have. Members are shared, not copied, so their positions stay known. */
JsonObject *lab_json_rebuild     (JsonObject         *source,
                                  const char *const  *keys,
                                  LabJsonValue        value,
                                  gconstpointer       fields);
/* Another object that shares all members, with @key set to @value, or removed if NULL. */
JsonObject *lab_json_with_member (JsonObject *source, const char *key, JsonNode *value);

/* The same value? Numbers are compared exactly, order of members counts. */
gboolean    lab_json_equal       (JsonNode *a, JsonNode *b);

/* The writer; see lab-json-write.c for its rules.
 * @text_key: (nullable): the direct member of @object that is always written one line an element
 * @wide: small objects inside may stand on one line with what holds them (links) */
void        lab_json_write_object (GString *out, JsonObject *object, guint indent, gsize column,
                                   const char *text_key, gboolean wide);
void        lab_json_write_member (GString *out, const char *key, JsonNode *value, guint indent,
                                   gboolean lines);
void        lab_json_write_key    (GString *out, const char *key, guint indent);
void        lab_json_write_indent (GString *out, guint indent);

G_END_DECLS
