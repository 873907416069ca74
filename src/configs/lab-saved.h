/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The configurations a device has saved, newest and older ones: files in history/ of its folder. The
 * engine writes them; anybody may read, also when no engine runs. Errors are G_IO_ERROR with a whole
 * sentence. @work is the device's folder, S/<uuid>/<id>. All functions touch files and may wait for
 * another process: not for the window's main loop. */

/** LAB_SAVED_FOLDER: where the history is in the device's folder */
#define LAB_SAVED_FOLDER "history"
/** LAB_SAVED_MAX_ENTRIES: more than these are never kept of a device */
#define LAB_SAVED_MAX_ENTRIES 200
/** LAB_SAVED_MAX_BYTES: nor more than this, in bytes of text */
#define LAB_SAVED_MAX_BYTES (16 * 1024 * 1024)

/**
 * LabSavedEntry:
 * @number: what people call it by; the next one is higher, and none is used twice
 * @first: when this text was saved for the first time, µs since 1970 UTC
 * @last: when it was saved last without another in between
 * @size: bytes of text
 */
typedef struct
{
  guint number;
  gint64 first;
  gint64 last;
  gsize size;
} LabSavedEntry;

/**
 * lab_saved_list:
 *
 * Returns: (transfer full) (element-type LabSavedEntry): oldest first; empty if nothing was saved
 */
GArray   *lab_saved_list       (const char *work, GError **error);
/**
 * lab_saved_read:
 * @number: of an entry
 *
 * Returns: (transfer full): its text, as it was saved; %G_IO_ERROR_NOT_FOUND: there is no such entry
 */
GBytes   *lab_saved_read       (const char *work, guint number, GError **error);
/**
 * lab_saved_add:
 * @text: a configuration
 * @time: when it was saved, µs since 1970 UTC
 *
 * Makes @text the newest entry, and is done when it is on the disk. If the newest has this text
 * already, it gets the later time. Then the oldest entries go, until the bounds are kept; the newest
 * one never does.
 */
gboolean  lab_saved_add        (const char *work, GBytes *text, gint64 time, GError **error);

/* The name of an entry's file says all but its size. (transfer full) */
char     *lab_saved_build_name (const LabSavedEntry *entry);
/* FALSE: not a name that lab_saved_build_name() gives. */
gboolean  lab_saved_parse_name (const char *name, LabSavedEntry *entry);

G_END_DECLS
