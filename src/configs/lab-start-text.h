/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Start configurations as texts. A device is given one with its name in place of each "%h" (contract
 * 12.1), so one text does for many devices, and goes on being right when a node gets another name. Where
 * a device shall be given "%h" itself, the text has "%%h"; "%%h" itself is written "%%%h", and so on. */

/** LAB_START_TEXT_MAX: a longer text is no start configuration, in bytes */
#define LAB_START_TEXT_MAX (1024 * 1024)

/**
 * lab_start_text_expand:
 * @start: (nullable): a start configuration
 * @name: of the node
 *
 * Returns: (transfer full): what the device is given, "" for %NULL
 */
char     *lab_start_text_expand     (const char *start, const char *name);
/**
 * lab_start_text_from_saved:
 * @saved: (array length=size): what a device saved
 * @size: in bytes
 * @name: of its node
 * @start: (nullable): its start configuration until now
 *
 * Makes a start configuration of it: valid UTF-8, lines that end in a line feed, no empty lines at the
 * end. Where the device is told its own name, and where @start has "%h" in a line that came out the
 * same, the text has "%h". A "%h" that the device saved is "%%h".
 *
 * Returns: (transfer full): the text
 */
char     *lab_start_text_from_saved (const char *saved, gsize size, const char *name, const char *start);
/**
 * lab_start_text_equal:
 * @a: (nullable): a start configuration
 * @b: (nullable): another
 * @name: of the node
 *
 * Whether the device is given the same, but for empty lines at the end.
 */
gboolean  lab_start_text_equal      (const char *a, const char *b, const char *name);

G_END_DECLS
