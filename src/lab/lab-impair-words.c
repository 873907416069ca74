/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Impairments as words, "delay=100ms loss=1%": written for the relay and for people, and read from
 * what people type. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lab-impair-private.h"
#include "lab-impair.h"
#include "lab-json-private.h"
#include "lab-link-private.h"

typedef struct
{
  const char *name;
  double factor;
} Unit;

static const Unit times[] = { { "ms", 1 },     { "s", 1000 }, { "us", 0.001 },
                              { "µs", 0.001 }, { "", 1 },     { NULL } };
static const Unit shares[] = { { "%", 1 }, { "", 1 }, { NULL } };
static const Unit rates[] = { { "bit", 0.001 }, { "kbit", 1 },   { "Mbit", 1e3 }, { "mbit", 1e3 },
                              { "Gbit", 1e6 },  { "gbit", 1e6 }, { "", 0.001 },   { NULL } };
static const Unit counts[] = { { "", 1 }, { NULL } };
static const Unit sizes[] = { { "B", 1 }, { "kB", 1e3 }, { "MB", 1e6 }, { NULL } };

/* --- writing --- */

JsonObject *
lab_impair_peek_direction (LabLink *self, guint end)
{
  JsonObject *json = lab_link_peek_json (self);
  const char *key = end == 0 ? "a-to-b" : "b-to-a";
  JsonObject *impair;

  if (!json_object_has_member (json, "impair"))
    return NULL;
  impair = json_object_get_object_member (json, "impair");

  return json_object_has_member (impair, key) ? json_object_get_object_member (impair, key) : NULL;
}

gboolean
lab_link_is_impaired (LabLink *self)
{
  g_return_val_if_fail (LAB_IS_LINK (self), FALSE);

  return lab_impair_peek_direction (self, 0) != NULL || lab_impair_peek_direction (self, 1) != NULL;
}

gboolean
lab_link_get_impair_seed (LabLink *self, guint *seed)
{
  JsonObject *json;

  g_return_val_if_fail (LAB_IS_LINK (self), FALSE);

  json = lab_link_peek_json (self);
  if (!json_object_has_member (json, "impair"))
    return FALSE;
  json = json_object_get_object_member (json, "impair");
  if (!json_object_has_member (json, "seed"))
    return FALSE;
  *seed = (guint) json_object_get_int_member (json, "seed");

  return TRUE;
}

/* What has no meaning without another member, the relay would refuse. */
gboolean
lab_impair_has_meaning (JsonObject *direction, const char *key)
{
  if (g_str_equal (key, "shape") || g_str_equal (key, "order"))
    return json_object_has_member (direction, "jitter");
  if (g_str_has_prefix (key, "queue"))
    return json_object_has_member (direction, "rate");

  return TRUE;
}

static void
add_number (GString *text, double number, const char *unit)
{
  char digits[64];
  gsize length;

  /* Never with an exponent. */
  g_ascii_formatd (digits, sizeof digits, "%.9f", number);
  length = strlen (digits);
  while (digits[length - 1] == '0')
    length--;
  if (digits[length - 1] == '.')
    length--;
  g_string_append_len (text, digits, (gssize) length);
  g_string_append (text, unit);
}

static void
add_burst (GString *text, JsonObject *burst)
{
  static const char *const keys[] = { "begin", "end", "loss", "between" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      double share = json_object_get_double_member_with_default (burst, keys[i], i == 2 ? 100 : 0);

      add_number (text, share, i < 3 ? "/" : "");
    }
}

/* Rates are written in the unit that people would take; all digits of 10 stay. */
static void
add_rate (GString *text, double rate)
{
  if (rate >= 1e6)
    add_number (text, rate / 1e6, "Gbit");
  else if (rate >= 1000)
    add_number (text, rate / 1000, "Mbit");
  else
    add_number (text, rate, "kbit");
}

static void
add_value (GString *text, const LabImpairMember *member, JsonNode *value)
{
  switch (member->kind)
    {
    case LAB_IMPAIR_TIME:
      add_number (text, json_node_get_double (value), "ms");
      break;
    case LAB_IMPAIR_SHARE:
      add_number (text, json_node_get_double (value), "%");
      break;
    case LAB_IMPAIR_RATE:
      add_rate (text, json_node_get_double (value));
      break;
    case LAB_IMPAIR_COUNT:
      add_number (text, json_node_get_double (value), "");
      break;
    case LAB_IMPAIR_BYTES:
      add_number (text, json_node_get_double (value), "B");
      break;
    case LAB_IMPAIR_BURST:
      add_burst (text, json_node_get_object (value));
      break;
    case LAB_IMPAIR_CHOICE:
    case LAB_IMPAIR_FILTER:
    default:
      g_string_append (text, json_node_get_string (value));
    }
}

char *
lab_link_dup_impairment (LabLink *self, guint end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *direction;
  guint seed;

  g_return_val_if_fail (LAB_IS_LINK (self), NULL);
  g_return_val_if_fail (end < 2, NULL);

  direction = lab_impair_peek_direction (self, end);
  if (direction == NULL)
    return NULL;
  if (lab_link_get_impair_seed (self, &seed))
    g_string_append_printf (text, "seed=%u", seed);
  for (const LabImpairMember *member = lab_impair_members; member->key != NULL; member++)
    if (json_object_has_member (direction, member->key) &&
        lab_impair_has_meaning (direction, member->key))
      {
        const char *word = g_str_equal (member->key, "queue-bytes") ? "queue" : member->key;

        g_string_append_printf (text, "%s%s=", text->len > 0 ? " " : "", word);
        add_value (text, member, json_object_get_member (direction, member->key));
      }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- reading --- */

static gboolean
read_number (const char *text, const Unit *units, double *value)
{
  char *end;

  /* No sign, no "inf", no hexadecimal digits. */
  if (text[0] < '0' || text[0] > '9' || text[1] == 'x' || text[1] == 'X')
    return FALSE;
  *value = g_ascii_strtod (text, &end);
  for (; units->name != NULL; units++)
    if (g_str_equal (end, units->name))
      {
        *value *= units->factor;
        return isfinite (*value);
      }

  return FALSE;
}

static JsonNode *
read_burst (const char *text)
{
  static const char *const keys[] = { "begin", "end", "loss", "between" };
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);
  g_autoptr (JsonObject) burst = json_object_new ();
  guint count = g_strv_length (parts);
  double share;

  if (count < 2 || count > G_N_ELEMENTS (keys))
    return NULL;
  for (guint i = 0; i < count; i++)
    {
      if (!read_number (parts[i], shares, &share))
        return NULL;
      json_object_set_member (burst, keys[i], lab_json_new_number (share));
    }

  return lab_json_new_object (burst);
}

static const Unit *
units_of (LabImpairKind kind)
{
  switch (kind)
    {
    case LAB_IMPAIR_TIME:
      return times;
    case LAB_IMPAIR_SHARE:
      return shares;
    case LAB_IMPAIR_RATE:
      return rates;
    case LAB_IMPAIR_BYTES:
      return sizes;
    case LAB_IMPAIR_COUNT:
    case LAB_IMPAIR_CHOICE:
    case LAB_IMPAIR_FILTER:
    case LAB_IMPAIR_BURST:
    default:
      return counts;
    }
}

static JsonNode *
read_value (const LabImpairMember *member, const char *text)
{
  double value;

  switch (member->kind)
    {
    case LAB_IMPAIR_CHOICE:
    case LAB_IMPAIR_FILTER:
      return lab_json_new_string (text);
    case LAB_IMPAIR_BURST:
      return read_burst (text);
    case LAB_IMPAIR_TIME:
    case LAB_IMPAIR_SHARE:
    case LAB_IMPAIR_RATE:
    case LAB_IMPAIR_COUNT:
    case LAB_IMPAIR_BYTES:
    default:
      return read_number (text, units_of (member->kind), &value) ? lab_json_new_number (value)
                                                                 : NULL;
    }
}

/* The member that a word is about: "queue=64kB" is of "queue-bytes". */
static const LabImpairMember *
find_member (const char *word, const char *value)
{
  gsize length = (gsize) (value - word) - 1;
  gboolean bytes = value[strspn (value, "0123456789.")] != '\0';

  for (const LabImpairMember *member = lab_impair_members; member->key != NULL; member++)
    if (strlen (member->key) == length && strncmp (member->key, word, length) == 0)
      return member->kind == LAB_IMPAIR_COUNT && g_str_equal (member->key, "queue") && bytes
                 ? member + 1
                 : member;

  return NULL;
}

static void
refuse (GError **error, const char *format, const char *word)
{
  g_autofree char *shown = lab_text_shorten (word);

  /* The formats are ours. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, LAB_ERROR, LAB_ERROR_INVALID, format, shown);
#pragma GCC diagnostic pop
}

static gboolean
read_word (JsonObject *direction, const char *const *words, GError **error)
{
  const char *equals = strchr (words[0], '=');
  const LabImpairMember *member = equals != NULL ? find_member (words[0], equals + 1) : NULL;
  g_autofree char *rest = NULL;
  JsonNode *node;

  if (member == NULL)
    {
      refuse (error, _ ("“%s” is no impairment; write NAME=VALUE, like delay=100ms or loss=1%%."),
              words[0]);
      return FALSE;
    }
  rest = g_strjoinv (" ", (char **) words);
  node = read_value (member, member->kind == LAB_IMPAIR_FILTER ? rest + (equals - words[0]) + 1
                                                               : equals + 1);
  if (node == NULL)
    {
      refuse (error, _ ("“%s” has no value that can be read."), words[0]);
      return FALSE;
    }
  json_object_set_member (direction, member->key, node);

  return TRUE;
}

JsonNode *
lab_impair_parse (const char *const *words, GError **error)
{
  g_autoptr (JsonObject) direction = json_object_new ();

  g_return_val_if_fail (words != NULL, NULL);

  for (; *words != NULL; words++)
    {
      if (!read_word (direction, words, error))
        return NULL;
      if (json_object_has_member (direction, "only") || json_object_has_member (direction, "drop"))
        break;
    }

  return lab_json_new_object (direction);
}

JsonNode *
lab_link_with_impairment (LabLink *self, guint end, JsonNode *direction)
{
  static const char *const keys[] = { "a-to-b", "b-to-a" };
  JsonObject *json;
  g_autoptr (JsonObject) impair = NULL;

  g_return_val_if_fail (LAB_IS_LINK (self), NULL);
  g_return_val_if_fail (end < 2, NULL);

  json = lab_link_peek_json (self);
  if (json_object_has_member (json, "impair"))
    impair =
        lab_json_with_member (json_object_get_object_member (json, "impair"), keys[end], direction);
  else
    {
      impair = json_object_new ();
      if (direction != NULL)
        json_object_set_member (impair, keys[end], json_node_copy (direction));
    }

  /* A seed alone says nothing. */
  if (!json_object_has_member (impair, keys[0]) && !json_object_has_member (impair, keys[1]))
    json_object_remove_member (impair, "seed");

  return json_object_get_size (impair) > 0 ? lab_json_new_object (impair) : NULL;
}

JsonNode *
lab_impair_with_seed (JsonNode *impair, guint seed)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonNode) value = lab_json_new_int (seed);

  g_return_val_if_fail (JSON_NODE_HOLDS_OBJECT (impair), NULL);

  object = lab_json_with_member (json_node_get_object (impair), "seed", value);

  return lab_json_new_object (object);
}
