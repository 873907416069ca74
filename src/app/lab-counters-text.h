/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "relay-counters.h"

G_BEGIN_DECLS

/* What was counted at a port, for people: "1,204 frames, 98 kB, 3 dropped: 2 impaired, 1 queue full". It is what
 * the device sent into the cable, and what was lost at its port. (transfer full) */
char *lab_counters_text (const RelayPortCounters *counters);

G_END_DECLS
