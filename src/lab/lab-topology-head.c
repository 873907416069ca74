/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The head of a document, everything but its lists: is it right, and its one canonical form. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-json-private.h"
#include "lab-look-private.h"
#include "lab-member-private.h"
#include "lab-timeline-private.h"
#include "lab-topology-private.h"

#define MAX_TITLE_BYTES 255

static const char *const head_keys[] = { "format",         "version",  "uuid",
                                         "name",           "notes",    "view",
                                         "start-patience", "timeline", "recorder",
                                         "needs",          NULL };
static const char *const view_keys[] = { "grid",  "show-grid", "snap", "port-labels",
                                         "rates", "shape",     NULL };
static const char *const list_keys[] = { "nodes", "links", "drawings", "checks", NULL };

static gboolean
check_format (JsonObject *json, LabFault *fault)
{
  const char *format = NULL;
  guint version = 0;

  if (!json_object_has_member (json, "format"))
    return lab_fault_set (fault, json, LAB_ERROR_INVALID,
                          _ ("this is no lab; a lab has the members \"format\": \"labwright\" and "
                             "\"version\": 1."));
  if (!lab_member_string (json, "format", &format, fault))
    return FALSE;
  if (!g_str_equal (format, "labwright"))
    return lab_fault_set (fault, json_object_get_member (json, "format"), LAB_ERROR_INVALID,
                          _ ("“format” must be “labwright”; this is another program's file."));
  if (!lab_member_require (json, "version", fault) ||
      !lab_member_uint (json, "version", 1, G_MAXINT, &version, fault))
    return FALSE;
  if (version > 1)
    return lab_fault_set (fault, json_object_get_member (json, "version"), LAB_ERROR_VERSION,
                          _ ("this lab has version %u of the format, and this Labwright knows "
                             "version 1; open it with a newer Labwright."),
                          version);

  return TRUE;
}

static gboolean
check_uuid (JsonObject *json, LabFault *fault)
{
  g_autofree char *fresh = g_uuid_string_random ();
  const char *uuid = NULL;

  if (!json_object_has_member (json, "uuid"))
    return lab_fault_set (fault, json, LAB_ERROR_INVALID,
                          _ ("the member “uuid” is missing; add \"uuid\": \"%s\"."), fresh);
  if (!lab_member_string (json, "uuid", &uuid, fault))
    return FALSE;
  if (!g_uuid_string_is_valid (uuid))
    return lab_fault_set (fault, json_object_get_member (json, "uuid"), LAB_ERROR_INVALID,
                          _ ("“uuid” must be a UUID such as \"%s\"."), fresh);

  return TRUE;
}

/* A title, or nothing at all. */
static gboolean
check_title (JsonObject *json, LabFault *fault)
{
  const char *name = NULL;

  if (!lab_member_require (json, "name", fault) || !lab_member_string (json, "name", &name, fault))
    return FALSE;

  return *name == '\0' || lab_member_line (json, "name", MAX_TITLE_BYTES, &name, fault);
}

static gboolean
check_view (JsonObject *json, LabFault *fault)
{
  JsonObject *view = NULL;

  if (!lab_member_object (json, "view", &view, fault))
    return FALSE;
  if (view != NULL && !lab_look_check (LAB_LOOK_VIEW, view, fault))
    return lab_fault_prefix (fault, _ ("“view”: "));

  return TRUE;
}

static JsonNode *
view_value (const char *key, JsonNode *source, gconstpointer unused)
{
  return lab_look_value (LAB_LOOK_VIEW, key, source);
}

static JsonNode *
view_to_json (JsonNode *source)
{
  g_autoptr (JsonObject) view =
      lab_json_rebuild (json_node_get_object (source), view_keys, view_value, NULL);

  return json_object_get_size (view) > 0 ? lab_json_new_object (view) : NULL;
}

static JsonNode *
head_value (const char *key, JsonNode *source, gconstpointer data)
{
  const char *notes = data;

  if (source == NULL)
    return NULL;
  if (g_str_equal (key, "uuid"))
    {
      g_autofree char *lower = g_ascii_strdown (json_node_get_string (source), -1);

      return lab_json_new_string (lower);
    }
  if (g_str_equal (key, "view"))
    return view_to_json (source);
  if (g_str_equal (key, "start-patience") && json_node_get_int (source) == LAB_START_PATIENCE)
    return NULL;
  if (g_str_equal (key, "timeline"))
    return lab_timeline_value (source);
  if (g_str_equal (key, "recorder"))
    return json_node_get_int (source) != 0 ? json_node_ref (source) : NULL;
  if (g_str_equal (key, "notes") && !JSON_NODE_HOLDS_ARRAY (source))
    return notes != NULL ? lab_json_new_lines (notes) : NULL;
  if (g_str_equal (key, "notes") && notes == NULL)
    return NULL;

  return json_node_ref (source);
}

static gboolean
check_patience (JsonObject *json, LabFault *fault)
{
  guint patience = 0;

  return lab_member_uint (json, "start-patience", 1, LAB_MAX_START_PATIENCE, &patience, fault);
}

static gboolean
check_recorder (JsonObject *json, LabFault *fault)
{
  guint megabytes = 0;

  return lab_member_uint (json, "recorder", 0, LAB_MAX_RECORDER, &megabytes, fault);
}

JsonObject *
lab_topology_rebuild_head (JsonObject *json, LabFault *fault)
{
  g_autofree char *notes = NULL;
  g_autofree char *needs = NULL;
  JsonObject *head;

  if (!check_format (json, fault) || !check_uuid (json, fault) || !check_title (json, fault) ||
      !lab_member_lines (json, "notes", &notes, fault) || !check_view (json, fault) ||
      !check_patience (json, fault) || !lab_timeline_check (json, fault) ||
      !check_recorder (json, fault) || !lab_member_lines (json, "needs", &needs, fault))
    return NULL;
  head = lab_json_rebuild (json, head_keys, head_value, notes);
  for (guint i = 0; list_keys[i] != NULL; i++)
    if (json_object_has_member (head, list_keys[i]))
      json_object_remove_member (head, list_keys[i]);

  return head;
}
