/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lab-port.h"

G_BEGIN_DECLS

#define LAB_TYPE_NODE (lab_node_get_type ())
G_DECLARE_FINAL_TYPE (LabNode, lab_node, LAB, NODE, GObject)

/* Reading. Strings belong to the node and live until its next change. Setters are private to
 * lab/: everybody else changes a node by a LabEdit. */

const char  *lab_node_get_name              (LabNode *self); /* unique in the lab */
guint        lab_node_get_id                (LabNode *self); /* 1..1023; 0 while it is in no topology */
LabNodeKind  lab_node_get_kind              (LabNode *self); /* what it is, not what it runs */
double       lab_node_get_x                 (LabNode *self); /* of its middle; world units, see lab-box.h */
double       lab_node_get_y                 (LabNode *self); /* downwards */
const char  *lab_node_get_symbol            (LabNode *self); /* (nullable) */
gboolean     lab_node_get_locked            (LabNode *self); /* the canvas does not move it */

/* LAB_NODE_IOU only (others return 0, NULL, FALSE). */
const char  *lab_node_get_image_name        (LabNode *self); /* file name of the image, or "labwright-pc" */
const char  *lab_node_get_image_sha256      (LabNode *self); /* (nullable) 64 hex digits */
/* (nullable) the template of the image that it was made of, and whose prompt says when it is ready. There need be none of
 * that name here. */
const char  *lab_node_get_template          (LabNode *self);
guint        lab_node_get_ethernet_adapters (LabNode *self);
guint        lab_node_get_serial_adapters   (LabNode *self);
guint        lab_node_get_ram               (LabNode *self); /* MB; 0: the image's own default */
guint        lab_node_get_nvram             (LabNode *self); /* KB; 0: the image's own default */
gboolean     lab_node_get_keepalives        (LabNode *self); /* layer-1 keepalives (-l); default TRUE */
guint        lab_node_get_start_group       (LabNode *self); /* 1 is started first; 0: when all groups are ready */
const char  *lab_node_get_start_config      (LabNode *self); /* (nullable) whole text, LF line ends, ends in LF */
/* Serial port @number of those that speak Frame Relay; FALSE past the end. Only labwright-router
 * looks at it: other images are told by their configuration. */
gboolean     lab_node_get_frame_relay       (LabNode       *self,
                                             guint          number,
                                             LabFrameRelay *line);

/* LAB_NODE_SWITCH: settings of port @number (0..n-1); FALSE past the end. */
gboolean     lab_node_get_switch_port       (LabNode       *self,
                                             guint          number,
                                             LabSwitchPort *port);
/* LAB_NODE_SWITCH: seconds after which an unheard address is forgotten; default 300. */
guint        lab_node_get_ageing            (LabNode *self);
/* LAB_NODE_TAP: the host interface. */
const char  *lab_node_get_interface         (LabNode *self); /* (nullable) */

/* LAB_NODE_FRAME_RELAY_SWITCH, LAB_NODE_NAT: circuit or forwarded port @number; FALSE past the end. */
gboolean     lab_node_get_pvc               (LabNode *self, guint number, LabPvc *pvc);
gboolean     lab_node_get_forward           (LabNode *self, guint number, LabForward *forward);
/* LAB_NODE_NAT: whether the lab reaches the loopback of this computer; default FALSE. */
gboolean     lab_node_get_host_access       (LabNode *self);

/* LAB_NODE_TUNNEL: the UDP port of this computer (0: none yet), and the other end, as 192.0.2.1:5001. */
guint        lab_node_get_tunnel_port       (LabNode *self);
const char  *lab_node_get_remote            (LabNode *self); /* (nullable) */

/* Any kind. */
guint        lab_node_get_n_ports           (LabNode *self);
gboolean     lab_node_get_port              (LabNode *self, guint number, LabPort *port);
gboolean     lab_node_find_port             (LabNode *self, const char *name, LabPort *port); /* short or long name, any case */

/* The node as it stands in a lab file, unknown keys included. (transfer full) */
JsonNode    *lab_node_to_json               (LabNode *self);
/* A node from what lab_node_to_json() gave; id may be absent. (transfer full) (nullable) */
LabNode     *lab_node_new_from_json         (JsonNode *json, GError **error);

const char  *lab_node_kind_to_string        (LabNodeKind kind); /* "iou", "switch", "frame-relay-switch"… */

G_END_DECLS
