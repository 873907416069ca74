/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include "lab-portable.h"

G_BEGIN_DECLS

#define LAB_PORTABLE_DOCUMENT    "lab.lab"
#define LAB_PORTABLE_ABOUT       "labwright.json"
#define LAB_PORTABLE_STATE       "state"
#define LAB_PORTABLE_CAPTURES    "captures"
#define LAB_PORTABLE_MAX_ID      1023 /* contract, section 3 */
#define LAB_PORTABLE_MAX_CAPTURE (G_GUINT64_CONSTANT (1) * 1024 * 1024 * 1024)

typedef enum
{
  LAB_PORTABLE_ENTRY_NONE, /* has no place in a lab */
  LAB_PORTABLE_ENTRY_ABOUT,
  LAB_PORTABLE_ENTRY_DOCUMENT,
  LAB_PORTABLE_ENTRY_STATE,
  LAB_PORTABLE_ENTRY_CONFIG,  /* in a history */
  LAB_PORTABLE_ENTRY_SETTLED, /* up to when a device's saves are settled */
  LAB_PORTABLE_ENTRY_CHECKPOINT,
  LAB_PORTABLE_ENTRY_CAPTURE,
} LabPortableEntry;

/* What the entry of this name is. All but NONE are safe as relative paths. */
LabPortableEntry lab_portable_classify (const char *name);

/* Sees one entry that has a place, in the archive's order. The data is read by lab_portable_read_entry(). FALSE
 * with an error ends the walk. */
typedef gboolean (*LabPortableVisit) (struct archive *archive, const char *name, gint64 time, gpointer user_data, GError **error);

/* Walks through @archive, which is open. Entries that have no place go to @left_out. */
gboolean         lab_portable_walk       (struct archive *archive, GPtrArray *left_out, LabPortableVisit visit,
                                          gpointer user_data, GError **error);
/* The bytes of the entry that is visited; @budget: what may still be unpacked, and is then less. (transfer full) */
GBytes          *lab_portable_read_entry (struct archive *archive, const char *name, guint64 *budget, GError **error);
/* A reader of zip and nothing else. Free with archive_read_free(). */
struct archive  *lab_portable_new_reader (void);
struct archive  *lab_portable_open_reader (const char *path, GError **error);
void             lab_portable_set_error  (struct archive *archive, const char *what, GError **error);

G_END_DECLS
