/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-history.h"

G_BEGIN_DECLS

/* Changing how many ports nodes have, while they are cabled: what is lost, told before it is done,
 * and then all of it as one step. Adapters follow the rules of lab-adapter-change.h; a switch or a hub
 * loses the links of the ports that go. No widget in here.
 *
 * @nodes: (element-type LabNode)
 * @key: "ethernet", "serial" (adapters) or "ports" (of a switch, hub or Frame Relay switch) */

/* Titles of the links that would be lost, each once. (transfer full) */
GStrv    lab_adapter_plan_lost  (LabTopology *topology, GPtrArray *nodes, const char *key, guint count);
/* Ends of links that would get another port, as "s1/0 → s2/0", each once. (transfer full) */
GStrv    lab_adapter_plan_moved (LabTopology *topology, GPtrArray *nodes, const char *key, guint count);
/* Does it for all nodes, or for none. */
gboolean lab_adapter_plan_apply (LabHistory *history, LabTopology *topology, GPtrArray *nodes, const char *key,
                                 guint count, GError **error);

G_END_DECLS
