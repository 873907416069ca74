/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-types.h"

G_BEGIN_DECLS

/* LabFault:
 * @at: the JSON value (a JsonNode, JsonObject or JsonArray) that is at fault
 * @error: the sentence, without file, line and column: those are known to the reader only
 *
 * What a validator answers. The same validators serve the reader, which turns @at into a line and
 * a column, and the edits, which have no file. */
typedef struct
{
  gconstpointer at;
  GError *error;
} LabFault;

/* Always FALSE, so that a validator can return it. */
gboolean lab_fault_set    (LabFault      *fault,
                           gconstpointer  at,
                           LabError       code,
                           const char    *format,
                           ...) G_GNUC_PRINTF (4, 5);
/* Puts the thing acted on in front: 'node “R1”: '. Always FALSE. */
gboolean lab_fault_prefix (LabFault      *fault,
                           const char    *format,
                           ...) G_GNUC_PRINTF (2, 3);
/* Hands the error to a caller without positions, as a whole sentence. Always FALSE. */
gboolean lab_fault_raise  (LabFault      *fault,
                           GError       **error);

/* A text as it may stand in a message: at most 48 characters, no control characters. */
char    *lab_text_shorten (const char    *text);
/* The message starts with a lower case word when a place stood before it. */
char    *lab_text_capitalise (const char *text);

/* Whether it can be a node's name: 1 to LAB_MAX_NAME_BYTES bytes of UTF-8 without control
 * characters, no blank at either end. @at: the value that @fault names. */
gboolean lab_name_check   (const char    *name,
                           gconstpointer  at,
                           LabFault      *fault);

G_END_DECLS
