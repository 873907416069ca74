/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-check.h"
#include "lab-error-private.h"

G_BEGIN_DECLS

/* @json is shared with the new check and must not change. (nullable) */
LabCheck   *lab_check_new_from_object (JsonObject *json, LabFault *fault);
JsonObject *lab_check_peek_json       (LabCheck *self);
void        lab_check_set_node        (LabCheck *self, const char *node);

G_END_DECLS
