/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading JSON that may be anybody's: a member that is missing or of another kind is as if it was
 * not there. */

/* An object from bytes, with lab/'s limits on size and depth. @label: how errors name it.
 * (transfer full) (nullable) */
JsonObject *lab_library_json_parse  (const char *text, gsize length, const char *label, GError **error);
/* From a file. A missing one is %G_IO_ERROR_NOT_FOUND. (transfer full) (nullable) */
JsonObject *lab_library_json_load   (const char *path, GError **error);
/* Whole, flushed and renamed, mode 0600; makes the folder. */
gboolean    lab_library_json_save   (const char *path, JsonObject *object, GError **error);

const char *lab_library_json_string (JsonObject *object, const char *key); /* (nullable) */
guint       lab_library_json_uint   (JsonObject *object, const char *key, guint otherwise); /* 0..G_MAXINT, others count as missing */
gint64      lab_library_json_int    (JsonObject *object, const char *key, gint64 otherwise); /* whole numbers only */
gboolean    lab_library_json_bool   (JsonObject *object, const char *key, gboolean otherwise); /* 0 and 1 are none */
JsonArray  *lab_library_json_array  (JsonObject *object, const char *key); /* (nullable) */
JsonObject *lab_library_json_object (JsonObject *object, const char *key); /* (nullable) */
/* The same, made if it is not there. */
JsonObject *lab_library_json_need   (JsonObject *object, const char *key);
/* Element @i, if it is an object. (nullable) */
JsonObject *lab_library_json_at     (JsonArray *array, guint i);

G_END_DECLS
