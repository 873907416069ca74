/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lab_state_copy:
 * @from: uuid of a lab
 * @to: uuid of another one
 * @ids: (element-type uint): ids of devices, as GUINT_TO_POINTER()
 *
 * Copies what devices saved (their NVRAM, the files on their flash) to the devices of the same ids
 * of another lab. What a start makes anew is left out. File access: for a thread. Errors: #GIOErrorEnum.
 */
gboolean lab_state_copy (const char *from, const char *to, GHashTable *ids, GError **error);

G_END_DECLS
