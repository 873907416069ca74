/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "iou-error.h"

G_BEGIN_DECLS

/* The form of a licence file, "iourc" (contract section 10, learnt from iou_vm.py). The value is
 * the user's: it is never computed, judged, kept or put into a message. */

/**
 * IOU_LICENCE_MAX_LENGTH:
 *
 * Longest licence file read, in bytes: 1 MiB.
 */
#define IOU_LICENCE_MAX_LENGTH (1024 * 1024)

/**
 * iou_licence_check:
 * @text: (array length=length): the text; need not end in NUL
 * @length: its length in bytes
 * @hostname: (nullable): the host's name as gethostname() says it; %NULL: this host's
 * @error: return location for an error
 *
 * Checks that a licence file has the form
 *
 *     [license]
 *     hostname = 16 characters;
 *
 * A byte order mark, CR LF ends, blanks round `=`, empty lines, comments (`#` or `;` first), other sections and other
 * hosts are all right; the host's name is compared without regard to case, the section's is lower
 * case. That the characters are hexadecimal digits is not known for sure and so not asked. Of
 * several entries for the host the first counts.
 *
 * Errors: %IOU_ERROR_INVALID for bytes that are no ASCII text (with the line), no section, no entry
 * for the host, or an entry of another form (with the line); %IOU_ERROR_LIMIT beyond
 * %IOU_LICENCE_MAX_LENGTH.
 *
 * Returns: %TRUE if the form is right
 */
gboolean iou_licence_check      (const char *text, gsize length,
                                 const char *hostname, GError **error);

/* The bytes of the byte order mark that @text begins with; 0: it has none. IOU knows no such mark. */
gsize    iou_licence_mark_length (const char *text, gsize length);

/**
 * iou_licence_check_file:
 * @path: the file
 * @hostname: (nullable): the host's name, %NULL: this host's
 * @error: return location for an error
 *
 * iou_licence_check() of a file's content; the message begins with the file's name. Also
 * %IOU_ERROR_MISSING, which is no more than a warning, as newer images need no licence file;
 * %IOU_ERROR_PERMISSION, %IOU_ERROR_IO, and %IOU_ERROR_INVALID for what is no regular file.
 *
 * Returns: %TRUE if the form is right
 */
gboolean iou_licence_check_file (const char *path, const char *hostname, GError **error);

G_END_DECLS
