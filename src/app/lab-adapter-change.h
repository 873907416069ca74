/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-edit.h"

G_BEGIN_DECLS

/* Another number of adapters for a device that has cables: what becomes of its links, told before
 * it is done.
 *
 * Links follow by port name. Serial adapters come after the Ethernet ones, so another number of
 * Ethernet adapters gives the serial ports other names: where not every serial link could keep its
 * port's name, all of them go with their adapter, the first serial adapter being the first before
 * and after. What then has no port is lost. */

typedef struct _LabAdapterChange LabAdapterChange;

/* @node: an IOU device of @topology. The answer is about the document as it is now. (transfer full) */
LabAdapterChange *lab_adapter_change_new       (LabTopology *topology, LabNode *node, guint ethernet, guint serial);
void              lab_adapter_change_free      (LabAdapterChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabAdapterChange, lab_adapter_change_free)

/* Titles of the links that cannot be kept, NULL-terminated; empty if all can. (transfer none) */
const char * const *lab_adapter_change_get_lost  (LabAdapterChange *self);
/* What moves, as "s1/0 → s2/0", NULL-terminated. (transfer none) */
const char * const *lab_adapter_change_get_moved (LabAdapterChange *self);
/* One step that does it. (transfer full) */
LabEdit          *lab_adapter_change_build_edit (LabAdapterChange *self);

G_END_DECLS
