/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client-types.h"
#include "relay-counters.h"

G_BEGIN_DECLS

/* The relay's counters by shared memory. Reading costs the relay nothing. */

/* @path: as lab_client_get_counters_path() gave it. Errors: LAB_CLIENT_ERROR. (transfer full) (nullable) */
LabClientCounters *lab_client_counters_open          (const char *path, GError **error);
void               lab_client_counters_free          (LabClientCounters *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabClientCounters, lab_client_counters_free)

/* Takes a copy of every slot in use; also after the relay was restarted or the file grew. */
gboolean           lab_client_counters_refresh       (LabClientCounters *self, GError **error);
/* From the last refresh. @port: an instance's @bay and @unit, or a built-in device's port number. FALSE: no such port. */
gboolean           lab_client_counters_find_instance (LabClientCounters *self, guint id, guint bay, guint unit, RelayPortCounters *counters);
gboolean           lab_client_counters_find_device   (LabClientCounters *self, const char *device, guint port, RelayPortCounters *counters);
/* How often the relay was woken since it began. */
guint64            lab_client_counters_get_wakeups   (LabClientCounters *self);

G_END_DECLS
