/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LAB_TYPE_TERMINAL_WRITER (lab_terminal_writer_get_type ())
G_DECLARE_FINAL_TYPE (LabTerminalWriter, lab_terminal_writer, LAB, TERMINAL_WRITER, GObject)

/* What was typed and pasted, on its way to a device: kept in order, written as fast as the other side
 * takes it, and never waited for. A device that does not read costs at most
 * LAB_TERMINAL_WRITER_LIMIT bytes. */

#define LAB_TERMINAL_WRITER_LIMIT (8 * 1024 * 1024)

/* @output: a stream that can be polled; a reference is kept, and it is not closed. (transfer
 * full) */
LabTerminalWriter *lab_terminal_writer_new         (GOutputStream *output);
/* Takes all of @data or, if that would be more than the limit, nothing. After an error on the stream
 * it takes everything and drops it: whoever reads the stream sees its end too. */
gboolean           lab_terminal_writer_push        (LabTerminalWriter *self, const void *data, gsize length);
/* Bytes that were pushed and not yet taken by the other side. */
gsize              lab_terminal_writer_get_pending (LabTerminalWriter *self);
/* Drops what is pending; nothing is written any more. */
void               lab_terminal_writer_close       (LabTerminalWriter *self);

G_END_DECLS
