/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a document equal to another one with the same identity: the file was changed by somebody
 * else, or an older copy is taken back. Undo brings back what was, to the byte.
 *
 * What is in both documents keeps its object, so that whoever shows it need not begin anew: nodes
 * and drawings are known by their id, links by their two ends. An item stays in its list if its
 * order among those that stay is the same in both; all others leave the list and come back at
 * their new place. A node that gets another name leaves too, since names are keys, and so do the
 * links of every node that leaves: no link ever stands there without its nodes. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lab-check-private.h"
#include "lab-drawing-private.h"
#include "lab-edit-private.h"
#include "lab-json-private.h"
#include "lab-link-private.h"
#include "lab-node-private.h"
#include "lab-topology-private.h"

/* One list being changed.
 * @pairs: target item → our item, for those that are in both
 * @positions: our item → its position and one
 * @stays: our items that do not leave the list */
typedef struct
{
  LabEditRun *run;
  LabList *list;
  LabList *target;
  GHashTable *pairs;
  GHashTable *positions;
  GHashTable *stays;
} Merge;

typedef gpointer (*FindItem) (LabTopology *topology, gpointer target);

static gpointer
find_node (LabTopology *topology, gpointer target)
{
  return lab_topology_find_node_by_id (topology, lab_node_get_id (target));
}

static gpointer
find_drawing (LabTopology *topology, gpointer target)
{
  return lab_topology_find_drawing (topology, lab_drawing_get_id (target));
}

static gboolean
same_end (LabLink *a, LabLink *b, guint end)
{
  return g_str_equal (lab_link_get_node_name (a, end), lab_link_get_node_name (b, end)) &&
         g_str_equal (lab_link_get_port_name (a, end), lab_link_get_port_name (b, end));
}

static gpointer
find_link (LabTopology *topology, gpointer target)
{
  LabLink *link = lab_topology_find_link (topology, lab_link_get_node_name (target, 0),
                                          lab_link_get_port_name (target, 0));

  return link != NULL && same_end (link, target, 0) && same_end (link, target, 1) ? link : NULL;
}

static gboolean
same_json (gpointer a, gpointer b)
{
  g_autoptr (JsonNode) json_a = lab_json_new_object (lab_item_peek_json (a));
  g_autoptr (JsonNode) json_b = lab_json_new_object (lab_item_peek_json (b));

  return lab_json_equal (json_a, json_b);
}

static void
merge_init (Merge *self, LabEditRun *run, LabTopology *other, GType type, FindItem find)
{
  self->run = run;
  self->list = lab_topology_peek_list (run->topology, type);
  self->target = lab_topology_peek_list (other, type);
  self->pairs = g_hash_table_new (NULL, NULL);
  self->positions = g_hash_table_new (NULL, NULL);
  self->stays = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < lab_list_get_length (self->list); i++)
    g_hash_table_insert (self->positions, lab_list_get (self->list, i), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < lab_list_get_length (self->target); i++)
    {
      gpointer target = lab_list_get (self->target, i);
      gpointer ours = find (run->topology, target);

      if (ours != NULL)
        g_hash_table_insert (self->pairs, target, ours);
    }
}

static void
merge_clear (Merge *self)
{
  g_hash_table_unref (self->pairs);
  g_hash_table_unref (self->positions);
  g_hash_table_unref (self->stays);
}

typedef gboolean (*MayStay) (gpointer ours, gpointer data);

/* Of the pairs, in the order of the other document, those whose place here only grows. */
static void
find_stays (Merge *self, MayStay may_stay, gpointer data)
{
  guint last = 0;

  for (guint i = 0; i < lab_list_get_length (self->target); i++)
    {
      gpointer target = lab_list_get (self->target, i);
      gpointer ours = g_hash_table_lookup (self->pairs, target);
      guint position = GPOINTER_TO_UINT (g_hash_table_lookup (self->positions, ours));

      if (ours == NULL || position <= last || !may_stay (ours, data))
        continue;
      last = position;
      g_hash_table_add (self->stays, ours);
    }
}

static void
remove_others (Merge *self)
{
  for (guint i = lab_list_get_length (self->list); i-- > 0;)
    {
      gpointer item = lab_list_get (self->list, i);

      if (!g_hash_table_contains (self->stays, item))
        lab_edit_run_do (self->run, lab_change_new_remove (item));
    }
}

/* After the others are gone, whatever their names were. */
static void
take_json (Merge *self)
{
  GHashTableIter iter;
  gpointer target;
  gpointer ours;

  g_hash_table_iter_init (&iter, self->pairs);
  while (g_hash_table_iter_next (&iter, &target, &ours))
    if (!same_json (ours, target))
      {
        /* A name or place is changed within the JSON: it must not be shared. */
        g_autoptr (JsonNode) copy = lab_json_copy (lab_item_peek_json (target));

        lab_edit_run_do (self->run, lab_change_new_json (ours, json_node_get_object (copy)));
      }
}

/* An item of our own that is as @target is. (transfer full) */
static gpointer
copy_item (gpointer target)
{
  JsonObject *json = lab_item_peek_json (target);
  LabFault fault = { 0 };
  gpointer copy = NULL;

  if (LAB_IS_NODE (target))
    copy = lab_node_new_from_object (json, &fault);
  else if (LAB_IS_LINK (target))
    copy = lab_link_new_from_object (json, &fault);
  else if (LAB_IS_DRAWING (target))
    copy = lab_drawing_new_from_object (json, &fault);
  else
    copy = lab_check_new_from_object (json, &fault);
  g_assert (copy != NULL); /* it stands in a document */

  return copy;
}

static void
insert_at (LabEditRun *run, gpointer item, guint position)
{
  LabChange *change = lab_change_new_insert (item, NULL);

  change->position = position;
  lab_edit_run_do (run, change);
}

static void
insert_missing (Merge *self)
{
  for (guint i = 0; i < lab_list_get_length (self->target); i++)
    {
      gpointer target = lab_list_get (self->target, i);
      gpointer ours = g_hash_table_lookup (self->pairs, target);
      g_autoptr (GObject) copy = NULL;

      if (ours != NULL && g_hash_table_contains (self->stays, ours))
        continue;
      if (ours == NULL)
        ours = copy = copy_item (target);
      insert_at (self->run, ours, i);
    }
}

/* A name is a key. */
static gboolean
node_may_stay (gpointer ours, gpointer data)
{
  LabNode *target = lab_topology_find_node_by_id (data, lab_node_get_id (ours));

  return g_str_equal (lab_node_get_name (ours), lab_node_get_name (target));
}

static gboolean
link_may_stay (gpointer ours, gpointer data)
{
  Merge *nodes = data;

  for (guint end = 0; end < 2; end++)
    if (!g_hash_table_contains (
            nodes->stays,
            lab_topology_find_node (nodes->run->topology, lab_link_get_node_name (ours, end))))
      return FALSE;

  return TRUE;
}

static gboolean
drawing_may_stay (gpointer ours, gpointer data)
{
  return TRUE;
}

static gboolean
same_checks (LabList *a, LabList *b)
{
  if (lab_list_get_length (a) != lab_list_get_length (b))
    return FALSE;
  for (guint i = 0; i < lab_list_get_length (a); i++)
    if (!same_json (lab_list_get (a, i), lab_list_get (b, i)))
      return FALSE;

  return TRUE;
}

static void
remove_all (LabEditRun *run, LabList *list)
{
  for (guint i = lab_list_get_length (list); i-- > 0;)
    lab_edit_run_do (run, lab_change_new_remove (lab_list_get (list, i)));
}

static void
insert_all (LabEditRun *run, LabList *target)
{
  for (guint i = 0; i < lab_list_get_length (target); i++)
    {
      g_autoptr (GObject) copy = copy_item (lab_list_get (target, i));

      insert_at (run, copy, i);
    }
}

/* Links go first and come last; checks too, since they name nodes. */
static void
merge_network (LabEditRun *run, LabTopology *other)
{
  LabList *checks = lab_topology_peek_list (run->topology, LAB_TYPE_CHECK);
  LabList *target_checks = lab_topology_peek_list (other, LAB_TYPE_CHECK);
  gboolean keep_checks = same_checks (checks, target_checks);
  Merge nodes;
  Merge links;

  merge_init (&nodes, run, other, LAB_TYPE_NODE, find_node);
  merge_init (&links, run, other, LAB_TYPE_LINK, find_link);
  find_stays (&nodes, node_may_stay, other);
  find_stays (&links, link_may_stay, &nodes);

  if (!keep_checks)
    remove_all (run, checks);
  remove_others (&links);
  remove_others (&nodes);
  take_json (&nodes);
  take_json (&links);
  insert_missing (&nodes);
  insert_missing (&links);
  if (!keep_checks)
    insert_all (run, target_checks);
  merge_clear (&nodes);
  merge_clear (&links);
}

static void
merge_drawings (LabEditRun *run, LabTopology *other)
{
  Merge drawings;

  merge_init (&drawings, run, other, LAB_TYPE_DRAWING, find_drawing);
  find_stays (&drawings, drawing_may_stay, NULL);
  remove_others (&drawings);
  take_json (&drawings);
  insert_missing (&drawings);
  merge_clear (&drawings);
}

static gboolean
apply_become (LabEdit *self, LabEditRun *run, GError **error)
{
  LabTopology *other = self->object;

  if (!g_str_equal (lab_topology_get_uuid (run->topology), lab_topology_get_uuid (other)))
    return lab_edit_fail (error, _ ("That is another lab: its uuid is %s."),
                          lab_topology_get_uuid (other));
  merge_network (run, other);
  merge_drawings (run, other);
  lab_edit_run_json (run, run->topology, lab_topology_peek_head (other));

  return TRUE;
}

/**
 * lab_edit_new_become:
 * @other: a document with the same uuid; it must not change until the edit is applied
 * @label: what people read
 *
 * Makes the document equal to @other: its text becomes the same, to the byte.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_become (LabTopology *other, const char *label)
{
  LabEdit *self;

  g_return_val_if_fail (LAB_IS_TOPOLOGY (other), NULL);
  g_return_val_if_fail (label != NULL, NULL);

  self = lab_edit_new (apply_become);
  self->object = g_object_ref (other);
  lab_edit_set_label (self, g_strdup (label));

  return self;
}
