/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of the document itself: its name, notes, checks and unknown members. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-edit-private.h"
#include "lab-json-private.h"
#include "lab-read-private.h"
#include "lab-topology-private.h"

/* All checks of @value, made but not added. (nullable) */
static GPtrArray *
read_checks (LabEdit *self, LabEditRun *run, GError **error)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array = NULL;
  guint length = 0;

  if (self->value != NULL && !JSON_NODE_HOLDS_ARRAY (self->value))
    {
      lab_edit_fail (error, _ ("The checks of a lab must be a list."));
      return NULL;
    }
  array = self->value != NULL ? json_node_get_array (self->value) : NULL;
  length = array != NULL ? json_array_get_length (array) : 0;
  if (length > LAB_MAX_CHECKS)
    {
      lab_edit_fail (error, _ ("A lab may have %d checks at most."), LAB_MAX_CHECKS);
      return NULL;
    }
  for (guint i = 0; i < length; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      LabFault fault = { 0 };
      LabCheck *check = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        lab_fault_set (&fault, element, LAB_ERROR_INVALID, _ ("a check must be an object."));
      else
        check = lab_read_check (run->topology, json_node_get_object (element), &fault);
      if (check == NULL)
        {
          lab_edit_raise (&fault, error);
          return NULL;
        }
      g_ptr_array_add (checks, check);
    }

  return g_steal_pointer (&checks);
}

static gboolean
same_checks (LabList *list, GPtrArray *checks)
{
  if (lab_list_get_length (list) != checks->len)
    return FALSE;
  for (guint i = 0; i < checks->len; i++)
    {
      g_autoptr (JsonNode) old = lab_json_new_object (lab_item_peek_json (lab_list_get (list, i)));
      g_autoptr (JsonNode) new =
          lab_json_new_object (lab_item_peek_json (g_ptr_array_index (checks, i)));

      if (!lab_json_equal (old, new))
        return FALSE;
    }

  return TRUE;
}

static gboolean
apply_checks (LabEdit *self, LabEditRun *run, GError **error)
{
  LabList *list = lab_topology_peek_list (run->topology, LAB_TYPE_CHECK);
  g_autoptr (GPtrArray) checks = read_checks (self, run, error);

  if (checks == NULL)
    return FALSE;
  if (same_checks (list, checks))
    return TRUE;
  while (lab_list_get_length (list) > 0)
    lab_edit_run_do (run,
                     lab_change_new_remove (lab_list_get (list, lab_list_get_length (list) - 1)));
  for (guint i = 0; i < checks->len; i++)
    lab_edit_run_do (run, lab_change_new_insert (g_ptr_array_index (checks, i), NULL));

  return TRUE;
}

static gboolean
apply_set (LabEdit *self, LabEditRun *run, GError **error)
{
  static const char *const fixed[] = { "format", "version",  "uuid", "nodes",
                                       "links",  "drawings", NULL };
  g_autoptr (JsonObject) wanted = NULL;
  g_autoptr (JsonObject) after = NULL;
  LabFault fault = { 0 };

  if (g_str_equal (self->key, "checks"))
    return apply_checks (self, run, error);
  if (g_strv_contains (fixed, self->key))
    return lab_edit_fail (error, _ ("The member “%s” of a lab cannot be set."), self->key);
  wanted = lab_json_with_member (lab_topology_peek_head (run->topology), self->key, self->value);
  after = lab_topology_rebuild_head (wanted, &fault);
  if (after == NULL)
    return lab_edit_raise (&fault, error);
  lab_edit_run_json (run, run->topology, after);

  return TRUE;
}

static char *
set_label (const char *key)
{
  g_autofree char *shown = lab_text_shorten (key);

  if (g_str_equal (key, "name"))
    return g_strdup (_ ("Rename lab"));
  if (g_str_equal (key, "notes"))
    return g_strdup (_ ("Edit notes"));
  if (g_str_equal (key, "checks"))
    return g_strdup (_ ("Edit checks"));
  if (g_str_equal (key, "start-patience"))
    return g_strdup (_ ("Change patience with start groups"));
  if (g_str_equal (key, "timeline"))
    return g_strdup (_ ("Edit timeline"));
  if (g_str_equal (key, "recorder"))
    return g_strdup (_ ("Change flight recorder"));
  if (g_str_equal (key, "needs"))
    return g_strdup (_ ("Change what the lab needs"));
  if (g_str_equal (key, "view"))
    return g_strdup (_ ("Change view of the lab"));

  return g_strdup_printf (_ ("Change “%s” of the lab"), shown);
}

/**
 * lab_edit_new_set_lab:
 * @key: a member of the document: "name", "notes", "checks", "timeline", "recorder" or one of
 * others
 * @value: (nullable): its value to be; %NULL removes it
 *
 * Changes the document itself. What identifies it, and the lists that have edits of their own,
 * cannot be set.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_set_lab (const char *key, JsonNode *value)
{
  LabEdit *self;

  g_return_val_if_fail (key != NULL, NULL);

  self = lab_edit_new (apply_set);
  lab_edit_take_value (self, key, value, LAB_MAX_DEPTH - 1);
  lab_edit_set_label (self, set_label (key));

  return self;
}
