/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A node's JSON: reading, checking, and its canonical form. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-json-private.h"
#include "lab-look-private.h"
#include "lab-member-private.h"
#include "lab-node-private.h"

#define MAX_FILE_NAME 255
#define MAX_TEMPLATE  100
#define MAX_INTERFACE 15
#define MAX_AGEING    1000000

static const char *const kind_names[] = { "iou", "switch", "hub",    "frame-relay-switch",
                                          "nat", "tap",    "tunnel", "placeholder",
                                          NULL };

#define COMMON_KEYS "name", "id", "kind", "x", "y", "symbol", "locked", "label", "layer"
static const char *const iou_keys[] = { COMMON_KEYS,   "image",       "template", "ethernet",
                                        "serial",      "ram",         "nvram",    "keepalives",
                                        "start-group", "frame-relay", "start",    NULL };
static const char *const switch_keys[] = { COMMON_KEYS, "ports", "ageing", NULL };
static const char *const hub_keys[] = { COMMON_KEYS, "ports", NULL };
static const char *const frame_relay_keys[] = { COMMON_KEYS, "ports", "maps", NULL };
static const char *const nat_keys[] = { COMMON_KEYS, "host-access", "forwards", NULL };
static const char *const tap_keys[] = { COMMON_KEYS, "interface", NULL };
static const char *const tunnel_keys[] = { COMMON_KEYS, "port", "remote", NULL };
static const char *const placeholder_keys[] = { COMMON_KEYS, "ports", "foreign", NULL };
static const char *const *const kind_keys[] = { iou_keys,         switch_keys,     hub_keys,
                                                frame_relay_keys, nat_keys,        tap_keys,
                                                tunnel_keys,      placeholder_keys };

static const char *const image_keys[] = { "name", "sha256", NULL };

const char *
lab_node_kind_to_string (LabNodeKind kind)
{
  g_return_val_if_fail (kind <= LAB_NODE_PLACEHOLDER, NULL);

  return kind_names[kind];
}

void
lab_node_fields_free (LabNodeFields *fields)
{
  g_free (fields->name);
  g_free (fields->symbol);
  g_free (fields->image_name);
  g_free (fields->image_sha256);
  g_free (fields->template);
  g_free (fields->start);
  g_free (fields->interface);
  g_free (fields->remote);
  g_clear_pointer (&fields->switch_ports, g_array_unref);
  g_clear_pointer (&fields->switch_allowed, g_ptr_array_unref);
  g_clear_pointer (&fields->foreign_ports, g_array_unref);
  g_clear_pointer (&fields->pvcs, g_array_unref);
  g_clear_pointer (&fields->frame_relays, g_array_unref);
  g_clear_pointer (&fields->forwards, g_array_unref);
  g_free (fields);
}

/* The file name of an image: never a path, labs are passed on. */
static gboolean
parse_image (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  JsonObject *image = NULL;
  const char *name = NULL;
  const char *sha256 = NULL;

  if (!lab_member_require (json, "image", fault) ||
      !lab_member_object (json, "image", &image, fault))
    return FALSE;
  if (!lab_member_require (image, "name", fault) ||
      !lab_member_line (image, "name", MAX_FILE_NAME, &name, fault) ||
      !lab_member_string (image, "sha256", &sha256, fault))
    return lab_fault_prefix (fault, _ ("“image”: "));
  if (strchr (name, '/') != NULL || g_str_equal (name, ".") || g_str_equal (name, ".."))
    return lab_fault_set (fault, json_object_get_member (image, "name"), LAB_ERROR_INVALID,
                          _ ("the image's name must be a file name, without folders."));
  if (sha256 != NULL && (strlen (sha256) != 64 || strspn (sha256, "0123456789abcdefABCDEF") != 64))
    return lab_fault_set (fault, json_object_get_member (image, "sha256"), LAB_ERROR_INVALID,
                          _ ("the image's “sha256” must be 64 hexadecimal digits."));
  fields->image_name = g_strdup (name);
  fields->image_sha256 = sha256 != NULL ? g_ascii_strdown (sha256, -1) : NULL;

  return TRUE;
}

static gboolean
parse_iou (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  const char *template = NULL;

  fields->ethernet = 1;
  fields->keepalives = TRUE;
  if (!parse_image (fields, json, fault) ||
      !lab_member_line (json, "template", MAX_TEMPLATE, &template, fault) ||
      !lab_member_uint (json, "ethernet", 0, LAB_MAX_ADAPTERS, &fields->ethernet, fault) ||
      !lab_member_uint (json, "serial", 0, LAB_MAX_ADAPTERS, &fields->serial, fault) ||
      !lab_member_uint (json, "ram", 0, LAB_MAX_RAM, &fields->ram, fault) ||
      !lab_member_uint (json, "nvram", 0, LAB_MAX_NVRAM, &fields->nvram, fault) ||
      !lab_member_boolean (json, "keepalives", &fields->keepalives, fault) ||
      !lab_member_uint (json, "start-group", 0, LAB_MAX_START_GROUP, &fields->start_group, fault) ||
      !lab_member_lines (json, "start", &fields->start, fault))
    return FALSE;
  fields->template = g_strdup (template);
  if (fields->ethernet + fields->serial > LAB_MAX_ADAPTERS)
    return lab_fault_set (
        fault, json_object_get_member (json, fields->serial > 0 ? "serial" : "ethernet"),
        LAB_ERROR_INVALID, _ ("%u Ethernet and %u serial adapters are more than %d; remove some."),
        fields->ethernet, fields->serial, LAB_MAX_ADAPTERS);
  if (fields->nvram > 0 && fields->nvram < LAB_MIN_NVRAM)
    return lab_fault_set (fault, json_object_get_member (json, "nvram"), LAB_ERROR_INVALID,
                          _ ("“nvram” must be a whole number from %d to %d (KB)."), LAB_MIN_NVRAM,
                          LAB_MAX_NVRAM);

  return TRUE;
}

static gboolean
parse_interface (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  const char *name = NULL;

  if (!lab_member_line (json, "interface", MAX_INTERFACE, &name, fault))
    return FALSE;
  for (const char *p = name; p != NULL && *p != '\0'; p++)
    if (*p == '/' || *p == ':' || g_ascii_isspace (*p))
      return lab_fault_set (fault, json_object_get_member (json, "interface"), LAB_ERROR_INVALID,
                            _ ("“interface” must be the name of a network interface, like tap0."));
  fields->interface = g_strdup (name);

  return TRUE;
}

static gboolean
parse_common (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  const char *symbol = NULL;
  guint kind = 0;

  if (!lab_member_uint (json, "id", 1, LAB_MAX_ID, &fields->id, fault) ||
      !lab_member_require (json, "kind", fault) ||
      !lab_member_choice (json, "kind", kind_names, &kind, fault) ||
      !lab_member_double (json, "x", -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE, &fields->x, fault) ||
      !lab_member_double (json, "y", -LAB_MAX_COORDINATE, LAB_MAX_COORDINATE, &fields->y, fault) ||
      !lab_member_line (json, "symbol", MAX_FILE_NAME, &symbol, fault) ||
      !lab_member_boolean (json, "locked", &fields->locked, fault) ||
      !lab_look_check (LAB_LOOK_NODE, json, fault))
    return FALSE;
  fields->kind = (LabNodeKind) kind;
  fields->symbol = g_strdup (symbol);

  return TRUE;
}

static gboolean
parse_by_kind (LabNodeFields *fields, JsonObject *json, LabFault *fault)
{
  switch (fields->kind)
    {
    case LAB_NODE_IOU:
      return parse_iou (fields, json, fault);
    case LAB_NODE_SWITCH:
      fields->ageing = 300;
      return lab_member_uint (json, "ageing", 1, MAX_AGEING, &fields->ageing, fault);
    case LAB_NODE_TAP:
      return parse_interface (fields, json, fault);
    case LAB_NODE_HUB:
    case LAB_NODE_FRAME_RELAY_SWITCH:
    case LAB_NODE_NAT:
    case LAB_NODE_TUNNEL:
    case LAB_NODE_PLACEHOLDER:
    default:
      return TRUE;
    }
}

LabNodeFields *
lab_node_fields_parse (JsonObject *json, LabFault *fault)
{
  g_autoptr (LabNodeFields) fields = g_new0 (LabNodeFields, 1);
  const char *name = NULL;

  if (!lab_member_require (json, "name", fault) ||
      !lab_member_string (json, "name", &name, fault) ||
      !lab_name_check (name, json_object_get_member (json, "name"), fault))
    {
      lab_fault_prefix (fault, _ ("a node: "));
      return NULL;
    }
  fields->name = g_strdup (name);
  if (!parse_common (fields, json, fault) || !parse_by_kind (fields, json, fault) ||
      !lab_node_ports_parse (fields, json, fault) || !lab_node_devices_parse (fields, json, fault))
    {
      lab_fault_prefix (fault, _ ("node “%s”: "), name);
      return NULL;
    }

  return g_steal_pointer (&fields);
}

static JsonNode *
image_value (const char *key, JsonNode *source, gconstpointer data)
{
  const LabNodeFields *fields = data;

  if (g_str_equal (key, "sha256"))
    return fields->image_sha256 != NULL ? lab_json_new_string (fields->image_sha256) : NULL;

  return json_node_ref (source);
}

static JsonNode *
image_to_json (const LabNodeFields *fields, JsonNode *source)
{
  g_autoptr (JsonObject) image =
      lab_json_rebuild (json_node_get_object (source), image_keys, image_value, fields);

  return lab_json_new_object (image);
}

static JsonNode *
keep_unless (JsonNode *source, gboolean is_default)
{
  return source == NULL || is_default ? NULL : json_node_ref (source);
}

/* The start configuration stays as it is if it is an array of lines already. */
static JsonNode *
start_to_json (const LabNodeFields *fields, JsonNode *source)
{
  if (fields->start == NULL)
    return NULL;

  return JSON_NODE_HOLDS_ARRAY (source) ? json_node_ref (source)
                                        : lab_json_new_lines (fields->start);
}

static JsonNode *
node_value (const char *key, JsonNode *source, gconstpointer data)
{
  const LabNodeFields *fields = data;

  if (g_str_equal (key, "id"))
    return fields->id != 0 ? lab_json_new_int (fields->id) : NULL;
  if (g_str_equal (key, "x"))
    return lab_json_new_number (fields->x);
  if (g_str_equal (key, "y"))
    return lab_json_new_number (fields->y);
  if (g_str_equal (key, "locked"))
    return keep_unless (source, !fields->locked);
  if (g_str_equal (key, "image"))
    return image_to_json (fields, source);
  if (g_str_equal (key, "ethernet"))
    return keep_unless (source, fields->ethernet == 1);
  if (g_str_equal (key, "serial"))
    return keep_unless (source, fields->serial == 0);
  if (g_str_equal (key, "ram"))
    return keep_unless (source, fields->ram == 0);
  if (g_str_equal (key, "nvram"))
    return keep_unless (source, fields->nvram == 0);
  if (g_str_equal (key, "keepalives"))
    return keep_unless (source, fields->keepalives);
  if (g_str_equal (key, "start-group"))
    return keep_unless (source, fields->start_group == 0);
  if (g_str_equal (key, "frame-relay"))
    return keep_unless (source, fields->frame_relays->len == 0);
  if (g_str_equal (key, "host-access"))
    return keep_unless (source, !fields->host_access);
  if (g_str_equal (key, "start"))
    return start_to_json (fields, source);
  if (g_str_equal (key, "ageing"))
    return keep_unless (source, fields->ageing == 300);
  if (g_str_equal (key, "label") || g_str_equal (key, "layer"))
    return lab_look_value (LAB_LOOK_NODE, key, source);
  if (g_str_equal (key, "ports"))
    return lab_node_ports_to_json (fields, source);

  return keep_unless (source, FALSE);
}

JsonObject *
lab_node_fields_rebuild (const LabNodeFields *fields, JsonObject *json)
{
  return lab_json_rebuild (json, kind_keys[fields->kind], node_value, fields);
}
