/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/**
 * lab_item_menu_new:
 * @item: (nullable): the node, link or drawing under the pointer; %NULL: the empty plane
 * @many: more than @item is selected
 *
 * Returns: (transfer full): what the canvas offers there, the window's actions
 */
GMenu *lab_item_menu_new (LabTopology *topology, GObject *item, gboolean many);

G_END_DECLS
