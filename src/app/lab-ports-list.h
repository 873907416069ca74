/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lab-selection.h"
#include "lab-session.h"

G_BEGIN_DECLS

#define LAB_TYPE_PORTS_LIST (lab_ports_list_get_type ())
G_DECLARE_FINAL_TYPE (LabPortsList, lab_ports_list, LAB, PORTS_LIST, AdwBin)

/* A node's ports with their peers, line states and counters. A row of a cabled port selects its link;
 * a switch in it unplugs the cable. Free ports are folded away; each can be connected. */

/* Once, before a node is set. References are kept. */
void lab_ports_list_set_session (LabPortsList *self, LabSession *session, LabSelection *selection);
void lab_ports_list_set_node    (LabPortsList *self, LabNode *node); /* (nullable) */

G_END_DECLS
