/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adding and removing nodes.
 *
 * Ids: a device's files are kept by id, so an id is given once. A new node gets the lowest id that
 * no node had since the document was opened; if there is none left, one that neither the document
 * nor the history holds. */

#define G_LOG_DOMAIN "lab"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lab-edit-private.h"
#include "lab-json-private.h"
#include "lab-node-private.h"
#include "lab-topology-private.h"

static gboolean
is_used (LabEditRun *run, guint id)
{
  return (lab_topology_peek_used (run->topology)->nodes[id / 8] >> (id % 8)) & 1;
}

/* 0 if there is none. */
static guint
choose_id (LabEditRun *run, guint wanted)
{
  if (wanted != 0 && !is_used (run, wanted))
    return wanted;
  for (guint id = 1; id <= LAB_MAX_ID; id++)
    if (!is_used (run, id))
      return id;
  for (guint id = 1; id <= LAB_MAX_ID; id++)
    if (lab_topology_find_node_by_id (run->topology, id) == NULL &&
        !run->holds (run->holds_data, LAB_TYPE_NODE, id))
      return id;

  return 0;
}

/* "R1" is taken: "R2"; "Switch" is taken: "Switch2". */
static char *
choose_name (LabEditRun *run, const char *wanted)
{
  gsize stem = strlen (wanted);
  guint number = 2;

  if (lab_topology_find_node (run->topology, wanted) == NULL)
    return g_strdup (wanted);
  while (stem > 0 && g_ascii_isdigit (wanted[stem - 1]))
    stem--;
  if (wanted[stem] != '\0')
    number = 1;

  for (;; number++)
    {
      g_autofree char *digits = g_strdup_printf ("%u", number);
      gsize room = LAB_MAX_NAME_BYTES - strlen (digits);
      gsize length = MIN (stem, room);
      g_autofree char *name = NULL;

      while (length > 0 && length < stem && ((guchar) wanted[length] & 0xc0) == 0x80)
        length--;
      name = g_strdup_printf ("%.*s%s", (int) length, wanted, digits);
      if (lab_topology_find_node (run->topology, name) == NULL)
        return g_steal_pointer (&name);
    }
}

static gboolean
apply_add (LabEdit *self, LabEditRun *run, GError **error)
{
  LabNode *node = self->object;
  g_autofree char *name = NULL;
  g_autoptr (JsonNode) before = NULL;
  guint id;

  if (lab_node_get_placed (node))
    return lab_edit_fail (error, _ ("Device “%s” is in a lab already; add a copy of it."),
                          lab_node_get_name (node));
  if (g_list_model_get_n_items (lab_topology_get_nodes (run->topology)) >= LAB_MAX_NODES)
    return lab_edit_fail (error, _ ("The lab has %d devices, the most there may be."),
                          LAB_MAX_NODES);
  id = choose_id (run, lab_node_get_id (node));
  if (id == 0)
    return lab_edit_fail (error,
                          _ ("All %d ids are held by devices that are there or that undo can bring "
                             "back; save the lab and open it again."),
                          LAB_MAX_ID);

  before = lab_node_to_json (node);
  name = choose_name (run, lab_node_get_name (node));
  lab_node_set_name (node, name);
  lab_node_set_id (node, id);
  lab_edit_run_do (run, lab_change_new_insert (node, json_node_get_object (before)));
  /* Translators: a step that can be undone; a node's name */
  lab_edit_set_label (self, g_strdup_printf (_ ("Add %s"), name));

  return TRUE;
}

/**
 * lab_edit_new_add_node:
 * @node: a node that is in no lab; it becomes part of the document itself, not a copy
 *
 * Adds a node. It gets an id, and a free name if its own is taken: ask @node after applying.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_add_node (LabNode *node)
{
  LabEdit *self;

  g_return_val_if_fail (LAB_IS_NODE (node), NULL);

  self = lab_edit_new (apply_add);
  self->object = g_object_ref (node);
  lab_edit_set_label (self, g_strdup_printf (_ ("Add %s"), lab_node_get_name (node)));

  return self;
}

static void
remove_links (LabEditRun *run, GHashTable *names)
{
  LabList *links = lab_topology_peek_list (run->topology, LAB_TYPE_LINK);

  for (guint i = lab_list_get_length (links); i-- > 0;)
    {
      LabLink *link = lab_list_get (links, i);

      if (g_hash_table_contains (names, lab_link_get_node_name (link, 0)) ||
          g_hash_table_contains (names, lab_link_get_node_name (link, 1)))
        lab_edit_run_do (run, lab_change_new_remove (link));
    }
}

/* A check of a device that is gone could never pass. */
static void
remove_checks (LabEditRun *run, GHashTable *names)
{
  LabList *checks = lab_topology_peek_list (run->topology, LAB_TYPE_CHECK);

  for (guint i = lab_list_get_length (checks); i-- > 0;)
    {
      LabCheck *check = lab_list_get (checks, i);

      if (g_hash_table_contains (names, lab_check_get_node (check)))
        lab_edit_run_do (run, lab_change_new_remove (check));
    }
}

static gboolean
apply_remove (LabEdit *self, LabEditRun *run, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; self->names[i] != NULL; i++)
    {
      if (lab_edit_find_node (run, self->names[i], error) == NULL)
        return FALSE;
      g_hash_table_add (names, self->names[i]);
    }
  remove_links (run, names);
  remove_checks (run, names);
  for (guint i = 0; self->names[i] != NULL; i++)
    {
      LabNode *node = lab_topology_find_node (run->topology, self->names[i]);

      if (node != NULL)
        lab_edit_run_do (run, lab_change_new_remove (node));
    }

  return TRUE;
}

/**
 * lab_edit_new_remove_nodes:
 * @names: (array zero-terminated=1): nodes
 *
 * Removes nodes, with their links and checks. Undo brings all of it back in its place.
 *
 * Returns: (transfer full): an edit
 */
LabEdit *
lab_edit_new_remove_nodes (const char *const *names)
{
  LabEdit *self;
  guint n;

  g_return_val_if_fail (names != NULL, NULL);

  n = g_strv_length ((char **) names);
  self = lab_edit_new (apply_remove);
  self->names = g_strdupv ((char **) names);
  if (n == 1)
    /* Translators: a step that can be undone; a node's name */
    lab_edit_set_label (self, g_strdup_printf (_ ("Delete %s"), names[0]));
  else
    lab_edit_set_label (self,
                        g_strdup_printf (ngettext ("Delete %u device", "Delete %u devices", n), n));

  return self;
}
