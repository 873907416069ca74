/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-port.h"

G_BEGIN_DECLS

#define LAB_TYPE_LINK (lab_link_get_type ())
G_DECLARE_FINAL_TYPE (LabLink, lab_link, LAB, LINK, GObject)

/* A cable between two ports. A port holds one link at most; a link's identity is its two ends. */

/* Plugged. Whether such ports exist is said when it is added. (transfer full) */
LabLink    *lab_link_new             (const char *node_a, const char *port_a,
                                      const char *node_b, const char *port_b);
const char *lab_link_get_node_name   (LabLink *self, guint end); /* end: 0 or 1 */
const char *lab_link_get_port_name   (LabLink *self, guint end); /* short port name */
gboolean    lab_link_get_plugged     (LabLink *self);            /* FALSE: the cable is drawn but unplugged */
gboolean    lab_link_touches         (LabLink *self, const char *node_name, const char *port_name); /* port_name (nullable): any */
/* "R1 e0/0 – R2 e0/1", for people. (transfer full) */
char       *lab_link_dup_title       (LabLink *self);

/* The link as it stands in a lab file, unknown keys included. (transfer full) */
JsonNode   *lab_link_to_json         (LabLink *self);
/* From what that gave. Errors: LAB_ERROR. (transfer full) (nullable) */
LabLink    *lab_link_new_from_json   (JsonNode *json, GError **error);

G_END_DECLS
