/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

/* A lab of @n_nodes devices on a grid with about twice as many links: each to its neighbours at the right
 * and below. Every fourth device is a switch. (transfer full) */
LabTopology *canvas_lab_new   (guint n_nodes);
/* States and line states as if it ran. @turn: another number gives other states. */
void         canvas_lab_run   (LabTopology *topology, guint turn);
/* Another state for @n_nodes devices, from the first on. */
void         canvas_lab_toggle (LabTopology *topology, guint first, guint n_nodes, guint turn);
