/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-topology.h"

G_BEGIN_DECLS

/* The topology as an SVG picture. (transfer full) */
char *ctl_svg_draw (LabTopology *topology);

G_END_DECLS
