/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl clone: a whole lab with all that its devices keep, as a lab of its own beside the first;
 * or some of its nodes, within it. For a whole lab only files are read and written, so no engine is
 * needed; nodes are added to the lab that runs, too. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-lab.h"
#include "lab-client-paths.h"
#include "lab-clone.h"
#include "lab-history.h"
#include "lab-look.h"
#include "lab-state.h"
#include "lab-trash.h"

#define GRID_STEPS 2

/* --- a lab --- */

static int
clone_lab (CtlLab *lab, const char *path)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *state = lab_client_state_dir ();
  g_autofree char *from = ctl_lab_state (lab);
  g_autofree char *to = g_build_filename (state, uuid, NULL);
  g_autoptr (GHashTable) ids = lab_state_device_ids (lab->topology);
  g_autofree char *text = NULL;
  GError *error = NULL;
  gsize length;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      ctl_complain (_ ("There is a file %s already; choose another name."), path);
      return CTL_CANNOT;
    }
  text = lab_file_to_string_as (lab->topology, uuid, &length);
  if (lab_state_copy_lab (from, to, ids, &error) && lab_file_save_text (text, length, path, &error))
    {
      g_print ("%s\n", path);
      return CTL_OK;
    }
  lab_state_remove_tree (to);
  return ctl_fail (error);
}

/* --- nodes --- */

static LabClipping *
copy_nodes (CtlLab *lab, const char *folder, char **names)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GHashTable) devices = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) configs = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      LabNode *node = lab_topology_find_node (lab->topology, names[i]);

      g_ptr_array_add (items, node);
      if (lab_node_get_kind (node) == LAB_NODE_IOU)
        g_hash_table_insert (devices, GUINT_TO_POINTER (lab_node_get_id (node)),
                             (gpointer) lab_node_get_name (node));
    }
  configs = lab_clone_read_configs (folder, devices);
  return lab_clipping_new (lab->topology, items, configs);
}

/* A window may have given the id to a device that is not in the file yet. */
static gboolean
id_is_free (CtlLab *lab, LabNode *node)
{
  GListModel *remotes = lab->client != NULL ? lab_client_get_nodes (lab->client) : NULL;
  guint n_remotes = remotes != NULL ? g_list_model_get_n_items (remotes) : 0;

  for (guint i = 0; i < n_remotes; i++)
    {
      g_autoptr (LabClientNode) remote = g_list_model_get_item (remotes, i);

      if (lab_client_node_get_id (remote) != lab_node_get_id (node))
        continue;
      ctl_complain (_ ("“%s” is in the lab that runs, but not in %s; save the lab in its window "
                       "first."),
                    lab_client_node_get_name (remote), lab->path);
      return FALSE;
    }
  return TRUE;
}

/* What an earlier device of the same id left is not the copy's. */
static gboolean
make_room (CtlLab *lab, GPtrArray *items)
{
  g_autofree char *state = lab_client_state_dir ();
  g_autoptr (GHashTable) leftovers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < items->len && LAB_IS_NODE (items->pdata[i]); i++)
    {
      if (!id_is_free (lab, items->pdata[i]))
        return FALSE;
      g_hash_table_insert (leftovers, GUINT_TO_POINTER (lab_node_get_id (items->pdata[i])),
                           (gpointer) "earlier device");
    }
  lab_trash_collect_today (state, lab_topology_get_uuid (lab->topology), leftovers);
  return TRUE;
}

static void
remove_files (const char *folder, GArray *pairs)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      g_autofree char *work =
          g_strdup_printf ("%s/%u", folder, g_array_index (pairs, LabClonePair, i).to);

      lab_state_remove_tree (work);
    }
}

/* The files are there before anybody hears of the new nodes. */
static int
add_copies (CtlLab *lab, const char *folder, LabClipping *clipping, GPtrArray *items)
{
  g_autoptr (GArray) pairs = lab_clone_pairs (clipping, items);
  GError *error = NULL;

  if (!make_room (lab, items))
    return CTL_CANNOT;
  if (!lab_clone_copy_files (folder, folder, pairs, 0, &error) ||
      !lab_file_save (lab->topology, lab->path, &error))
    {
      remove_files (folder, pairs);
      return ctl_fail (error);
    }
  for (guint i = 0; i < items->len && LAB_IS_NODE (items->pdata[i]); i++)
    g_print ("%s\n", lab_node_get_name (items->pdata[i]));
  if (lab->client != NULL && !ctl_lab_apply (lab, &error))
    return ctl_fail (error);
  return CTL_OK;
}

static int
clone_nodes (CtlLab *lab, char **names)
{
  g_autofree char *folder = ctl_lab_state (lab);
  g_autoptr (LabHistory) history = lab_history_new (lab->topology);
  g_autoptr (LabClipping) clipping = NULL;
  g_autoptr (GPtrArray) items = NULL;
  double step = GRID_STEPS * lab_topology_get_grid (lab->topology);
  GError *error = NULL;

  if (!ctl_lab_knows (lab, names))
    return CTL_FAILED;
  clipping = copy_nodes (lab, folder, names);
  if (clipping == NULL)
    return CTL_FAILED;
  if (!lab_clipping_paste (clipping, lab->topology, history, step, step, NULL, &items, &error))
    return ctl_fail (error);
  return add_copies (lab, folder, clipping, items);
}

/* --- the command --- */

static int
run_clone (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_auto (GStrv) nodes = NULL;
  GOptionEntry options[] = { { "node", 'n', 0, G_OPTION_ARG_STRING_ARRAY, &nodes,
                               N_ ("Only copy this node, within the lab; may be given again"),
                               N_ ("NODE") },
                             { NULL } };
  CtlLabFlags flags = CTL_LAB_DOCUMENT | CTL_LAB_EXPLICIT;
  int code;

  if (!ctl_parse_options (&ctl_clone_command, options, &argc, &argv))
    return CTL_USAGE;
  if (nodes == NULL && argc != 2)
    return ctl_usage (&ctl_clone_command, _ ("Say the lab, and the file of its copy."));
  if (nodes != NULL && argc > 1)
    return ctl_usage (&ctl_clone_command, _ ("Nodes are copied within their lab; leave “%s” out."),
                      argv[1]);
  if (nodes != NULL)
    flags |= CTL_LAB_IF_RUNNING;
  code = ctl_lab_open (&lab, &ctl_clone_command, flags, &argc, &argv);
  if (code != CTL_OK)
    return code;
  return nodes != NULL ? clone_nodes (&lab, nodes) : clone_lab (&lab, argv[0]);
}

const CtlCommand ctl_clone_command = {
  .name = "clone",
  .arguments = "FILE NEW.lab | FILE --node NODE",
  .summary = N_ ("Copy a lab, or nodes of it, with all that devices keep"),
  .details = N_ (
      "\nThe copy of a lab has an identity of its own: both may run side by side. Histories of\n"
      "saved configurations go along, checkpoints stay with the first.\n\n"
      "With --node only that node is copied, within its lab; several with the links among them.\n"
      "What it has saved is the start configuration of the copy, with the copy's name, and its\n"
      "other files (vlan.dat) are copied. The names of the new nodes are printed.\n"
      "The lab may run.\n\n"
      "  labctl clone campus.lab --node SW1 --node SW2"),
  .run = run_clone,
};
