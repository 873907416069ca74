/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline in the document:
 *
 *   "timeline": {
 *     "start": "with-lab",
 *     "events": [
 *       { "at": "00:30", "do": "unplug", "node": "P1", "port": "e0/0", "for": 8 },
 *       { "at": "01:00", "do": "impair", "node": "P1", "port": "e0/0", "set": "loss=20%" }
 *     ]
 *   }
 *
 * Everything is checked when the document is read or changed; who asks later gets events that are
 * right. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-impair.h"
#include "lab-json-private.h"
#include "lab-member-private.h"
#include "lab-timeline-private.h"
#include "lab-timeline.h"
#include "lab-topology-private.h"

#define MAX_AT         (7 * 86400)
#define MAX_LASTS      86400
#define MAX_EVENTS     1000
#define MAX_WORD_BYTES 1024
#define MAX_TEXT_BYTES 1024
#define MAX_PORT_BYTES 63

static const char *const timeline_keys[] = { "start", "events", NULL };
static const char *const starts[] = { "with-lab", "by-hand", NULL };
static const char *const event_keys[] = { "at",  "do",  "node", "port", "way",
                                          "set", "for", "text", NULL };
static const char *const whats[] = { "unplug", "plug", "impair", "stop", "start", "say", NULL };
static const char *const ways[] = { "both", "out", "in", NULL };

/* --- times --- */

char *
lab_timeline_format_time (double seconds)
{
  guint64 tenths = (guint64) (MAX (seconds, 0) * 10 + 0.5);
  guint64 whole = tenths / 10;
  GString *text = g_string_new (NULL);

  if (whole >= 3600)
    g_string_append_printf (text, "%u:", (guint) (whole / 3600));
  g_string_append_printf (text, "%02u:%02u", (guint) (whole / 60 % 60), (guint) (whole % 60));
  if (tenths % 10 != 0)
    g_string_append_printf (text, ".%u", (guint) (tenths % 10));
  return g_string_free (text, FALSE);
}

gboolean
lab_timeline_parse_time (const char *text, double *seconds)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_auto (GStrv) parts = NULL;
  double sum = 0;
  guint n;

  if (g_str_has_suffix (stripped, "s"))
    stripped[strlen (stripped) - 1] = '\0';
  parts = g_strsplit (stripped, ":", 4);
  n = g_strv_length (parts);
  if (n < 1 || n > 3)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      char *end = NULL;
      double value;

      if (!g_ascii_isdigit (parts[i][0]))
        return FALSE;
      value = g_ascii_strtod (parts[i], &end);
      if (*end != '\0' || !(value <= MAX_AT) || (i > 0 && value >= 60) ||
          (i < n - 1 && value != (double) (gint64) value))
        return FALSE;
      sum = sum * 60 + value;
    }
  if (sum > MAX_AT)
    return FALSE;
  *seconds = (double) (gint64) (sum * 10 + 0.5) / 10;
  return TRUE;
}

/* --- checking --- */

static gboolean
read_at (JsonObject *json, double *at, LabFault *fault)
{
  JsonNode *node = json_object_get_member (json, "at");

  if (!lab_member_require (json, "at", fault))
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return lab_timeline_parse_time (json_node_get_string (node), at) ||
           lab_fault_set (fault, node, LAB_ERROR_INVALID,
                          _ ("“at” must be a time after the beginning, such as \"01:30\"."));

  return lab_member_double (json, "at", 0, MAX_AT, at, fault);
}

/* A copy of @link with the direction from @end as the words say. */
static LabLink *
impair_end (LabLink *link, guint end, const char *words, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autoptr (JsonNode) direction = lab_impair_parse ((const char *const *) parts, error);
  g_autoptr (JsonNode) impair = NULL;
  g_autoptr (JsonNode) json = NULL;

  if (direction == NULL)
    return NULL;
  impair = lab_link_with_impairment (link, end, direction);
  json = lab_link_to_json (link);
  if (impair != NULL)
    json_object_set_member (json_node_get_object (json), "impair", json_node_copy (impair));
  else
    json_object_remove_member (json_node_get_object (json), "impair");
  return lab_link_new_from_json (json, error);
}

static gboolean
check_words (JsonObject *json, LabFault *fault)
{
  g_autoptr (LabLink) some = lab_link_new ("A", "e0", "B", "e0");
  g_autoptr (LabLink) impaired = NULL;
  g_autoptr (GError) error = NULL;
  const char *text = NULL;

  if (!lab_member_require (json, "set", fault) ||
      !lab_member_line (json, "set", MAX_WORD_BYTES, &text, fault))
    return FALSE;
  /* What may be set together is known where links are checked. */
  impaired = impair_end (some, 0, text, &error);
  if (impaired == NULL)
    return lab_fault_set (fault, json_object_get_member (json, "set"), LAB_ERROR_INVALID,
                          _ ("“set”: %s"), error->message);

  return TRUE;
}

static gboolean
check_place (JsonObject *json, gboolean port, LabFault *fault)
{
  const char *name = NULL;

  return lab_member_require (json, "node", fault) &&
         lab_member_line (json, "node", LAB_MAX_NAME_BYTES, &name, fault) &&
         (!port || (lab_member_require (json, "port", fault) &&
                    lab_member_line (json, "port", MAX_PORT_BYTES, &name, fault)));
}

static gboolean
check_event (JsonObject *json, LabFault *fault)
{
  const char *text = NULL;
  double lasts = 0;
  double at = 0;
  guint what = 0;
  guint way;

  if (!read_at (json, &at, fault) || !lab_member_require (json, "do", fault) ||
      !lab_member_choice (json, "do", whats, &what, fault) ||
      !lab_member_choice (json, "way", ways, &way, fault) ||
      !lab_member_double (json, "for", 0, MAX_LASTS, &lasts, fault))
    return FALSE;
  switch ((LabTimelineWhat) what)
    {
    case LAB_TIMELINE_UNPLUG:
    case LAB_TIMELINE_PLUG:
      return check_place (json, TRUE, fault);
    case LAB_TIMELINE_IMPAIR:
      return check_place (json, TRUE, fault) && check_words (json, fault);
    case LAB_TIMELINE_STOP:
    case LAB_TIMELINE_START:
      return check_place (json, FALSE, fault);
    case LAB_TIMELINE_SAY:
    default:
      return lab_member_require (json, "text", fault) &&
             lab_member_line (json, "text", MAX_TEXT_BYTES, &text, fault);
    }
}

static gboolean
check_events (JsonObject *timeline, LabFault *fault)
{
  JsonArray *array = NULL;
  guint length;

  if (!lab_member_array (timeline, "events", &array, fault))
    return FALSE;
  length = array != NULL ? json_array_get_length (array) : 0;
  if (length > MAX_EVENTS)
    return lab_fault_set (fault, array, LAB_ERROR_LIMIT,
                          _ ("“%s” lists %u things, but a lab may have %u of them at most."),
                          "events", length, MAX_EVENTS);
  for (guint i = 0; i < length; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return lab_fault_set (fault, element, LAB_ERROR_INVALID,
                              _ ("each of “%s” must be an object in braces."), "events");
      if (!check_event (json_node_get_object (element), fault))
        return lab_fault_prefix (fault, _ ("event %u: "), i + 1);
    }

  return TRUE;
}

gboolean
lab_timeline_check (JsonObject *head, LabFault *fault)
{
  JsonObject *timeline = NULL;
  guint start;

  if (!lab_member_object (head, "timeline", &timeline, fault))
    return FALSE;
  if (timeline == NULL)
    return TRUE;
  if (!lab_member_choice (timeline, "start", starts, &start, fault) ||
      !check_events (timeline, fault))
    return lab_fault_prefix (fault, _ ("“%s”: "), "timeline");

  return TRUE;
}

/* --- the canonical form --- */

static JsonNode *
event_value (const char *key, JsonNode *source, gconstpointer unused)
{
  if (source == NULL)
    return NULL;
  if (g_str_equal (key, "at"))
    {
      g_autofree char *text = NULL;
      double at = 0;

      if (json_node_get_value_type (source) != G_TYPE_STRING)
        at = json_node_get_double (source);
      else
        lab_timeline_parse_time (json_node_get_string (source), &at);
      text = lab_timeline_format_time (at);
      return lab_json_new_string (text);
    }
  if (g_str_equal (key, "for"))
    {
      double lasts = json_node_get_double (source);

      return lasts > 0 ? lab_json_new_number (lasts) : NULL;
    }
  if (g_str_equal (key, "way") && g_str_equal (json_node_get_string (source), ways[0]))
    return NULL;

  return json_node_ref (source);
}

static JsonNode *
rebuild_events (JsonNode *source)
{
  JsonArray *old = json_node_get_array (source);
  g_autoptr (JsonArray) array = NULL;

  if (json_array_get_length (old) == 0)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < json_array_get_length (old); i++)
    {
      g_autoptr (JsonObject) event =
          lab_json_rebuild (json_array_get_object_element (old, i), event_keys, event_value, NULL);

      json_array_add_element (array, lab_json_new_object (event));
    }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
timeline_value (const char *key, JsonNode *source, gconstpointer unused)
{
  if (source == NULL)
    return NULL;
  if (g_str_equal (key, "events"))
    return rebuild_events (source);

  return g_str_equal (json_node_get_string (source), starts[0]) ? NULL : json_node_ref (source);
}

JsonNode *
lab_timeline_value (JsonNode *source)
{
  g_autoptr (JsonObject) timeline =
      lab_json_rebuild (json_node_get_object (source), timeline_keys, timeline_value, NULL);

  return json_object_get_size (timeline) > 0 ? lab_json_new_object (timeline) : NULL;
}

JsonObject *
lab_timeline_rename (JsonObject *head, const char *old_name, const char *new_name)
{
  JsonObject *timeline = json_object_has_member (head, "timeline")
                             ? json_object_get_object_member (head, "timeline")
                             : NULL;
  g_autoptr (JsonNode) copy = timeline != NULL ? lab_json_copy (timeline) : NULL;
  JsonArray *events = NULL;
  gboolean found = FALSE;

  if (copy != NULL && json_object_has_member (json_node_get_object (copy), "events"))
    events = json_object_get_array_member (json_node_get_object (copy), "events");
  for (guint i = 0; events != NULL && i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (event, "node", NULL), old_name) ==
          0)
        {
          json_object_set_string_member (event, "node", new_name);
          found = TRUE;
        }
    }

  return found ? lab_json_with_member (head, "timeline", copy) : NULL;
}

/* --- events --- */

LabTimelineEvent *
lab_timeline_event_new (LabTimelineWhat what, double at)
{
  LabTimelineEvent *self = g_new0 (LabTimelineEvent, 1);

  self->what = what;
  self->at = at;
  return self;
}

LabTimelineEvent *
lab_timeline_event_copy (const LabTimelineEvent *self)
{
  LabTimelineEvent *copy = g_memdup2 (self, sizeof *self);

  copy->node = g_strdup (self->node);
  copy->port = g_strdup (self->port);
  copy->words = g_strdup (self->words);
  copy->text = g_strdup (self->text);
  copy->rest = self->rest != NULL ? json_object_ref (self->rest) : NULL;
  return copy;
}

void
lab_timeline_event_free (LabTimelineEvent *self)
{
  g_free (self->node);
  g_free (self->port);
  g_free (self->words);
  g_free (self->text);
  g_clear_pointer (&self->rest, json_object_unref);
  g_free (self);
}

char *
lab_timeline_event_dup_title (const LabTimelineEvent *self)
{
  switch (self->what)
    {
    case LAB_TIMELINE_UNPLUG:
      /* Translators: something that happens in a lab; a node and its port */
      return g_strdup_printf (_ ("Unplug %s %s"), self->node, self->port);
    case LAB_TIMELINE_PLUG:
      return g_strdup_printf (_ ("Plug %s %s"), self->node, self->port);
    case LAB_TIMELINE_IMPAIR:
      /* Translators: a node, its port, and words such as "loss=20%" */
      return g_strdup_printf (_ ("Impair %s %s: %s"), self->node, self->port, self->words);
    case LAB_TIMELINE_STOP:
      return g_strdup_printf (_ ("Stop %s"), self->node);
    case LAB_TIMELINE_START:
      return g_strdup_printf (_ ("Start %s"), self->node);
    case LAB_TIMELINE_SAY:
    default:
      return g_strdup_printf (_ ("Say “%s”"), self->text);
    }
}

LabLink *
lab_timeline_event_impair (const LabTimelineEvent *self, LabLink *link, GError **error)
{
  g_autoptr (LabLink) now = g_object_ref (link);
  guint end = lab_link_touches (link, self->node, self->port) &&
                      g_str_equal (lab_link_get_node_name (link, 0), self->node) &&
                      g_str_equal (lab_link_get_port_name (link, 0), self->port)
                  ? 0
                  : 1;

  for (guint side = 0; side < 2; side++)
    {
      LabLink *next;

      if (self->way == (side == 0 ? LAB_TIMELINE_IN : LAB_TIMELINE_OUT))
        continue;
      next = impair_end (now, side == 0 ? end : !end, self->words, error);
      if (next == NULL)
        return NULL;
      g_object_unref (now);
      now = next;
    }
  return g_steal_pointer (&now);
}

/* --- the document's --- */

static LabTimelineEvent *
read_event (JsonObject *json)
{
  LabTimelineEvent *self = g_new0 (LabTimelineEvent, 1);
  LabFault fault = { 0 };
  guint what = 0;
  guint way = 0;

  if (!read_at (json, &self->at, &fault) || !lab_member_choice (json, "do", whats, &what, &fault) ||
      !lab_member_choice (json, "way", ways, &way, &fault))
    g_assert_not_reached ();
  self->what = (LabTimelineWhat) what;
  self->way = (LabTimelineWay) way;
  self->lasts = json_object_get_double_member_with_default (json, "for", 0);
  self->node = g_strdup (json_object_get_string_member_with_default (json, "node", NULL));
  self->port = g_strdup (json_object_get_string_member_with_default (json, "port", NULL));
  self->words = g_strdup (json_object_get_string_member_with_default (json, "set", NULL));
  self->text = g_strdup (json_object_get_string_member_with_default (json, "text", NULL));
  self->rest = json_object_ref (json);
  return self;
}

static JsonObject *
peek_timeline (LabTopology *self)
{
  JsonObject *head = lab_topology_peek_head (self);

  return json_object_has_member (head, "timeline")
             ? json_object_get_object_member (head, "timeline")
             : NULL;
}

GPtrArray *
lab_topology_dup_timeline (LabTopology *self)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_timeline_event_free);
  JsonObject *timeline;
  JsonArray *array;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), events);

  timeline = peek_timeline (self);
  if (timeline == NULL || !json_object_has_member (timeline, "events"))
    return events;
  array = json_object_get_array_member (timeline, "events");
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (events, read_event (json_array_get_object_element (array, i)));
  return events;
}

gboolean
lab_topology_get_timeline_starts (LabTopology *self)
{
  JsonObject *timeline;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (self), FALSE);

  timeline = peek_timeline (self);
  return timeline != NULL &&
         g_str_equal (json_object_get_string_member_with_default (timeline, "start", starts[0]),
                      starts[0]);
}

static void
set_string (JsonObject *json, const char *key, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (json, key, value);
  else
    json_object_remove_member (json, key);
}

static JsonNode *
event_to_json (const LabTimelineEvent *self)
{
  g_autoptr (JsonObject) fresh = json_object_new ();
  JsonNode *node = lab_json_copy (self->rest != NULL ? self->rest : fresh);
  JsonObject *json = json_node_get_object (node);
  g_autofree char *at = lab_timeline_format_time (self->at);
  gboolean link = self->what <= LAB_TIMELINE_IMPAIR;
  gboolean impair = self->what == LAB_TIMELINE_IMPAIR;

  set_string (json, "at", at);
  set_string (json, "do", whats[self->what]);
  set_string (json, "node", self->what != LAB_TIMELINE_SAY ? self->node : NULL);
  set_string (json, "port", link ? self->port : NULL);
  set_string (json, "way", impair ? ways[self->way] : NULL);
  set_string (json, "set", impair ? self->words : NULL);
  set_string (json, "text", self->what == LAB_TIMELINE_SAY ? self->text : NULL);
  if (self->lasts > 0 && self->what != LAB_TIMELINE_SAY)
    json_object_set_double_member (json, "for", self->lasts);
  else
    json_object_remove_member (json, "for");
  return node;
}

JsonNode *
lab_topology_timeline_to_json (LabTopology *self, GPtrArray *events, gboolean starts_with_lab)
{
  JsonObject *old;
  g_autoptr (JsonObject) fresh = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (self) && events != NULL, NULL);

  old = peek_timeline (self);
  node = lab_json_copy (old != NULL ? old : fresh);
  array = json_array_sized_new (events->len);
  for (guint i = 0; i < events->len; i++)
    json_array_add_element (array, event_to_json (events->pdata[i]));
  json_object_set_array_member (json_node_get_object (node), "events", array);
  json_object_set_string_member (json_node_get_object (node), "start", starts[!starts_with_lab]);
  return lab_timeline_value (node);
}
