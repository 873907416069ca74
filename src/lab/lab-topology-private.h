/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-error-private.h"
#include "lab-list-private.h"
#include "lab-topology.h"

G_BEGIN_DECLS

#define LAB_USED_BYTES ((LAB_MAX_ID + 8) / 8)

/* Which ids were ever given in this session: an id that was used belongs to a device's files. */
typedef struct
{
  guint8 nodes[LAB_USED_BYTES];
  guint drawings; /* the highest */
} LabUsedIds;

/* The head of a document (everything but the lists), canonical and checked. (nullable) */
JsonObject  *lab_topology_rebuild_head (JsonObject *json, LabFault *fault);
LabTopology *lab_topology_new_from_head (JsonObject *head); /* what rebuild_head() gave */
JsonObject  *lab_topology_peek_head   (LabTopology *self);
void         lab_topology_set_head    (LabTopology *self, JsonObject *head);

/* Of nodes, links, drawings or checks, by the type of their items. (transfer none) */
LabList     *lab_topology_peek_list   (LabTopology *self, GType item_type);
LabDrawing  *lab_topology_find_drawing (LabTopology *self, guint id); /* (nullable) (transfer none) */

/* Nothing is checked here: who calls has done it. @position: G_MAXUINT appends. Removing answers the
 * position that inserting needs to bring the item back to its place. */
void         lab_topology_insert      (LabTopology *self, gpointer item, guint position);
guint        lab_topology_remove      (LabTopology *self, gpointer item);
/* The node, its links and its checks. */
void         lab_topology_rename      (LabTopology *self, LabNode *node, const char *name);

/* Can this link be added? Its port names become the short ones. */
gboolean     lab_topology_check_link  (LabTopology *self, LabLink *link, LabFault *fault);

LabUsedIds  *lab_topology_peek_used   (LabTopology *self); /* (transfer none); edits write to it */

G_END_DECLS
