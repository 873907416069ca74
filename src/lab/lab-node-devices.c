/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings of devices inside the relay that lead elsewhere: circuits of Frame Relay switches, and
 * forwarded ports of a nat. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-member-private.h"
#include "lab-node-private.h"

#define MAX_GUEST  15
#define MAX_REMOTE 21

static const char *const protocols[] = { "tcp", "udp", NULL };

static gboolean
parse_end (LabNodeFields *fields, JsonObject *json, guint end, LabPvc *pvc, LabFault *fault)
{
  const char *key = end == 0 ? "a" : "b";
  JsonObject *object = NULL;
  const char *name = NULL;
  LabPort port;

  if (!lab_member_require (json, key, fault) || !lab_member_object (json, key, &object, fault))
    return FALSE;
  if (!lab_member_require (object, "port", fault) ||
      !lab_member_line (object, "port", LAB_MAX_NAME_BYTES, &name, fault) ||
      !lab_member_require (object, "dlci", fault) ||
      !lab_member_uint (object, "dlci", LAB_MIN_DLCI, LAB_MAX_DLCI, &pvc->dlci[end], fault))
    return lab_fault_prefix (fault, "“%s”: ", key);
  if (!lab_node_fields_find_port (fields, name, &port))
    return lab_fault_set (fault, json_object_get_member (object, "port"), LAB_ERROR_INVALID,
                          _ ("“%s”: there is no port “%s”; the ports are s0 to s%u."), key, name,
                          fields->n_ports - 1);
  pvc->port[end] = port.unit;

  return TRUE;
}

/* A DLCI of a port leads to one place. */
static gboolean
check_free (LabNodeFields *fields, const LabPvc *pvc, gconstpointer at, LabFault *fault)
{
  gboolean loop = pvc->port[0] == pvc->port[1] && pvc->dlci[0] == pvc->dlci[1];

  for (guint end = 0; end < 2; end++)
    {
      gboolean used = loop;

      for (guint i = 0; i < fields->pvcs->len; i++)
        {
          const LabPvc *other = &g_array_index (fields->pvcs, LabPvc, i);

          for (guint k = 0; k < 2; k++)
            used |= other->port[k] == pvc->port[end] && other->dlci[k] == pvc->dlci[end];
        }
      if (used)
        return lab_fault_set (fault, at, LAB_ERROR_INVALID,
                              _ ("DLCI %u of port s%u has a circuit already; choose another."),
                              pvc->dlci[end], pvc->port[end]);
    }

  return TRUE;
}

static gboolean
parse_pvc (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  LabPvc pvc = { 0 };

  if (!parse_end (fields, json, 0, &pvc, fault) || !parse_end (fields, json, 1, &pvc, fault) ||
      !check_free (fields, &pvc, json, fault))
    return FALSE;
  g_array_append_val (fields->pvcs, pvc);

  return TRUE;
}

/* An address of the nat's network that a device may have: not the router's. */
static gboolean
parse_guest (JsonObject *json, LabForward *forward, LabFault *fault)
{
  const char *guest = LAB_NAT_FIRST_ADDRESS;
  g_autoptr (GInetAddress) address = NULL;
  const guint8 *bytes;

  if (!lab_member_line (json, "guest", MAX_GUEST, &guest, fault))
    return FALSE;
  address = g_inet_address_new_from_string (guest);
  bytes = address != NULL ? g_inet_address_to_bytes (address) : NULL;
  if (bytes == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV4 ||
      bytes[0] != 10 || bytes[1] != 0 || bytes[2] != 2 || bytes[3] < 4 || bytes[3] > 254)
    return lab_fault_set (fault, json_object_get_member (json, "guest"), LAB_ERROR_INVALID,
                          _ ("“guest” must be an address behind the NAT, 10.0.2.4 to 10.0.2.254."));
  g_strlcpy (forward->guest, guest, sizeof forward->guest);

  return TRUE;
}

static gboolean
parse_forward (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  LabForward forward = { 0 };
  guint protocol = 0;

  if (!lab_member_choice (json, "proto", protocols, &protocol, fault) ||
      !lab_member_require (json, "host-port", fault) ||
      !lab_member_uint (json, "host-port", 1, 65535, &forward.host_port, fault) ||
      !parse_guest (json, &forward, fault) || !lab_member_require (json, "guest-port", fault) ||
      !lab_member_uint (json, "guest-port", 1, 65535, &forward.guest_port, fault))
    return FALSE;
  forward.udp = protocol == 1;
  for (guint i = 0; i < fields->forwards->len; i++)
    {
      const LabForward *other = &g_array_index (fields->forwards, LabForward, i);

      if (other->udp == forward.udp && other->host_port == forward.host_port)
        return lab_fault_set (fault, json_object_get_member (json, "host-port"), LAB_ERROR_INVALID,
                              _ ("port %u is forwarded already; choose another."),
                              forward.host_port);
    }
  g_array_append_val (fields->forwards, forward);

  return TRUE;
}

/* An IPv4 address and a port. */
static gboolean
parse_remote (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  const char *remote = NULL;
  const char *colon;
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) address = NULL;
  guint64 port;

  if (!lab_member_line (json, "remote", MAX_REMOTE, &remote, fault))
    return FALSE;
  if (remote == NULL)
    return TRUE;
  colon = strchr (remote, ':');
  host = g_strndup (remote, colon != NULL ? (gsize) (colon - remote) : 0);
  address = g_inet_address_new_from_string (host);
  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV4 ||
      colon[1] == '0' || !g_ascii_string_to_unsigned (colon + 1, 10, 1, 65535, &port, NULL))
    return lab_fault_set (fault, json_object_get_member (json, "remote"), LAB_ERROR_INVALID,
                          _ ("“remote” must be an address and a port, like 192.0.2.1:5001."));
  fields->remote = g_strdup (remote);

  return TRUE;
}

gboolean
lab_node_parse_list (LabNodeFields *fields,
                     JsonObject *json,
                     const char *key,
                     guint max,
                     LabParseItem parse,
                     LabFault *fault)
{
  JsonArray *items = NULL;
  guint n_items;

  if (!lab_member_array (json, key, &items, fault))
    return FALSE;
  n_items = items != NULL ? json_array_get_length (items) : 0;
  if (n_items > max)
    return lab_fault_set (fault, json_object_get_member (json, key), LAB_ERROR_LIMIT,
                          _ ("“%s” lists %u things; %u are possible."), key, n_items, max);
  for (guint i = 0; i < n_items; i++)
    {
      JsonNode *item = json_array_get_element (items, i);

      if (!JSON_NODE_HOLDS_OBJECT (item))
        return lab_fault_set (fault, item, LAB_ERROR_INVALID,
                              _ ("each of “%s” must be an object in braces."), key);
      if (!parse (fields, json_node_get_object (item), fault))
        return lab_fault_prefix (fault, _ ("“%s”, number %u: "), key, i + 1);
    }

  return TRUE;
}

gboolean
lab_node_devices_parse (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  if (fields->kind == LAB_NODE_IOU)
    return lab_node_frame_relay_parse (fields, json, fault);
  if (fields->kind == LAB_NODE_FRAME_RELAY_SWITCH)
    {
      fields->pvcs = g_array_new (FALSE, FALSE, sizeof (LabPvc));
      return lab_node_parse_list (fields, json, "maps", LAB_MAX_PVCS, parse_pvc, fault);
    }
  if (fields->kind == LAB_NODE_NAT)
    {
      fields->forwards = g_array_new (FALSE, FALSE, sizeof (LabForward));
      return lab_member_boolean (json, "host-access", &fields->host_access, fault) &&
             lab_node_parse_list (fields, json, "forwards", LAB_MAX_FORWARDS, parse_forward, fault);
    }
  if (fields->kind == LAB_NODE_TUNNEL)
    return lab_member_uint (json, "port", 1, 65535, &fields->tunnel_port, fault) &&
           parse_remote (fields, json, fault);

  return TRUE;
}
