/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-saved.h"

G_BEGIN_DECLS

/* Looking back over the histories of many nodes: the moments at which something was saved, and what each
 * node had saved by one of them. Nothing here touches files. */

/** LAB_SAVED_MOMENT_GAP: saves of different nodes that are nearer than this belong together, in µs */
#define LAB_SAVED_MOMENT_GAP (30 * G_USEC_PER_SEC)

/**
 * LabSavedHistory:
 * @node: name of the node
 * @entries: (element-type LabSavedEntry): of lab_saved_list()
 */
typedef struct
{
  char *node;
  GArray *entries;
} LabSavedHistory;

/**
 * LabSavedMoment:
 * @time: of the last save that belongs to it, µs since 1970 UTC
 * @nodes: (element-type utf8): who saved then, in the order of the histories
 */
typedef struct
{
  gint64 time;
  GPtrArray *nodes;
} LabSavedMoment;

/* (element-type LabSavedHistory) (transfer full): an empty list. */
GPtrArray           *lab_saved_histories_new (void);
/* @entries: (transfer full) */
void                 lab_saved_histories_add (GPtrArray *histories, const char *node, GArray *entries);
/**
 * lab_saved_list_moments:
 * @histories: (element-type LabSavedHistory)
 *
 * A moment begins anew when a node saves once more, so that each text that was saved is that of its
 * node at one of the moments.
 *
 * Returns: (transfer full) (element-type LabSavedMoment): oldest first
 */
GPtrArray           *lab_saved_list_moments  (GPtrArray *histories);
/* The newest entry of @entries (element-type LabSavedEntry) that had been saved by @time. (transfer none)
 * (nullable): nothing had */
const LabSavedEntry *lab_saved_find_at       (GArray *entries, gint64 time);

G_END_DECLS
