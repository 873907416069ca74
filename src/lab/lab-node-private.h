/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-error-private.h"
#include "lab-node.h"

G_BEGIN_DECLS

/* A node's JSON, parsed. The JSON is the truth; these are what is asked for often. */
typedef struct
{
  char *name;
  guint id;
  LabNodeKind kind;
  double x;
  double y;
  char *symbol;
  gboolean locked;
  guint n_ports;

  char *image_name;
  char *image_sha256;
  char *template;
  guint ethernet;
  guint serial;
  guint ram;
  guint nvram;
  gboolean keepalives;
  guint start_group;
  char *start;

  GArray *switch_ports;      /* LabSwitchPort, (nullable) */
  GPtrArray *switch_allowed; /* owns what LabSwitchPort.allowed points to */
  guint ageing;
  char *interface;
  GArray *pvcs;     /* LabPvc, (nullable) */
  GArray *frame_relays; /* LabFrameRelay, (nullable) */
  GArray *forwards; /* LabForward, (nullable) */
  gboolean host_access;
  guint tunnel_port;
  char *remote;
  GArray *foreign_ports; /* LabPort, (nullable) */
} LabNodeFields;

/* lab-node-fields.c */
LabNodeFields *lab_node_fields_parse (JsonObject *json, LabFault *fault); /* (nullable) */
void           lab_node_fields_free  (LabNodeFields *fields);
JsonObject    *lab_node_fields_rebuild (const LabNodeFields *fields, JsonObject *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabNodeFields, lab_node_fields_free)

/* lab-node-ports.c */
gboolean       lab_node_ports_parse  (LabNodeFields *fields, JsonObject *json, LabFault *fault);
JsonNode      *lab_node_ports_to_json (const LabNodeFields *fields, JsonNode *source);
gboolean       lab_node_fields_get_port  (const LabNodeFields *fields, guint number, LabPort *port);
gboolean       lab_node_fields_find_port (const LabNodeFields *fields, const char *name, LabPort *port);

/* lab-node-devices.c; after the ports */
gboolean       lab_node_devices_parse (LabNodeFields *fields, JsonObject *json, LabFault *fault);
typedef gboolean (*LabParseItem) (LabNodeFields *fields, JsonObject *json, LabFault *fault);
/* Calls @parse for each object of the array @key, as long as it answers TRUE; no array is an empty
 * one. More than @max, or what is no object, is a fault. */
gboolean       lab_node_parse_list (LabNodeFields *fields, JsonObject *json, const char *key, guint max,
                                    LabParseItem parse, LabFault *fault);

/* lab-node-frame-relay.c */
gboolean       lab_node_frame_relay_parse (LabNodeFields *fields, JsonObject *json, LabFault *fault);

/* @json is shared with the new node and must not change. (nullable) */
LabNode       *lab_node_new_from_object (JsonObject *json, LabFault *fault);
JsonObject    *lab_node_peek_json       (LabNode *self);
/* All of the node at once; @json is canonical and valid: it came from this node, or from
 * lab_node_fields_rebuild(). */
void           lab_node_set_json        (LabNode *self, JsonObject *json);
void           lab_node_set_name        (LabNode *self, const char *name);
void           lab_node_set_id          (LabNode *self, guint id);
void           lab_node_set_position    (LabNode *self, double x, double y);
/* While it stands in a topology. */
gboolean       lab_node_get_placed      (LabNode *self);
void           lab_node_set_placed      (LabNode *self, gboolean placed);

G_END_DECLS
