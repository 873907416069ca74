/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device on the canvas. Holds its canonical JSON, and the fields parsed from it. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-json-private.h"
#include "lab-node-private.h"
#include "lab-notify-private.h"

struct _LabNode
{
  GObject parent_instance;

  JsonObject *json;
  LabNodeFields *fields;
  gboolean placed;
};

enum
{
  PROP_NAME = 1,
  PROP_ID,
  PROP_KIND,
  PROP_X,
  PROP_Y,
  PROP_SYMBOL,
  PROP_LOCKED,
  PROP_IMAGE_NAME,
  PROP_ETHERNET_ADAPTERS,
  PROP_SERIAL_ADAPTERS,
  PROP_RAM,
  PROP_NVRAM,
  PROP_KEEPALIVES,
  PROP_START_CONFIG,
  PROP_AGEING,
  PROP_INTERFACE,
  PROP_N_PORTS,
  N_PROPERTIES
};

enum
{
  CHANGED,
  RUN_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LabNode, lab_node, G_TYPE_OBJECT)

static void
lab_node_finalize (GObject *object)
{
  LabNode *self = LAB_NODE (object);

  g_clear_pointer (&self->json, json_object_unref);
  g_clear_pointer (&self->fields, lab_node_fields_free);

  G_OBJECT_CLASS (lab_node_parent_class)->finalize (object);
}

static void
lab_node_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const LabNodeFields *fields = LAB_NODE (object)->fields;

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, fields->name);
      break;
    case PROP_ID:
      g_value_set_uint (value, fields->id);
      break;
    case PROP_KIND:
      g_value_set_uint (value, fields->kind);
      break;
    case PROP_X:
      g_value_set_double (value, fields->x);
      break;
    case PROP_Y:
      g_value_set_double (value, fields->y);
      break;
    case PROP_SYMBOL:
      g_value_set_string (value, fields->symbol);
      break;
    case PROP_LOCKED:
      g_value_set_boolean (value, fields->locked);
      break;
    case PROP_IMAGE_NAME:
      g_value_set_string (value, fields->image_name);
      break;
    case PROP_ETHERNET_ADAPTERS:
      g_value_set_uint (value, fields->ethernet);
      break;
    case PROP_SERIAL_ADAPTERS:
      g_value_set_uint (value, fields->serial);
      break;
    case PROP_RAM:
      g_value_set_uint (value, fields->ram);
      break;
    case PROP_NVRAM:
      g_value_set_uint (value, fields->nvram);
      break;
    case PROP_KEEPALIVES:
      g_value_set_boolean (value, fields->keepalives);
      break;
    case PROP_START_CONFIG:
      g_value_set_string (value, fields->start);
      break;
    case PROP_AGEING:
      g_value_set_uint (value, fields->ageing);
      break;
    case PROP_INTERFACE:
      g_value_set_string (value, fields->interface);
      break;
    case PROP_N_PORTS:
      g_value_set_uint (value, fields->n_ports);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static GParamSpec *
uint_property (const char *name, guint max)
{
  return g_param_spec_uint (name, NULL, NULL, 0, max, 0,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
boolean_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE,
                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
coordinate_property (const char *name)
{
  return g_param_spec_double (name, NULL, NULL, -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE, 0,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
lab_node_class_init (LabNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lab_node_finalize;
  object_class->get_property = lab_node_get_property;

  properties[PROP_NAME] = string_property ("name");
  properties[PROP_ID] = uint_property ("id", LAB_MAX_ID);
  properties[PROP_KIND] = uint_property ("kind", LAB_NODE_PLACEHOLDER);
  properties[PROP_X] = coordinate_property ("x");
  properties[PROP_Y] = coordinate_property ("y");
  properties[PROP_SYMBOL] = string_property ("symbol");
  properties[PROP_LOCKED] = boolean_property ("locked");
  properties[PROP_IMAGE_NAME] = string_property ("image-name");
  properties[PROP_ETHERNET_ADAPTERS] = uint_property ("ethernet-adapters", LAB_MAX_ADAPTERS);
  properties[PROP_SERIAL_ADAPTERS] = uint_property ("serial-adapters", LAB_MAX_ADAPTERS);
  properties[PROP_RAM] = uint_property ("ram", LAB_MAX_RAM);
  properties[PROP_NVRAM] = uint_property ("nvram", LAB_MAX_NVRAM);
  properties[PROP_KEEPALIVES] = boolean_property ("keepalives");
  properties[PROP_START_CONFIG] = string_property ("start-config");
  properties[PROP_AGEING] = uint_property ("ageing", G_MAXUINT);
  properties[PROP_INTERFACE] = string_property ("interface");
  properties[PROP_N_PORTS] = uint_property ("n-ports", G_MAXUINT);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * LabNode::changed:
   *
   * Something of the node changed, be it a property or not (a switch port, an unknown member).
   */
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_NODE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  /**
   * LabNode::run-changed:
   *
   * What runs changed (lab-runtime.h); the document did not.
   */
  signals[RUN_CHANGED] = g_signal_new ("run-changed", LAB_TYPE_NODE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
lab_node_init (LabNode *self)
{
}

LabNode *
lab_node_new_from_object (JsonObject *json, LabFault *fault)
{
  g_autoptr (LabNodeFields) fields = lab_node_fields_parse (json, fault);
  LabNode *self;

  if (fields == NULL)
    return NULL;
  self = g_object_new (LAB_TYPE_NODE, NULL);
  self->json = lab_node_fields_rebuild (fields, json);
  self->fields = g_steal_pointer (&fields);

  return self;
}

LabNode *
lab_node_new_from_json (JsonNode *json, GError **error)
{
  g_autoptr (JsonNode) copy = NULL;
  LabFault fault = { 0 };
  LabNode *self = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (json))
    lab_fault_set (&fault, json, LAB_ERROR_INVALID, _ ("a node must be an object in braces."));
  else if ((copy = lab_json_import (json, LAB_MAX_DEPTH - 2, &fault)) != NULL)
    self = lab_node_new_from_object (json_node_get_object (copy), &fault);
  if (self == NULL)
    lab_fault_raise (&fault, error);

  return self;
}

JsonNode *
lab_node_to_json (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  return lab_json_copy (self->json);
}

JsonObject *
lab_node_peek_json (LabNode *self)
{
  return self->json;
}

void
lab_node_set_json (LabNode *self, JsonObject *json)
{
  LabFault fault = { 0 };
  LabNodeFields *fields = lab_node_fields_parse (json, &fault);
  GArray *before;

  g_return_if_fail (fields != NULL);

  before = lab_notify_begin (G_OBJECT (self), properties, N_PROPERTIES);
  json_object_ref (json);
  json_object_unref (self->json);
  self->json = json;
  lab_node_fields_free (self->fields);
  self->fields = fields;
  lab_notify_end (G_OBJECT (self), properties, N_PROPERTIES, before);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The next three change the JSON in place: their inverses do the same, and history is a line, so an
 * older JSON that history keeps is never seen with a newer name or place. */
void
lab_node_set_name (LabNode *self, const char *name)
{
  char *copy;

  if (g_str_equal (self->fields->name, name))
    return;
  copy = g_strdup (name);
  g_free (self->fields->name);
  self->fields->name = copy;
  json_object_set_string_member (self->json, "name", name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lab_node_set_id (LabNode *self, guint id)
{
  JsonObject *json;

  if (self->fields->id == id)
    return;
  self->fields->id = id;
  json = lab_node_fields_rebuild (self->fields, self->json);
  json_object_unref (self->json);
  self->json = json;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lab_node_set_position (LabNode *self, double x, double y)
{
  gboolean moved_x = self->fields->x != x;
  gboolean moved_y = self->fields->y != y;

  if (!moved_x && !moved_y)
    return;
  self->fields->x = x;
  self->fields->y = y;
  json_object_set_member (self->json, "x", lab_json_new_number (x));
  json_object_set_member (self->json, "y", lab_json_new_number (y));
  g_object_freeze_notify (G_OBJECT (self));
  if (moved_x)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_X]);
  if (moved_y)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_Y]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
lab_node_get_placed (LabNode *self)
{
  return self->placed;
}

void
lab_node_set_placed (LabNode *self, gboolean placed)
{
  self->placed = placed;
}

const char *
lab_node_get_name (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  return self->fields->name;
}

guint
lab_node_get_id (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->id;
}

LabNodeKind
lab_node_get_kind (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), LAB_NODE_PLACEHOLDER);

  return self->fields->kind;
}

double
lab_node_get_x (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->x;
}

double
lab_node_get_y (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->y;
}

const char *
lab_node_get_symbol (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  return self->fields->symbol;
}

gboolean
lab_node_get_locked (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);

  return self->fields->locked;
}

const char *
lab_node_get_image_name (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  return self->fields->image_name;
}

const char *
lab_node_get_image_sha256 (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  return self->fields->image_sha256;
}

const char *
lab_node_get_template (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  return self->fields->template;
}

guint
lab_node_get_ethernet_adapters (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->ethernet;
}

guint
lab_node_get_serial_adapters (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->serial;
}

guint
lab_node_get_ram (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->ram;
}

guint
lab_node_get_nvram (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->nvram;
}

gboolean
lab_node_get_keepalives (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);

  return self->fields->keepalives;
}

guint
lab_node_get_start_group (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->start_group;
}

const char *
lab_node_get_start_config (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  return self->fields->start;
}

gboolean
lab_node_get_switch_port (LabNode *self, guint number, LabSwitchPort *port)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);
  g_return_val_if_fail (port != NULL, FALSE);

  if (self->fields->switch_ports == NULL || number >= self->fields->switch_ports->len)
    return FALSE;
  *port = g_array_index (self->fields->switch_ports, LabSwitchPort, number);

  return TRUE;
}

guint
lab_node_get_ageing (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->ageing;
}

const char *
lab_node_get_interface (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  return self->fields->interface;
}

gboolean
lab_node_get_frame_relay (LabNode *self, guint number, LabFrameRelay *line)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);
  g_return_val_if_fail (line != NULL, FALSE);

  if (self->fields->frame_relays == NULL || number >= self->fields->frame_relays->len)
    return FALSE;
  *line = g_array_index (self->fields->frame_relays, LabFrameRelay, number);

  return TRUE;
}

gboolean
lab_node_get_pvc (LabNode *self, guint number, LabPvc *pvc)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);
  g_return_val_if_fail (pvc != NULL, FALSE);

  if (self->fields->pvcs == NULL || number >= self->fields->pvcs->len)
    return FALSE;
  *pvc = g_array_index (self->fields->pvcs, LabPvc, number);

  return TRUE;
}

gboolean
lab_node_get_forward (LabNode *self, guint number, LabForward *forward)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);
  g_return_val_if_fail (forward != NULL, FALSE);

  if (self->fields->forwards == NULL || number >= self->fields->forwards->len)
    return FALSE;
  *forward = g_array_index (self->fields->forwards, LabForward, number);

  return TRUE;
}

gboolean
lab_node_get_host_access (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);

  return self->fields->host_access;
}

guint
lab_node_get_tunnel_port (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->tunnel_port;
}

const char *
lab_node_get_remote (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), NULL);

  return self->fields->remote;
}

guint
lab_node_get_n_ports (LabNode *self)
{
  g_return_val_if_fail (LAB_IS_NODE (self), 0);

  return self->fields->n_ports;
}

gboolean
lab_node_get_port (LabNode *self, guint number, LabPort *port)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);
  g_return_val_if_fail (port != NULL, FALSE);

  return lab_node_fields_get_port (self->fields, number, port);
}

gboolean
lab_node_find_port (LabNode *self, const char *name, LabPort *port)
{
  g_return_val_if_fail (LAB_IS_NODE (self), FALSE);
  g_return_val_if_fail (name != NULL && port != NULL, FALSE);

  return lab_node_fields_find_port (self->fields, name, port);
}
