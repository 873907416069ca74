/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The member "impair" of links: what may stand in it, and its canonical form. Nothing of value 0 is
 * kept, and no direction without members. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include "lab-impair.h"

#include <glib/gi18n-lib.h>

#include "lab-impair-private.h"
#include "lab-json-private.h"
#include "lab-link-private.h"
#include "lab-member-private.h"

#define MAX_DELAY        60000
#define MAX_RATE         100000000
#define MAX_FRAMES       1000000
#define MAX_BYTES        (64 << 20)
#define MAX_FILTER_BYTES 512

static const char *const shapes[] = { "uniform", "normal", NULL };
static const char *const orders[] = { "kept", "free", NULL };
static const char *const encapsulations[] = { "hdlc", "ppp", "frame-relay", "ethernet", NULL };

/* In the order of the file. */
const LabImpairMember lab_impair_members[] = {
  { "delay", LAB_IMPAIR_TIME, 0, MAX_DELAY, NULL },
  { "jitter", LAB_IMPAIR_TIME, 0, MAX_DELAY, NULL },
  { "shape", LAB_IMPAIR_CHOICE, 0, 0, shapes },
  { "order", LAB_IMPAIR_CHOICE, 0, 0, orders },
  { "loss", LAB_IMPAIR_SHARE, 0, 100, NULL },
  { "burst", LAB_IMPAIR_BURST, 0, 0, NULL },
  { "duplicate", LAB_IMPAIR_SHARE, 0, 100, NULL },
  { "reorder", LAB_IMPAIR_SHARE, 0, 100, NULL },
  { "corrupt", LAB_IMPAIR_SHARE, 0, 100, NULL },
  { "rate", LAB_IMPAIR_RATE, 0, MAX_RATE, NULL },
  { "queue", LAB_IMPAIR_COUNT, 0, MAX_FRAMES, NULL },
  { "queue-bytes", LAB_IMPAIR_BYTES, 0, MAX_BYTES, NULL },
  { "mtu", LAB_IMPAIR_COUNT, 0, 4096, NULL },
  { "nth", LAB_IMPAIR_COUNT, 0, 1000000000, NULL },
  { "encapsulation", LAB_IMPAIR_CHOICE, 0, 0, encapsulations },
  { "only", LAB_IMPAIR_FILTER, 0, 0, NULL },
  { "drop", LAB_IMPAIR_FILTER, 0, 0, NULL },
  { NULL },
};

static const char *const direction_keys[] = { "delay",   "jitter", "shape",         "order",
                                              "loss",    "burst",  "duplicate",     "reorder",
                                              "corrupt", "rate",   "queue",         "queue-bytes",
                                              "mtu",     "nth",    "encapsulation", "only",
                                              "drop",    NULL };
static const char *const burst_keys[] = { "begin", "end", "loss", "between", NULL };
static const char *const impair_keys[] = { "a-to-b", "b-to-a", "seed", NULL };

static gboolean
check_burst (JsonObject *json, const char *key, LabFault *fault)
{
  JsonObject *burst = NULL;
  double begin = 0, end = 0, other;

  if (!lab_member_object (json, key, &burst, fault))
    return FALSE;
  if (burst == NULL)
    return TRUE;
  if (!lab_member_require (burst, "begin", fault) || !lab_member_require (burst, "end", fault) ||
      !lab_member_double (burst, "begin", 0, 100, &begin, fault) ||
      !lab_member_double (burst, "end", 0, 100, &end, fault) ||
      !lab_member_double (burst, "loss", 0, 100, &other, fault) ||
      !lab_member_double (burst, "between", 0, 100, &other, fault))
    return lab_fault_prefix (fault, _ ("“%s”: "), key);
  if (begin > 0 && end <= 0)
    return lab_fault_set (fault, json_object_get_member (burst, "end"), LAB_ERROR_INVALID,
                          _ ("“%s”: “end” must be more than 0, or a burst never ends."), key);

  return TRUE;
}

/* Below 1 kbit/s nothing is sent; 0 is no limit. */
static gboolean
check_rate (JsonObject *json, const LabImpairMember *member, LabFault *fault)
{
  double rate = 0;

  if (!lab_member_double (json, member->key, member->min, member->max, &rate, fault))
    return FALSE;
  if (rate == 0 || rate >= 1)
    return TRUE;

  return lab_fault_set (fault, json_object_get_member (json, member->key), LAB_ERROR_INVALID,
                        _ ("“%s” must be 0 or at least 1 kbit/s."), member->key);
}

static gboolean
check_member (JsonObject *json, const LabImpairMember *member, LabFault *fault)
{
  const char *text = NULL;
  double number;
  guint whole;

  switch (member->kind)
    {
    case LAB_IMPAIR_TIME:
    case LAB_IMPAIR_SHARE:
      return lab_member_double (json, member->key, member->min, member->max, &number, fault);
    case LAB_IMPAIR_RATE:
      return check_rate (json, member, fault);
    case LAB_IMPAIR_COUNT:
    case LAB_IMPAIR_BYTES:
      return lab_member_uint (json, member->key, member->min, member->max, &whole, fault);
    case LAB_IMPAIR_CHOICE:
      return lab_member_choice (json, member->key, member->names, &whole, fault);
    case LAB_IMPAIR_FILTER:
      return lab_member_line (json, member->key, MAX_FILTER_BYTES, &text, fault);
    case LAB_IMPAIR_BURST:
    default:
      return check_burst (json, member->key, fault);
    }
}

static gboolean
check_pair (JsonObject *json, const char *first, const char *second, LabFault *fault)
{
  if (!json_object_has_member (json, first) || !json_object_has_member (json, second))
    return TRUE;

  return lab_fault_set (fault, json_object_get_member (json, second), LAB_ERROR_INVALID,
                        _ ("“%s” and “%s” exclude each other."), first, second);
}

static gboolean
check_direction (JsonObject *impair, const char *key, LabFault *fault)
{
  JsonObject *direction = NULL;

  if (!lab_member_object (impair, key, &direction, fault))
    return FALSE;
  if (direction == NULL)
    return TRUE;
  for (const LabImpairMember *member = lab_impair_members; member->key != NULL; member++)
    if (!check_member (direction, member, fault))
      return lab_fault_prefix (fault, _ ("“%s”: "), key);
  if (!check_pair (direction, "queue", "queue-bytes", fault) ||
      !check_pair (direction, "only", "drop", fault))
    return lab_fault_prefix (fault, _ ("“%s”: "), key);

  return TRUE;
}

gboolean
lab_impair_check (JsonObject *link, LabFault *fault)
{
  JsonObject *impair = NULL;
  guint seed;

  if (!lab_member_object (link, "impair", &impair, fault))
    return FALSE;
  if (impair == NULL)
    return TRUE;
  if (!check_direction (impair, "a-to-b", fault) || !check_direction (impair, "b-to-a", fault) ||
      !lab_member_uint (impair, "seed", 0, G_MAXUINT32, &seed, fault))
    return lab_fault_prefix (fault, _ ("“%s”: "), "impair");

  return TRUE;
}

static JsonNode *
number_or_nothing (JsonNode *source, double nothing)
{
  double number = json_node_get_double (source);

  return number == nothing ? NULL : lab_json_new_number (number);
}

static JsonNode *
burst_value (const char *key, JsonNode *source, gconstpointer unused)
{
  if (source == NULL)
    return NULL;
  if (g_str_equal (key, "loss"))
    return number_or_nothing (source, 100);
  if (g_str_equal (key, "between"))
    return number_or_nothing (source, 0);

  return lab_json_new_number (json_node_get_double (source));
}

static JsonNode *
rebuild_burst (JsonNode *source)
{
  g_autoptr (JsonObject) burst = NULL;

  if (json_object_get_double_member (json_node_get_object (source), "begin") == 0)
    return NULL;
  burst = lab_json_rebuild (json_node_get_object (source), burst_keys, burst_value, NULL);

  return lab_json_new_object (burst);
}

static const LabImpairMember *
find_member (const char *key)
{
  const LabImpairMember *member = lab_impair_members;

  while (member->key != NULL && !g_str_equal (member->key, key))
    member++;

  return member;
}

static JsonNode *
direction_value (const char *key, JsonNode *source, gconstpointer unused)
{
  const LabImpairMember *member = find_member (key);

  if (source == NULL)
    return NULL;
  switch (member->kind)
    {
    case LAB_IMPAIR_CHOICE:
      return !g_str_equal (key, "encapsulation") &&
                     g_str_equal (json_node_get_string (source), member->names[0])
                 ? NULL
                 : json_node_ref (source);
    case LAB_IMPAIR_FILTER:
      return json_node_ref (source);
    case LAB_IMPAIR_BURST:
      return rebuild_burst (source);
    case LAB_IMPAIR_TIME:
    case LAB_IMPAIR_SHARE:
    case LAB_IMPAIR_RATE:
    case LAB_IMPAIR_COUNT:
    case LAB_IMPAIR_BYTES:
    default:
      return number_or_nothing (source, 0);
    }
}

static JsonNode *
impair_value (const char *key, JsonNode *source, gconstpointer unused)
{
  g_autoptr (JsonObject) direction = NULL;

  if (source == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (source))
    return json_node_ref (source);
  direction =
      lab_json_rebuild (json_node_get_object (source), direction_keys, direction_value, NULL);

  return json_object_get_size (direction) > 0 ? lab_json_new_object (direction) : NULL;
}

JsonNode *
lab_impair_value (JsonNode *source)
{
  g_autoptr (JsonObject) impair = NULL;

  if (source == NULL)
    return NULL;
  impair = lab_json_rebuild (json_node_get_object (source), impair_keys, impair_value, NULL);

  return json_object_get_size (impair) > 0 ? lab_json_new_object (impair) : NULL;
}
