/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"

G_BEGIN_DECLS

/**
 * IOU_LZC_MAX_LENGTH:
 *
 * Most bytes iou_lzc_expand() makes of an input: 4 MiB, eight times the largest configuration area.
 */
#define IOU_LZC_MAX_LENGTH (4 * 1024 * 1024)

/**
 * iou_lzc_expand:
 * @data: (array length=length): a Unix compress (`.Z`) stream
 * @length: its length in bytes
 * @error: return location for an error
 *
 * Expands what `service compress-config` stores (contract section 12, format 2). Bits after the
 * last whole code are ignored, so a stream cut in its middle gives what was whole.
 *
 * Errors: %IOU_ERROR_INVALID for bytes that are no such stream, %IOU_ERROR_LIMIT beyond
 * %IOU_LZC_MAX_LENGTH.
 *
 * Returns: (transfer full): the bytes; a NUL that does not count follows them. %NULL with @error
 *   set
 */
GByteArray *iou_lzc_expand (const guint8 *data, gsize length, GError **error);

G_END_DECLS
