/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-error-private.h"
#include "lab-topology.h"

G_BEGIN_DECLS

/* A check whose node is in @topology; not added. (nullable) */
LabCheck *lab_read_check (LabTopology *topology, JsonObject *json, LabFault *fault);

G_END_DECLS
