/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-link.h"
#include "lab-node.h"

G_BEGIN_DECLS

/**
 * LabSummaryKind:
 * @LAB_SUMMARY_NODE: a device
 * @LAB_SUMMARY_LINK: a link, seen from one of its ends
 * @LAB_SUMMARY_CONSOLE: a device's console
 * @LAB_SUMMARY_FREE: all free ports of a device; its children are LAB_SUMMARY_PORT
 * @LAB_SUMMARY_PORT: a port without a link
 */
typedef enum
{
  LAB_SUMMARY_NODE,
  LAB_SUMMARY_LINK,
  LAB_SUMMARY_CONSOLE,
  LAB_SUMMARY_FREE,
  LAB_SUMMARY_PORT,
} LabSummaryKind;

#define LAB_TYPE_SUMMARY_ITEM (lab_summary_item_get_type ())
G_DECLARE_FINAL_TYPE (LabSummaryItem, lab_summary_item, LAB, SUMMARY_ITEM, GObject)

/* A row of the summary. */

/* Of any kind but the next two. Items keep references to what they are of. (transfer full) */
LabSummaryItem *lab_summary_item_new       (LabSummaryKind kind, LabNode *node);
/* @end: which end of @link is at @node. */
LabSummaryItem *lab_summary_item_new_link  (LabNode *node, LabLink *link, guint end);
LabSummaryItem *lab_summary_item_new_port  (LabNode *node, const LabPort *port);

LabSummaryKind  lab_summary_item_get_kind  (LabSummaryItem *self); /* never changes */
LabNode        *lab_summary_item_get_node  (LabSummaryItem *self); /* (transfer none) */
LabLink        *lab_summary_item_get_link  (LabSummaryItem *self); /* (transfer none) (nullable) */
guint           lab_summary_item_get_end   (LabSummaryItem *self); /* 0 or 1, of the link; 0 without one */
/* The port's short name: of a link's end, or of a free port. (nullable) */
const char     *lab_summary_item_get_port  (LabSummaryItem *self);
/* What the row stands for in a selection: the link, or the node for all others. (transfer none) */
gpointer        lab_summary_item_get_object (LabSummaryItem *self);

/* What the row says, for people. @n_free: the node's ports without a link, for LAB_SUMMARY_FREE.
 * (transfer full) */
char           *lab_summary_item_dup_title (LabSummaryItem *self, guint n_free);
/* The short word at the row's end: a state. (transfer full) */
char           *lab_summary_item_dup_state (LabSummaryItem *self);
/* All of it in a sentence, for a screen reader: "R1, router, running, 3 links". (transfer full) */
char           *lab_summary_item_dup_description (LabSummaryItem *self, guint n_links, guint n_free);

G_END_DECLS
