/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-error-private.h"
#include "lab-link.h"

G_BEGIN_DECLS

/* @json is shared with the new link and must not change. (nullable) */
LabLink    *lab_link_new_from_object (JsonObject *json, LabFault *fault);
JsonObject *lab_link_rebuild         (JsonObject *json, LabFault *fault); /* canonical; (nullable) */
JsonObject *lab_link_peek_json       (LabLink *self);
JsonNode   *lab_link_peek_member     (LabLink *self, guint end, const char *key); /* "node", "port" */
void        lab_link_set_json        (LabLink *self, JsonObject *json);
void        lab_link_set_node_name   (LabLink *self, guint end, const char *name);
void        lab_link_set_port_name   (LabLink *self, guint end, const char *name);

G_END_DECLS
