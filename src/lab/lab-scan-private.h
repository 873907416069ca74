/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-error-private.h"

G_BEGIN_DECLS

/* A scanned text: the tree, and where each value of the upper levels begins. */
typedef struct
{
  JsonNode *root;
  const char *text; /* the caller's; must outlive the scan */
  gsize length;
  GHashTable *positions; /* JsonNode, JsonObject or JsonArray → offset in bytes */
} LabScan;

/* @label: how errors name the text. (transfer full) (nullable) */
LabScan *lab_scan_new    (const char *text, gsize length, const char *label, GError **error);
void     lab_scan_free   (LabScan *self);
/* Raises @fault as an error that names the text, the line and the column. Always FALSE. */
gboolean lab_scan_raise  (LabScan *self, const char *label, LabFault *fault, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabScan, lab_scan_free)

G_END_DECLS
