/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A node's ports: derived from its settings, by number and by name.
 *
 * iou ports are numbered adapter by adapter, the Ethernet adapters first; serial adapters follow
 * them, so the first serial port of a node with two Ethernet adapters is s2/0. The others have one
 * row of ports. Only a placeholder lists its ports by name. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-json-private.h"
#include "lab-member-private.h"
#include "lab-node-private.h"
#include "lab-vlan.h"

/* A list of VLANs must fit the relay's command line. */
#define MAX_ALLOWED_BYTES 2048
#define MAX_FOREIGN_PORTS 256

static const char *const modes[] = { "access", "trunk", "qinq", NULL };
static const char *const port_kinds[] = { "ethernet", "serial", NULL };
static const char *const access_keys[] = { "mode", "vlan", NULL };
static const char *const trunk_keys[] = { "mode", "native", "allowed", NULL };
static const char *const foreign_keys[] = { "name", "kind", NULL };

static gboolean
parse_allowed (LabNodeFields *fields, JsonObject *json, LabSwitchPort *port, LabFault *fault)
{
  g_autoptr (GError) error = NULL;
  const char *allowed = NULL;

  if (!lab_member_line (json, "allowed", MAX_ALLOWED_BYTES, &allowed, fault))
    return FALSE;
  if (allowed == NULL)
    return TRUE;
  if (!lab_vlan_list_parse (allowed, NULL, &error))
    return lab_fault_set (fault, json_object_get_member (json, "allowed"), LAB_ERROR_INVALID, "%s",
                          error->message);
  port->allowed = g_strdup (allowed);
  g_ptr_array_add (fields->switch_allowed, (char *) port->allowed);

  return TRUE;
}

static gboolean
parse_switch_port (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  LabSwitchPort port = { .mode = LAB_SWITCH_ACCESS, .vlan = 1 };
  guint mode = LAB_SWITCH_ACCESS;

  if (!lab_member_choice (json, "mode", modes, &mode, fault) ||
      !lab_member_uint (json, mode == LAB_SWITCH_TRUNK ? "native" : "vlan", 1, LAB_MAX_VLAN,
                        &port.vlan, fault) ||
      (mode == LAB_SWITCH_TRUNK && !parse_allowed (fields, json, &port, fault)))
    return FALSE;
  port.mode = (LabSwitchPortMode) mode;
  g_array_append_val (fields->switch_ports, port);

  return TRUE;
}

static gboolean
parse_foreign_port (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  LabPort port = { .unit = fields->foreign_ports->len };
  const char *name = NULL;
  guint kind = LAB_PORT_ETHERNET;
  LabPort other;

  if (!lab_member_require (json, "name", fault) ||
      !lab_member_line (json, "name", sizeof port.name - 1, &name, fault) ||
      !lab_name_check (name, json_object_get_member (json, "name"), fault) ||
      !lab_member_choice (json, "kind", port_kinds, &kind, fault))
    return FALSE;
  if (lab_node_fields_find_port (fields, name, &other))
    return lab_fault_set (fault, json_object_get_member (json, "name"), LAB_ERROR_INVALID,
                          _ ("there is a port “%s” already; give it another name."), other.name);
  g_strlcpy (port.name, name, sizeof port.name);
  g_strlcpy (port.long_name, name, sizeof port.long_name);
  port.kind = (LabPortKind) kind;
  g_array_append_val (fields->foreign_ports, port);

  return TRUE;
}

typedef gboolean (*ParsePort) (LabNodeFields *fields, JsonObject *json, LabFault *fault);

static gboolean
parse_port_list (
    LabNodeFields *fields, JsonObject *json, ParsePort parse, guint min, guint max, LabFault *fault)
{
  JsonArray *ports = NULL;

  if (!lab_member_array (json, "ports", &ports, fault))
    return FALSE;
  fields->n_ports = ports != NULL ? json_array_get_length (ports) : 0;
  if (fields->n_ports < min || fields->n_ports > max)
    return lab_fault_set (fault, json_object_get_member (json, "ports"), LAB_ERROR_LIMIT,
                          _ ("“ports” lists %u ports; it must be %u to %u."), fields->n_ports, min,
                          max);
  for (guint i = 0; i < fields->n_ports; i++)
    {
      JsonNode *port = json_array_get_element (ports, i);

      if (!JSON_NODE_HOLDS_OBJECT (port))
        return lab_fault_set (fault, port, LAB_ERROR_INVALID,
                              _ ("each of “ports” must be an object in braces."));
      if (!parse (fields, json_node_get_object (port), fault))
        return lab_fault_prefix (fault, _ ("port %u: "), i);
    }

  return TRUE;
}

gboolean
lab_node_ports_parse (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  switch (fields->kind)
    {
    case LAB_NODE_IOU:
      fields->n_ports = (fields->ethernet + fields->serial) * LAB_PORTS_PER_ADAPTER;
      return TRUE;
    case LAB_NODE_SWITCH:
      fields->switch_ports = g_array_new (FALSE, FALSE, sizeof (LabSwitchPort));
      fields->switch_allowed = g_ptr_array_new_with_free_func (g_free);
      return lab_member_require (json, "ports", fault) &&
             parse_port_list (fields, json, parse_switch_port, 1, LAB_MAX_SWITCH_PORTS, fault);
    case LAB_NODE_HUB:
    case LAB_NODE_FRAME_RELAY_SWITCH:
      return lab_member_require (json, "ports", fault) &&
             lab_member_uint (json, "ports", 1, LAB_MAX_SWITCH_PORTS, &fields->n_ports, fault);
    case LAB_NODE_PLACEHOLDER:
      fields->foreign_ports = g_array_new (FALSE, FALSE, sizeof (LabPort));
      return parse_port_list (fields, json, parse_foreign_port, 0, MAX_FOREIGN_PORTS, fault);
    case LAB_NODE_NAT:
    case LAB_NODE_TAP:
    case LAB_NODE_TUNNEL:
    default:
      fields->n_ports = 1;
      return TRUE;
    }
}

static JsonNode *
switch_port_value (const char *key, JsonNode *source, gconstpointer data)
{
  const LabSwitchPort *port = data;

  if (g_str_equal (key, "mode"))
    return lab_json_new_string (modes[port->mode]);
  if (g_str_equal (key, "allowed"))
    return source != NULL ? json_node_ref (source) : NULL;

  return lab_json_new_int (port->vlan);
}

static JsonNode *
foreign_port_value (const char *key, JsonNode *source, gconstpointer data)
{
  const LabPort *port = data;

  if (g_str_equal (key, "name"))
    return lab_json_new_string (port->name);

  return lab_json_new_string (port_kinds[port->kind]);
}

JsonNode *
lab_node_ports_to_json (const LabNodeFields *fields, JsonNode *source)
{
  g_autoptr (JsonArray) ports = NULL;

  if (source == NULL || (fields->kind == LAB_NODE_PLACEHOLDER && fields->n_ports == 0))
    return NULL;
  if (fields->kind != LAB_NODE_SWITCH && fields->kind != LAB_NODE_PLACEHOLDER)
    return json_node_ref (source);

  ports = json_array_sized_new (fields->n_ports);
  for (guint i = 0; i < fields->n_ports; i++)
    {
      JsonObject *old = json_array_get_object_element (json_node_get_array (source), i);

      if (fields->kind == LAB_NODE_SWITCH)
        {
          const LabSwitchPort *port = &g_array_index (fields->switch_ports, LabSwitchPort, i);

          json_array_add_object_element (
              ports,
              lab_json_rebuild (old, port->mode == LAB_SWITCH_TRUNK ? trunk_keys : access_keys,
                                switch_port_value, port));
        }
      else
        {
          json_array_add_object_element (
              ports, lab_json_rebuild (old, foreign_keys, foreign_port_value,
                                       &g_array_index (fields->foreign_ports, LabPort, i)));
        }
    }

  return json_node_init_array (json_node_alloc (), ports);
}

static void
fill_iou_port (const LabNodeFields *fields, guint number, LabPort *port)
{
  port->bay = number / LAB_PORTS_PER_ADAPTER;
  port->unit = number % LAB_PORTS_PER_ADAPTER;
  port->kind = port->bay < fields->ethernet ? LAB_PORT_ETHERNET : LAB_PORT_SERIAL;
  g_snprintf (port->name, sizeof port->name, "%c%u/%u", port->kind == LAB_PORT_ETHERNET ? 'e' : 's',
              port->bay, port->unit);
  g_snprintf (port->long_name, sizeof port->long_name, "%s%u/%u",
              port->kind == LAB_PORT_ETHERNET ? "Ethernet" : "Serial", port->bay, port->unit);
}

gboolean
lab_node_fields_get_port (const LabNodeFields *fields, guint number, LabPort *port)
{
  if (number >= fields->n_ports)
    return FALSE;
  if (fields->kind == LAB_NODE_PLACEHOLDER)
    {
      *port = g_array_index (fields->foreign_ports, LabPort, number);
      return TRUE;
    }
  *port = (LabPort){ .unit = number };
  if (fields->kind == LAB_NODE_IOU)
    {
      fill_iou_port (fields, number, port);
      return TRUE;
    }
  port->kind = fields->kind == LAB_NODE_FRAME_RELAY_SWITCH ? LAB_PORT_SERIAL : LAB_PORT_ETHERNET;
  g_snprintf (port->name, sizeof port->name, "%c%u", port->kind == LAB_PORT_ETHERNET ? 'e' : 's',
              number);
  g_snprintf (port->long_name, sizeof port->long_name, "%s%u",
              port->kind == LAB_PORT_ETHERNET ? "Ethernet" : "Serial", number);

  return TRUE;
}

/* Steps over a small number. */
static gboolean
parse_number (const char **text, guint *number)
{
  const char *p = *text;

  if (!g_ascii_isdigit (*p) || (*p == '0' && g_ascii_isdigit (p[1])))
    return FALSE;
  for (*number = 0; g_ascii_isdigit (*p) && *number < 10000; p++)
    *number = *number * 10 + (guint) (*p - '0');
  *text = p;

  return TRUE;
}

/* Names of made ports are taken apart, not searched for: a large lab asks for thousands. */
static gboolean
find_made_port (const LabNodeFields *fields, const char *name, LabPort *port)
{
  static const char *const prefixes[] = { "ethernet", "serial", "e", "s" };
  const char *p = NULL;
  guint number;
  guint unit;

  for (guint i = 0; i < G_N_ELEMENTS (prefixes) && p == NULL; i++)
    if (g_ascii_strncasecmp (name, prefixes[i], strlen (prefixes[i])) == 0)
      p = name + strlen (prefixes[i]);
  if (p == NULL || !parse_number (&p, &number))
    return FALSE;
  if (fields->kind == LAB_NODE_IOU)
    {
      if (*p++ != '/' || !parse_number (&p, &unit) || unit >= LAB_PORTS_PER_ADAPTER)
        return FALSE;
      number = number * LAB_PORTS_PER_ADAPTER + unit;
    }

  return *p == '\0' && lab_node_fields_get_port (fields, number, port) &&
         (g_ascii_strcasecmp (name, port->name) == 0 ||
          g_ascii_strcasecmp (name, port->long_name) == 0);
}

gboolean
lab_node_fields_find_port (const LabNodeFields *fields, const char *name, LabPort *port)
{
  if (fields->kind != LAB_NODE_PLACEHOLDER)
    return find_made_port (fields, name, port);
  for (guint i = 0; i < fields->foreign_ports->len; i++)
    {
      const LabPort *other = &g_array_index (fields->foreign_ports, LabPort, i);

      if (g_ascii_strcasecmp (name, other->name) == 0)
        {
          *port = *other;
          return TRUE;
        }
    }

  return FALSE;
}
