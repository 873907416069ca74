/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A promise of a lab, which labctl run asks of the running devices. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-check-private.h"
#include "lab-json-private.h"
#include "lab-member-private.h"

#define MAX_TITLE_BYTES   255
#define MAX_SEND_BYTES    4096
#define MAX_PATTERN_BYTES 4096
#define MAX_WITHIN        86400
#define DEFAULT_WITHIN    10

struct _LabCheck
{
  GObject parent_instance;

  JsonObject *json;
};

enum
{
  PROP_NAME = 1,
  PROP_NODE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static const char *const check_keys[] = {
  "name", "node", "send", "expect", "reject", "within", NULL
};

G_DEFINE_FINAL_TYPE (LabCheck, lab_check, G_TYPE_OBJECT)

static void
lab_check_finalize (GObject *object)
{
  g_clear_pointer (&LAB_CHECK (object)->json, json_object_unref);

  G_OBJECT_CLASS (lab_check_parent_class)->finalize (object);
}

static void
lab_check_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LabCheck *self = LAB_CHECK (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, lab_check_get_name (self));
      break;
    case PROP_NODE:
      g_value_set_string (value, lab_check_get_node (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lab_check_class_init (LabCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = lab_check_finalize;
  object_class->get_property = lab_check_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_NODE] = g_param_spec_string ("node", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lab_check_init (LabCheck *self)
{
}

static gboolean
check_pattern (JsonObject *json, const char *key, LabFault *fault)
{
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GError) error = NULL;
  const char *pattern = NULL;

  if (!lab_member_line (json, key, MAX_PATTERN_BYTES, &pattern, fault))
    return FALSE;
  if (pattern == NULL)
    return TRUE;
  regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, &error);
  if (regex == NULL)
    return lab_fault_set (fault, json_object_get_member (json, key), LAB_ERROR_INVALID,
                          _ ("“%s” is no valid regular expression (%s); mend it."), key,
                          error->message);

  return TRUE;
}

static gboolean
check_send (JsonObject *json, LabFault *fault)
{
  const char *send = NULL;

  if (!lab_member_require (json, "send", fault) || !lab_member_string (json, "send", &send, fault))
    return FALSE;

  /* Just Enter is a command too. */
  return *send == '\0' || lab_member_line (json, "send", MAX_SEND_BYTES, &send, fault);
}

static gboolean
check_members (JsonObject *json, LabFault *fault)
{
  const char *node = NULL;
  double within = DEFAULT_WITHIN;

  if (!lab_member_require (json, "node", fault) ||
      !lab_member_line (json, "node", LAB_MAX_NAME_BYTES, &node, fault) ||
      !check_send (json, fault) || !check_pattern (json, "expect", fault) ||
      !check_pattern (json, "reject", fault) ||
      !lab_member_double (json, "within", 0.1, MAX_WITHIN, &within, fault))
    return FALSE;
  if (!json_object_has_member (json, "expect") && !json_object_has_member (json, "reject"))
    return lab_fault_set (fault, json, LAB_ERROR_INVALID,
                          _ ("there is neither “expect” nor “reject”; add one of them."));

  return TRUE;
}

static JsonNode *
check_value (const char *key, JsonNode *source, gconstpointer unused)
{
  if (source == NULL)
    return NULL;
  if (g_str_equal (key, "within"))
    {
      double within = json_node_get_double (source);

      return within == DEFAULT_WITHIN ? NULL : lab_json_new_number (within);
    }

  return json_node_ref (source);
}

LabCheck *
lab_check_new_from_object (JsonObject *json, LabFault *fault)
{
  const char *name = NULL;
  LabCheck *self;

  if (!lab_member_require (json, "name", fault) ||
      !lab_member_line (json, "name", MAX_TITLE_BYTES, &name, fault))
    {
      lab_fault_prefix (fault, _ ("a check: "));
      return NULL;
    }
  if (!check_members (json, fault))
    {
      lab_fault_prefix (fault, _ ("check “%s”: "), name);
      return NULL;
    }
  self = g_object_new (LAB_TYPE_CHECK, NULL);
  self->json = lab_json_rebuild (json, check_keys, check_value, NULL);

  return self;
}

JsonObject *
lab_check_peek_json (LabCheck *self)
{
  return self->json;
}

void
lab_check_set_node (LabCheck *self, const char *node)
{
  if (g_str_equal (lab_check_get_node (self), node))
    return;
  json_object_set_string_member (self->json, "node", node);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NODE]);
}

static const char *
get_string (LabCheck *self, const char *key)
{
  return json_object_get_string_member_with_default (self->json, key, NULL);
}

const char *
lab_check_get_name (LabCheck *self)
{
  g_return_val_if_fail (LAB_IS_CHECK (self), NULL);

  return get_string (self, "name");
}

const char *
lab_check_get_node (LabCheck *self)
{
  g_return_val_if_fail (LAB_IS_CHECK (self), NULL);

  return get_string (self, "node");
}

const char *
lab_check_get_send (LabCheck *self)
{
  g_return_val_if_fail (LAB_IS_CHECK (self), NULL);

  return get_string (self, "send");
}

const char *
lab_check_get_expect (LabCheck *self)
{
  g_return_val_if_fail (LAB_IS_CHECK (self), NULL);

  return get_string (self, "expect");
}

const char *
lab_check_get_reject (LabCheck *self)
{
  g_return_val_if_fail (LAB_IS_CHECK (self), NULL);

  return get_string (self, "reject");
}

double
lab_check_get_within (LabCheck *self)
{
  g_return_val_if_fail (LAB_IS_CHECK (self), DEFAULT_WITHIN);

  return json_object_get_double_member_with_default (self->json, "within", DEFAULT_WITHIN);
}
