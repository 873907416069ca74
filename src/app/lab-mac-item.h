/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-node.h"

G_BEGIN_DECLS

#define LAB_TYPE_MAC_ITEM (lab_mac_item_get_type ())
G_DECLARE_FINAL_TYPE (LabMacItem, lab_mac_item, LAB, MAC_ITEM, GObject)

/* An address that a switch has learned. Properties, all of them text: "vlan", "address", "port", "age". */

/* Out of a line of the relay's; %NULL: it is none. (transfer full) (nullable) */
LabMacItem *lab_mac_item_new     (LabNode *node, const char *line);
/* By VLAN, then by address. */
int         lab_mac_item_compare (LabMacItem *first, LabMacItem *second);
/* Whether it is the same address at the same port. */
gboolean    lab_mac_item_is_same (LabMacItem *self, LabMacItem *other);
void        lab_mac_item_take_age (LabMacItem *self, LabMacItem *other);

G_END_DECLS
