/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pc.h"

/* Makes the ports of the first @n_adapters bays. */
void pc_ports_init (Pc *pc, guint n_adapters);
void pc_ports_clear (Pc *pc);
/* Reads NETMAP and tells each port its segment. FALSE: it cannot be read. No file is no error. */
gboolean pc_ports_load_netmap (Pc *pc, GError **error);
