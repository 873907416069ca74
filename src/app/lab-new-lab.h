/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab-topology.h"

G_BEGIN_DECLS

/* An empty lab that looks as the preferences say: grid, snapping, names of interfaces. (transfer full) */
LabTopology *lab_new_lab (const char *name, GSettings *settings);

G_END_DECLS
