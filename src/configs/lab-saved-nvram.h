/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-saved.h"

G_BEGIN_DECLS

/* The configuration in a device's NVRAM, and its way into the history and back. Errors are IOU_ERROR
 * or G_IO_ERROR with a whole sentence. */

/**
 * lab_saved_read_nvram:
 * @work: the device's folder
 * @id: its application id
 * @time: (out) (optional): when the file was written, µs since 1970 UTC, never later than now: a file of
 *   the future, from which the clock went back, gets the time of now
 * @sound: (out) (optional): whether the checksum is right; if not, it may be half written
 *
 * Returns: (transfer full): the startup configuration. %IOU_ERROR_NO_CONFIG or %IOU_ERROR_MISSING:
 *   there is none
 */
GBytes   *lab_saved_read_nvram  (const char *work, guint id, gint64 *time, gboolean *sound, GError **error);
/**
 * lab_saved_nvram_time:
 *
 * Returns: when the device's NVRAM was written, as above; 0: it has none
 */
gint64    lab_saved_nvram_time  (const char *work, guint id);
/**
 * lab_saved_read_settled:
 * @deadline: monotonic time, in µs, until which an NVRAM that is half written is waited for
 *
 * lab_saved_read_nvram() of a device that may be writing just now. One that stays wrong is taken as it
 * is, as IOU itself would.
 */
GBytes   *lab_saved_read_settled (const char *work, guint id, gint64 deadline, gint64 *time, GError **error);
/**
 * lab_saved_catch_up:
 * @settled: nothing writes the NVRAM just now, so that a text with a wrong checksum counts too
 *
 * Takes the configuration in the NVRAM into the history if the newest entry is another. A device
 * without NVRAM or configuration has nothing to catch up with; that is no error.
 */
gboolean  lab_saved_catch_up    (const char *work, guint id, gboolean settled, GError **error);
/**
 * lab_saved_check_fits:
 * @size_kb: of the NVRAM; 0: as it is, or as most images have it
 * @text: a configuration
 *
 * FALSE: lab_saved_write_nvram() would refuse it; @error says why. Nothing is touched.
 */
gboolean  lab_saved_check_fits  (const char *work, guint id, guint size_kb, GBytes *text, GError **error);
/**
 * lab_saved_write_nvram:
 * @size_kb: of the NVRAM; 0: as it is, or as most images have it
 * @text: the configuration it shall hold; empty: none
 *
 * What the NVRAM holds is in the history before it is replaced, and @text is after. The device must
 * not run.
 */
gboolean  lab_saved_write_nvram (const char *work, guint id, guint size_kb, GBytes *text, GError **error);

G_END_DECLS
