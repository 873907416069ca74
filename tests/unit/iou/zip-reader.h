/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* All files of a zip archive, name to GBytes; stored and deflated ones, no zip64. NULL if it is not
 * one. */
GHashTable *zip_read (const guint8 *data, gsize length);
