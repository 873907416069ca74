/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/* Whether the devices of a lab fit into the memory of this machine, as well as that can be told
 * before they run. */

/**
 * LabMemoryEstimate:
 * @n_hosts: light hosts
 * @n_open: other devices that come with the program
 * @n_images: devices with an image of the user's
 * @needed: what they will take, in bytes
 * @available: what is free or can be freed, in bytes; 0: not known
 */
typedef struct
{
  guint n_hosts;
  guint n_open;
  guint n_images;
  guint64 needed;
  guint64 available;
} LabMemoryEstimate;

/**
 * lab_memory_of_node:
 *
 * Measured for what comes with the program: its own memory and its share of what it has in common
 * with others. An IOU image fills the memory it was given: its "ram", or the 256 MB that images take
 * by themselves.
 *
 * Returns: bytes; 0 for what is no process
 */
guint64  lab_memory_of_node   (LabNode *node);

/* Counts @node in. */
void     lab_memory_add       (LabMemoryEstimate *self, LabNode *node);

/**
 * lab_memory_read_available:
 *
 * What the kernel thinks can be had without swapping (MemAvailable of proc(5)), or what the control
 * groups of this process leave, if that is less. Reads files of the kernel.
 *
 * Returns: bytes; 0 if it cannot be told
 */
guint64  lab_memory_read_available (void);

/* It can be told, and is not enough. */
gboolean lab_memory_is_short  (const LabMemoryEstimate *self);

/* Two sentences: what is needed by whom, and what there is. (transfer full) */
char    *lab_memory_describe  (const LabMemoryEstimate *self);

G_END_DECLS
