/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/* Finds things in a lab by what stands in them: nodes, ports, lines of start configurations, the
 * lab's notes, drawings. No widget in here. Texts are folded once and kept until what they are from
 * changes. */

/**
 * LabSearchKind:
 * @LAB_SEARCH_NODE: a node, by name, image or kind
 * @LAB_SEARCH_PORT: a linked port, as "R1 e0/0"; the object is its link
 * @LAB_SEARCH_CONFIG: a line of a node's start configuration
 * @LAB_SEARCH_NOTES: a line of the lab's notes
 * @LAB_SEARCH_DRAWING: a text on the canvas
 */
typedef enum
{
  LAB_SEARCH_NODE,
  LAB_SEARCH_PORT,
  LAB_SEARCH_CONFIG,
  LAB_SEARCH_NOTES,
  LAB_SEARCH_DRAWING,
} LabSearchKind;

#define LAB_TYPE_SEARCH_HIT (lab_search_hit_get_type ())
G_DECLARE_FINAL_TYPE (LabSearchHit, lab_search_hit, LAB, SEARCH_HIT, GObject)

LabSearchKind   lab_search_hit_get_kind   (LabSearchHit *self); /* what the other functions are about */
/* The LabNode, LabLink or LabDrawing; %NULL for notes. (transfer none) (nullable) */
gpointer        lab_search_hit_get_object (LabSearchHit *self);
const char     *lab_search_hit_get_title  (LabSearchHit *self); /* where: "R1", "R1 e0/0" */
const char     *lab_search_hit_get_detail (LabSearchHit *self); /* what was found there; may be "" */
guint           lab_search_hit_get_line   (LabSearchHit *self); /* of a configuration or the notes, from 1 */

#define LAB_TYPE_SEARCH_INDEX (lab_search_index_get_type ())
G_DECLARE_FINAL_TYPE (LabSearchIndex, lab_search_index, LAB, SEARCH_INDEX, GObject)

/* Follows @topology, and keeps a reference to it. (transfer full) */
LabSearchIndex *lab_search_index_new          (LabTopology *topology);
/* What holds every word of @query, in any case, best first, at most @max. The words of a line may
 * stand in its node's name: "R1 hostname". (transfer full) of LabSearchHit */
GPtrArray      *lab_search_index_find         (LabSearchIndex *self, const char *query, guint max);
/* Whether anything of @node matches: name, kind, image, ports, peers, configuration. */
gboolean        lab_search_index_matches_node (LabSearchIndex *self, LabNode *node, const char *query);

G_END_DECLS
