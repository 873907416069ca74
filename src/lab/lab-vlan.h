/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-types.h"

G_BEGIN_DECLS

/**
 * lab_vlan_list_parse:
 * @text: VLANs as `1,10,20-29`: numbers 1..4094 and ranges, commas between, no blanks
 * @bitmap: (out caller-allocates) (array fixed-size=512) (nullable): bit `vlan % 8` of byte
 *   `vlan / 8` is set for each VLAN in the list
 * @error: return location for a #LAB_ERROR_INVALID
 *
 * Reads the list of VLANs that a trunk carries.
 *
 * Returns: %TRUE if @text is well-formed
 */
gboolean lab_vlan_list_parse (const char *text, guint8 bitmap[512], GError **error);

G_END_DECLS
