/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the two parts of the reader share: lab-scan.c, which knows objects and lists, and
 * lab-scan-words.c. */

#include "lab-scan-private.h"

G_BEGIN_DECLS

typedef struct
{
  LabScan *scan;
  const char *label; /* the file's name, for messages */
  const char *p;     /* where the reader is */
  const char *end;
  guint depth;
  guint n_values;
  GError **error;
} LabScanner;

/* Set the error, with a place, and answer NULL. @expected: translated: "a value". */
JsonNode *lab_scanner_fail          (LabScanner *s, const char *at, LabError code,
                                     const char *format, ...) G_GNUC_PRINTF (4, 5);
JsonNode *lab_scanner_fail_expected (LabScanner *s, const char *expected);

/* Each stands at the first character, and steps over what it takes. (transfer full) (nullable): NULL
 * with the error set. */
char     *lab_scanner_take_text     (LabScanner *s);
JsonNode *lab_scanner_take_number   (LabScanner *s);
JsonNode *lab_scanner_take_word     (LabScanner *s);

G_END_DECLS
