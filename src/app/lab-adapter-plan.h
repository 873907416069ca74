/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-edit.h"

G_BEGIN_DECLS

/* Changing how many ports a node has, while it is cabled. Links follow by the names of their ports;
 * those whose port is not there any more, or became one of the other kind, are lost. No widget in here.
 *
 * @key: "ethernet", "serial" (adapters) or "ports" (of a switch, hub or Frame Relay switch). */

/* The links that would be lost, each once. (transfer full) of LabLink */
GPtrArray *lab_adapter_plan_lost (LabTopology *topology, GPtrArray *nodes, const char *key, guint count);
/* One step: the lost links go, then the nodes change. (transfer full) */
LabEdit   *lab_adapter_plan_edit (LabTopology *topology, GPtrArray *nodes, const char *key, guint count);

G_END_DECLS
