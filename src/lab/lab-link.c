/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cable. The JSON is the truth; the names of its ends are read out of it. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-impair-private.h"
#include "lab-json-private.h"
#include "lab-link-private.h"
#include "lab-look-private.h"
#include "lab-member-private.h"
#include "lab-notify-private.h"

struct _LabLink
{
  GObject parent_instance;

  JsonObject *json;
};

enum
{
  PROP_NODE_A = 1,
  PROP_PORT_A,
  PROP_NODE_B,
  PROP_PORT_B,
  PROP_PLUGGED,
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

static const char *const ends[] = { "a", "b" };
static const char *const link_keys[] = { "a",     "b",    "plugged", "impair", "shape", "colour",
                                         "width", "dash", "label",   "bend",   NULL };
static const char *const end_keys[] = { "node", "port", "label", "hidden", NULL };

G_DEFINE_FINAL_TYPE (LabLink, lab_link, G_TYPE_OBJECT)

static void
lab_link_finalize (GObject *object)
{
  g_clear_pointer (&LAB_LINK (object)->json, json_object_unref);

  G_OBJECT_CLASS (lab_link_parent_class)->finalize (object);
}

static void
lab_link_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabLink *self = LAB_LINK (object);

  switch (id)
    {
    case PROP_NODE_A:
    case PROP_NODE_B:
      g_value_set_string (value, lab_link_get_node_name (self, id == PROP_NODE_B));
      break;
    case PROP_PORT_A:
    case PROP_PORT_B:
      g_value_set_string (value, lab_link_get_port_name (self, id == PROP_PORT_B));
      break;
    case PROP_PLUGGED:
      g_value_set_boolean (value, lab_link_get_plugged (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_link_class_init (LabLinkClass *klass)
{
  static const char *const names[] = { NULL, "node-a", "port-a", "node-b", "port-b" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = lab_link_finalize;
  object_class->get_property = lab_link_get_property;

  for (guint i = PROP_NODE_A; i <= PROP_PORT_B; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, flags);
  properties[PROP_PLUGGED] = g_param_spec_boolean ("plugged", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * LabLink::changed:
   *
   * Something of the link changed, be it a property or not (an unknown member).
   */
  signals[CHANGED] = g_signal_new ("changed", LAB_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  /**
   * LabLink::run-changed:
   *
   * What runs changed (lab-runtime.h); the document did not.
   */
  signals[RUN_CHANGED] = g_signal_new ("run-changed", LAB_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
lab_link_init (LabLink *self)
{
}

static gboolean
check_end (JsonObject *json, const char *key, LabFault *fault)
{
  JsonObject *end = NULL;
  const char *text = NULL;

  if (!lab_member_require (json, key, fault) || !lab_member_object (json, key, &end, fault))
    return FALSE;
  if (!lab_member_require (end, "node", fault) ||
      !lab_member_line (end, "node", LAB_MAX_NAME_BYTES, &text, fault) ||
      !lab_member_require (end, "port", fault) ||
      !lab_member_line (end, "port", LAB_MAX_NAME_BYTES, &text, fault) ||
      !lab_look_check (LAB_LOOK_END, end, fault))
    return lab_fault_prefix (fault, _ ("end “%s”: "), key);

  return TRUE;
}

static JsonNode *
end_value (const char *key, JsonNode *source, gconstpointer unused)
{
  return lab_look_value (LAB_LOOK_END, key, source);
}

static JsonNode *
link_value (const char *key, JsonNode *source, gconstpointer unused)
{
  if (g_str_equal (key, "plugged"))
    return source == NULL || json_node_get_boolean (source) ? NULL : json_node_ref (source);
  if (g_str_equal (key, "a") || g_str_equal (key, "b"))
    {
      g_autoptr (JsonObject) end =
          lab_json_rebuild (json_node_get_object (source), end_keys, end_value, NULL);

      return lab_json_new_object (end);
    }

  if (g_str_equal (key, "impair"))
    return lab_impair_value (source);

  return lab_look_value (LAB_LOOK_LINK, key, source);
}

JsonObject *
lab_link_rebuild (JsonObject *json, LabFault *fault)
{
  gboolean plugged = TRUE;

  if (!check_end (json, "a", fault) || !check_end (json, "b", fault) ||
      !lab_member_boolean (json, "plugged", &plugged, fault) || !lab_impair_check (json, fault) ||
      !lab_look_check (LAB_LOOK_LINK, json, fault))
    return NULL;

  return lab_json_rebuild (json, link_keys, link_value, NULL);
}

LabLink *
lab_link_new_from_object (JsonObject *json, LabFault *fault)
{
  JsonObject *canonical = lab_link_rebuild (json, fault);
  LabLink *self;

  if (canonical == NULL)
    return NULL;
  self = g_object_new (LAB_TYPE_LINK, NULL);
  self->json = canonical;

  return self;
}

/**
 * lab_link_new_from_json:
 * @json: what lab_link_to_json() gave
 * @error: return location for a #LabError
 *
 * Makes a link, unknown members included. Whether its ends exist is said when it is added.
 *
 * Returns: (transfer full) (nullable): a link
 */
LabLink *
lab_link_new_from_json (JsonNode *json, GError **error)
{
  g_autoptr (JsonNode) copy = NULL;
  LabFault fault = { 0 };
  LabLink *self = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (json))
    lab_fault_set (&fault, json, LAB_ERROR_INVALID, _ ("a link must be an object in braces."));
  else if ((copy = lab_json_import (json, LAB_MAX_DEPTH - 2, &fault)) != NULL)
    self = lab_link_new_from_object (json_node_get_object (copy), &fault);
  if (self == NULL)
    lab_fault_raise (&fault, error);

  return self;
}

static void
add_end (JsonObject *json, const char *key, const char *node, const char *port)
{
  JsonObject *end = json_object_new ();

  json_object_set_string_member (end, "node", node);
  json_object_set_string_member (end, "port", port);
  json_object_set_object_member (json, key, end);
}

LabLink *
lab_link_new (const char *node_a, const char *port_a, const char *node_b, const char *port_b)
{
  LabLink *self;

  g_return_val_if_fail (node_a != NULL && port_a != NULL, NULL);
  g_return_val_if_fail (node_b != NULL && port_b != NULL, NULL);

  self = g_object_new (LAB_TYPE_LINK, NULL);
  self->json = json_object_new ();
  add_end (self->json, "a", node_a, port_a);
  add_end (self->json, "b", node_b, port_b);

  return self;
}

JsonNode *
lab_link_to_json (LabLink *self)
{
  g_return_val_if_fail (LAB_IS_LINK (self), NULL);

  return lab_json_copy (self->json);
}

JsonObject *
lab_link_peek_json (LabLink *self)
{
  return self->json;
}

JsonNode *
lab_link_peek_member (LabLink *self, guint end, const char *key)
{
  return json_object_get_member (json_object_get_object_member (self->json, ends[end]), key);
}

void
lab_link_set_json (LabLink *self, JsonObject *json)
{
  GArray *before = lab_notify_begin (G_OBJECT (self), properties, N_PROPERTIES);

  json_object_ref (json);
  json_object_unref (self->json);
  self->json = json;
  lab_notify_end (G_OBJECT (self), properties, N_PROPERTIES, before);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* In place, as in lab-node.c: an older JSON that history keeps has ends of its own, and is seen
 * again only when what was renamed here has been renamed back. */
static void
set_end (LabLink *self, guint end, const char *key, const char *value, guint property)
{
  JsonObject *object = json_object_get_object_member (self->json, ends[end]);

  if (g_str_equal (json_object_get_string_member (object, key), value))
    return;
  json_object_set_string_member (object, key, value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lab_link_set_node_name (LabLink *self, guint end, const char *name)
{
  set_end (self, end, "node", name, end == 0 ? PROP_NODE_A : PROP_NODE_B);
}

void
lab_link_set_port_name (LabLink *self, guint end, const char *name)
{
  set_end (self, end, "port", name, end == 0 ? PROP_PORT_A : PROP_PORT_B);
}

const char *
lab_link_get_node_name (LabLink *self, guint end)
{
  g_return_val_if_fail (LAB_IS_LINK (self), NULL);
  g_return_val_if_fail (end < 2, NULL);

  return json_node_get_string (lab_link_peek_member (self, end, "node"));
}

const char *
lab_link_get_port_name (LabLink *self, guint end)
{
  g_return_val_if_fail (LAB_IS_LINK (self), NULL);
  g_return_val_if_fail (end < 2, NULL);

  return json_node_get_string (lab_link_peek_member (self, end, "port"));
}

gboolean
lab_link_get_plugged (LabLink *self)
{
  g_return_val_if_fail (LAB_IS_LINK (self), FALSE);

  return json_object_get_boolean_member_with_default (self->json, "plugged", TRUE);
}

gboolean
lab_link_touches (LabLink *self, const char *node_name, const char *port_name)
{
  g_return_val_if_fail (LAB_IS_LINK (self), FALSE);
  g_return_val_if_fail (node_name != NULL, FALSE);

  for (guint end = 0; end < 2; end++)
    if (g_str_equal (lab_link_get_node_name (self, end), node_name) &&
        (port_name == NULL || g_str_equal (lab_link_get_port_name (self, end), port_name)))
      return TRUE;

  return FALSE;
}

char *
lab_link_dup_title (LabLink *self)
{
  g_return_val_if_fail (LAB_IS_LINK (self), NULL);

  return g_strdup_printf ("%s %s – %s %s", lab_link_get_node_name (self, 0),
                          lab_link_get_port_name (self, 0), lab_link_get_node_name (self, 1),
                          lab_link_get_port_name (self, 1));
}
