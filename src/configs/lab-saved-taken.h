/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-saved.h"

G_BEGIN_DECLS

/* Up to when it has been settled what becomes of a device's saves in the lab's document: taken in, or
 * left out, or the document's start configuration was changed since. What the device saves later is
 * news. So neither is older than it looks: a text of the document is not replaced by one that a device
 * saved before it, nor a save forgotten.
 *
 * Times are those of NVRAM files, which copies of them keep, so going back to a checkpoint is no news. */

/** LAB_SAVED_TAKEN: the file in the history's folder that says it, in µs since 1970 UTC */
#define LAB_SAVED_TAKEN ".taken"

/**
 * lab_saved_get_taken:
 * @work: the device's folder
 *
 * Returns: µs since 1970 UTC; 0: nothing was settled, or in a future that the clock went back from
 */
gint64    lab_saved_get_taken (const char *work);
/**
 * lab_saved_set_taken:
 * @time: µs since 1970 UTC; an earlier one than is there changes nothing
 */
gboolean  lab_saved_set_taken (const char *work, gint64 time, GError **error);

G_END_DECLS
