/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-edit.h"

G_BEGIN_DECLS

/* Taking what devices saved into the lab's document, as their start configurations.
 *
 * NVRAM is the truth about what a device saved, and the document is what is shared. Nothing here
 * touches an NVRAM: a device that has saved something does not read its start configuration until it
 * is reset.
 *
 * Three steps: lab_take_collect() and lab_take_edit() look at the document and are for its thread,
 * lab_take_read() between them touches files. */

/**
 * LabTakeFate:
 * @LAB_TAKE_NOTHING: the device has saved nothing, or nothing that is not settled
 * @LAB_TAKE_SAME: its start configuration is what it saved
 * @LAB_TAKE_NEW: what it saved becomes its start configuration
 * @LAB_TAKE_TOO_LARGE: not taken: the lab's file cannot hold it
 */
typedef enum
{
  LAB_TAKE_NOTHING,
  LAB_TAKE_SAME,
  LAB_TAKE_NEW,
  LAB_TAKE_TOO_LARGE,
} LabTakeFate;

/**
 * LabTakeItem:
 * @name: of a node
 * @id: its application id
 * @start: (nullable): its start configuration
 * @since: what was saved up to then is settled in the session, µs since 1970 UTC; 0: nothing is
 * @fate: after lab_take_read()
 * @text: (nullable): what would be the start configuration
 * @time: when the device saved it, µs since 1970 UTC; 0: it did not, or it was not looked at
 */
typedef struct
{
  char *name;
  guint id;
  char *start;
  gint64 since;
  LabTakeFate fate;
  char *text;
  gint64 time;
} LabTakeItem;

/**
 * lab_take_collect:
 * @topology: a document
 * @nodes: (nullable) (element-type LabNode): some of its nodes; %NULL: all
 *
 * Returns: (transfer full) (element-type LabTakeItem): the devices among them
 */
GPtrArray  *lab_take_collect  (LabTopology *topology, GPtrArray *nodes);
/**
 * lab_take_read:
 * @items: what lab_take_collect() gave
 * @folder: of the lab, S/<uuid>
 * @news: only what was saved after @since and after what lab_saved_get_taken() says
 *
 * Reads what the devices saved, whether they run or not. One that is just being written is waited for,
 * a second for all of them.
 */
void        lab_take_read     (GPtrArray *items, const char *folder, gboolean news);
/* How many items have this fate. */
guint       lab_take_count    (GPtrArray *items, LabTakeFate fate);
/**
 * lab_take_edit:
 * @items: after lab_take_read()
 * @topology: the document, which may have changed since; nodes that are gone, renamed, or have another
 *   start configuration by now become %LAB_TAKE_NOTHING, with no @time
 *
 * Texts that would make the lab's file larger than it may be become %LAB_TAKE_TOO_LARGE.
 *
 * Returns: (transfer full) (nullable): all of it as one step; %NULL: nothing changes
 */
LabEdit    *lab_take_edit     (GPtrArray *items, LabTopology *topology);
/**
 * lab_take_settle:
 * @items: after lab_take_read()
 * @folder: of the lab
 *
 * Notes for each device that what it saved up to @time or @since is settled, see lab-saved-taken.h.
 * Touches files. The first error is given; the others are noted all the same.
 */
gboolean    lab_take_settle   (GPtrArray *items, const char *folder, GError **error);
/* What happens to the item, as a part of a table. Translated. */
const char *lab_take_describe (const LabTakeItem *item);
/* A word for programs: "nothing", "same", "taken", "too-large". */
const char *lab_take_word     (const LabTakeItem *item);

G_END_DECLS
