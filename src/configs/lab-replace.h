/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lab_replace_at:
 * @folder: a folder's descriptor, or AT_FDCWD
 * @temporary: the name the file is written under; what is there is removed, and a link not followed
 * @name: the name it gets once it is on the disk
 * @size: of @data in bytes
 *
 * Puts a file, 0600, in the place of another: under @name there is always a whole one. The folder
 * is not flushed: after a power failure it may be the old one.
 *
 * Returns: %FALSE with errno set, and nothing left under @temporary
 */
gboolean lab_replace_at (int folder, const char *temporary, const char *name, gconstpointer data,
                         gsize size);

G_END_DECLS
