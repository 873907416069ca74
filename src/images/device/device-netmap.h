/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "iou-netmap.h"

/* The NETMAP of this device, from where IOU looks for it (contract section 5.1).
 * TRUE with @netmap NULL: there is none. */
gboolean device_netmap_load (IouNetmap **netmap, GError **error);
/* The other nodes of a port's segment that this machine has, or NULL. Other machines would be
 * reached over UDP, which these devices do not do. (transfer full) */
GArray *device_netmap_dup_peers (IouNetmap *netmap, guint id, guint8 port);
