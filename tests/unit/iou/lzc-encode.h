/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A Unix compress stream of @data. @clear_every: emit a clear after so many codes, 0: never (block
 * mode then is off unless @block_mode). */
GByteArray *lzc_encode (const guint8 *data, gsize length, guint max_width, gboolean block_mode,
                        guint clear_every);
