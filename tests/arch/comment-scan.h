/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * comment_scan_header:
 * @text: of a header
 * @n: (out): how many functions it declares, inline ones too
 *
 * Finds functions that nothing is said of. A gtk-doc comment is about the next declaration, another
 * comment about all up to the next empty line, and one behind a declaration about that. Macros, and
 * types of functions, may stand between.
 *
 * Returns: (transfer full) (element-type utf8): "LINE: NAME" of each
 */
GPtrArray *comment_scan_header (const char *text, guint *n);

G_END_DECLS
