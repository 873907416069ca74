/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/* Which ports a new cable takes. */

/* Whether no cable is in @port of @node. */
gboolean lab_port_is_free     (LabTopology *topology, LabNode *node, const char *port);
/**
 * lab_choose_ports:
 * @nodes: what is to be joined; may be one node twice
 * @wanted: (nullable): the ports' short names that must be taken; %NULL members are chosen: the next
 *   free ones, Ethernet if both nodes have some, else serial
 * @ports: (out): what a cable would take
 * @problem: (out) (optional): a sentence, if there is no such pair
 *
 * Returns: whether a cable can be drawn
 */
gboolean lab_choose_ports     (LabTopology *topology, LabNode *const nodes[2], const char *const wanted[2],
                               LabPort ports[2], char **problem);
/* The next free port of @kind at @node; @problem (out) (optional): a sentence if there is none. */
gboolean lab_choose_port      (LabTopology *topology, LabNode *node, LabPortKind kind, LabPort *port, char **problem);
/* For people: "R2 e0/1", what a used port is joined to. (transfer full) (nullable): it is free */
char    *lab_port_dup_peer    (LabTopology *topology, LabNode *node, const char *port);

G_END_DECLS
