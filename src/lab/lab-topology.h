/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-check.h"
#include "lab-drawing.h"
#include "lab-link.h"
#include "lab-node.h"

G_BEGIN_DECLS

#define LAB_TYPE_TOPOLOGY (lab_topology_get_type ())
G_DECLARE_FINAL_TYPE (LabTopology, lab_topology, LAB, TOPOLOGY, GObject)

/* The document. Read here; change by LabEdit through LabHistory. Not thread safe. */

LabTopology *lab_topology_new            (const char *name); /* empty, with a fresh uuid */

const char  *lab_topology_get_uuid       (LabTopology *self); /* lower case, 36 characters */
/* Another identity: from now on this is another lab, with other devices' files. No edit: undo never brings the old one back. */
void         lab_topology_set_uuid       (LabTopology *self, const char *uuid);
const char  *lab_topology_get_name       (LabTopology *self);
const char  *lab_topology_get_notes      (LabTopology *self); /* Markdown */
/* Seconds that a start group is given to be ready, before the next one is started anyway. */
guint        lab_topology_get_start_patience (LabTopology *self);
/* Megabytes of each link's last frames that are kept in memory while the lab runs; 0: none. */
guint        lab_topology_get_recorder   (LabTopology *self);
/* (transfer full): what a machine must have so that the lab can work, in labctl doctor's words; maybe none. */
GStrv        lab_topology_dup_needs      (LabTopology *self);

/* (transfer none): live models in document order; items LabNode, LabLink, LabDrawing, LabCheck. */
GListModel  *lab_topology_get_nodes      (LabTopology *self);
GListModel  *lab_topology_get_links      (LabTopology *self);
GListModel  *lab_topology_get_drawings   (LabTopology *self);
GListModel  *lab_topology_get_checks     (LabTopology *self);

/* (transfer none) (nullable), constant time. */
LabNode     *lab_topology_find_node      (LabTopology *self, const char *name);
LabNode     *lab_topology_find_node_by_id (LabTopology *self, guint id);
LabLink     *lab_topology_find_link      (LabTopology *self, const char *node, const char *port);

/* The first free port of @kind of @node. FALSE if none. */
gboolean     lab_topology_find_free_port (LabTopology *self, LabNode *node, LabPortKind kind, LabPort *port);

G_END_DECLS
