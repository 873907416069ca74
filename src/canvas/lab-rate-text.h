/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-box.h"
#include "lab-runtime.h"

G_BEGIN_DECLS

/* "12.3 kb/s", for people. (transfer full) */
char *lab_rate_format     (double bits_a_second);
/* Both ways of a link, a line each; @direction: which way it runs in its middle, from end 0 to end 1; it
 * decides the arrows: "→ 12.3 kb/s", "← 840 b/s". A silent way is left out. (transfer full) (nullable): both are silent */
char *lab_rate_format_link (const LabLinkRun *run, LabPoint direction);

/* As long as any, for finding room. */
#define LAB_RATE_WIDEST "→ 88.8 Mb/s\n← 88.8 Mb/s"

G_END_DECLS
