/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of the impairments of links, as the inspector makes them. Members that we do not know stay.
 */

#define G_LOG_DOMAIN "app"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-impair-edit.h"

static const char *const ends_keys[] = { "a-to-b", "b-to-a" };

/* The link's "impair", to be changed. (transfer full) */
static JsonObject *
dup_impair (LabLink *link)
{
  g_autoptr (JsonNode) json = lab_link_to_json (link);
  JsonObject *object = json_node_get_object (json);

  return json_object_has_member (object, "impair")
             ? json_object_ref (json_object_get_object_member (object, "impair"))
             : json_object_new ();
}

/* A seed alone says nothing. */
static JsonNode *
finish (JsonObject *impair)
{
  for (guint end = 0; end < 2; end++)
    if (json_object_has_member (impair, ends_keys[end]) &&
        json_object_get_size (json_object_get_object_member (impair, ends_keys[end])) == 0)
      json_object_remove_member (impair, ends_keys[end]);
  if (!json_object_has_member (impair, ends_keys[0]) &&
      !json_object_has_member (impair, ends_keys[1]))
    json_object_remove_member (impair, "seed");
  if (json_object_get_size (impair) == 0)
    return NULL;

  return json_node_init_object (json_node_alloc (), impair);
}

static gboolean
apply (LabSession *session, LabLink *link, JsonNode *value, guint64 *stroke)
{
  g_autoptr (LabEdit) edit = lab_edit_new_set_link (
      lab_link_get_node_name (link, 0), lab_link_get_port_name (link, 0), "impair", value);
  g_autoptr (GError) error = NULL;

  if (lab_history_apply_stroke (lab_session_get_history (session), edit, stroke, &error))
    return TRUE;
  lab_session_say (session, LAB_SESSION_ERROR, error->message, NULL);

  return FALSE;
}

static gboolean
says_nothing (JsonNode *value)
{
  return value == NULL || ((json_node_get_value_type (value) == G_TYPE_DOUBLE ||
                            json_node_get_value_type (value) == G_TYPE_INT64) &&
                           json_node_get_double (value) == 0);
}

static void
set_member (JsonObject *direction, const char *key, JsonNode *value)
{
  static const char *const pairs[][2] = { { "queue", "queue-bytes" }, { "only", "drop" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (guint k = 0; k < 2; k++)
      if (g_str_equal (key, pairs[i][k]))
        json_object_remove_member (direction, pairs[i][1 - k]);
  if (says_nothing (value))
    json_object_remove_member (direction, key);
  else
    json_object_set_member (direction, key, json_node_copy (value));
}

gboolean
lab_impair_edit_member (LabSession *session,
                        LabLink *link,
                        LabImpairEnds ends,
                        const char *key,
                        JsonNode *value,
                        guint64 *stroke)
{
  g_autoptr (JsonObject) impair = dup_impair (link);
  g_autoptr (JsonNode) owned = value;
  g_autoptr (JsonNode) whole = NULL;

  for (guint end = 0; end < 2; end++)
    {
      if ((ends & (1u << end)) == 0)
        continue;
      if (!json_object_has_member (impair, ends_keys[end]))
        json_object_set_object_member (impair, ends_keys[end], json_object_new ());
      set_member (json_object_get_object_member (impair, ends_keys[end]), key, owned);
    }
  whole = finish (impair);

  return apply (session, link, whole, stroke);
}

gboolean
lab_impair_edit_preset (LabSession *session,
                        LabLink *link,
                        guint end,
                        const LabImpairPreset *preset)
{
  g_autoptr (JsonNode) whole =
      preset != NULL ? lab_link_with_impair_preset (link, end, preset) : NULL;

  return apply (session, link, whole, NULL);
}

static void
put (JsonObject *impair, guint end, JsonObject *direction)
{
  if (direction != NULL)
    json_object_set_object_member (impair, ends_keys[end], json_object_ref (direction));
  else
    json_object_remove_member (impair, ends_keys[end]);
}

gboolean
lab_impair_edit_copy (LabSession *session, LabLink *link, guint from)
{
  g_autoptr (JsonObject) impair = dup_impair (link);
  g_autoptr (JsonObject) direction = lab_link_dup_impair_direction (link, from);
  g_autoptr (JsonNode) whole = NULL;

  put (impair, 1 - from, direction);
  whole = finish (impair);

  return apply (session, link, whole, NULL);
}

gboolean
lab_impair_edit_swap (LabSession *session, LabLink *link)
{
  g_autoptr (JsonObject) impair = dup_impair (link);
  g_autoptr (JsonObject) forth = lab_link_dup_impair_direction (link, 0);
  g_autoptr (JsonObject) back = lab_link_dup_impair_direction (link, 1);
  g_autoptr (JsonNode) whole = NULL;

  put (impair, 0, back);
  put (impair, 1, forth);
  whole = finish (impair);

  return apply (session, link, whole, NULL);
}

gboolean
lab_impair_edit_seed (LabSession *session, LabLink *link, const char *text)
{
  g_autoptr (JsonObject) impair = dup_impair (link);
  g_autoptr (JsonNode) whole = NULL;
  guint64 seed;

  if (*text == '\0')
    json_object_remove_member (impair, "seed");
  else if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seed, NULL))
    json_object_set_int_member (impair, "seed", (gint64) seed);
  else
    return FALSE;
  whole = finish (impair);

  return apply (session, link, whole, NULL);
}

gboolean
lab_impair_is_alike (LabLink *link)
{
  g_autofree char *forth = lab_link_dup_impairment (link, 0);
  g_autofree char *back = lab_link_dup_impairment (link, 1);

  return g_strcmp0 (forth, back) == 0;
}
