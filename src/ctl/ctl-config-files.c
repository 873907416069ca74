/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config export and import: a folder with one file a node (lab-config-folder.h). */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-config.h"
#include "ctl-output.h"
#include "lab-config-folder.h"

static GPtrArray *
folder_nodes (CtlLab *lab)
{
  char *none[] = { NULL };
  g_autoptr (GPtrArray) all = ctl_config_find_nodes (lab, none);
  GPtrArray *nodes = lab_config_nodes_new ();

  for (guint i = 0; i < all->len; i++)
    {
      LabNode *node = all->pdata[i];
      g_autofree char *work = ctl_config_work (lab, node);

      lab_config_nodes_add (nodes, lab_node_get_name (node), work, lab_node_get_id (node),
                            lab_node_get_nvram (node));
    }
  return nodes;
}

/* --- export --- */

static int
export_all (CtlLab *lab, const char *folder)
{
  g_autoptr (GPtrArray) nodes = folder_nodes (lab);
  g_autoptr (GError) error = NULL;
  int n = lab_config_folder_write (folder, nodes, &error);

  if (n < 0)
    {
      ctl_complain ("%s", error->message);
      return CTL_CANNOT;
    }
  g_printerr (g_dngettext (GETTEXT_PACKAGE, "%d configuration saved in “%s”.\n",
                           "%d configurations saved in “%s”.\n", (gulong) n),
              n, folder);
  return CTL_OK;
}

static int
run_export (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  int code;

  if (!ctl_parse_options (&ctl_config_export_command, NULL, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_export_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc != 1)
    return ctl_usage (&ctl_config_export_command, _ ("One folder is needed."));
  return export_all (&lab, argv[0]);
}

/* --- import --- */

static const char *
state_of (CtlLab *lab, const LabConfigItem *item)
{
  LabNode *node = item->node != NULL ? lab_topology_find_node (lab->topology, item->node) : NULL;

  if (node == NULL)
    return "";
  if (!ctl_config_is_running (lab, node))
    return _ ("stopped");
  return lab_config_item_loads (item) ? _ ("running: restarts") : _ ("running");
}

static void
add_lines (char *cell, gsize size, GBytes *text)
{
  if (text != NULL)
    g_snprintf (cell, size, "%u", lab_config_count_lines (text));
  else
    g_strlcpy (cell, "–", size);
}

static guint
print_items (CtlLab *lab, GPtrArray *items)
{
  const char *const columns[] = { _ ("FILE"),  _ ("NODE"),         _ ("NOW"), _ ("NEW"),
                                  _ ("STATE"), _ ("WHAT HAPPENS"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "llrrll");
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const LabConfigItem *item = items->pdata[i];
      g_autofree char *name = item->file != NULL ? g_filename_display_name (item->file) : NULL;
      gboolean loads = lab_config_item_loads (item);
      char now[16];
      char new[16];

      n += loads;
      add_lines (now, sizeof now, item->now);
      add_lines (new, sizeof new, item->text);
      ctl_table_add (table, CTL_PLAIN, "%s%s", name != NULL ? name : "–",
                     item->vlans != NULL ? " + vlan.dat" : "");
      ctl_table_add (table, CTL_BOLD, "%s", item->node != NULL ? item->node : "–");
      ctl_table_add (table, CTL_PLAIN, "%s", now);
      ctl_table_add (table, CTL_PLAIN, "%s", new);
      ctl_table_add (table, CTL_PLAIN, "%s", state_of (lab, item));
      ctl_table_add (table, loads ? CTL_PLAIN : CTL_WARN, "%s", lab_config_item_describe (item));
    }
  ctl_table_print (table);
  return n;
}

/* All or nothing: what cannot be done is said while nothing has been touched. */
static gboolean
all_fit (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const LabConfigItem *item = items->pdata[i];

      if (item->fate != LAB_CONFIG_NO_ROOM)
        continue;
      ctl_complain (
          _ ("%s cannot hold this configuration: “%s” is too large for its NVRAM. Nothing "
             "was changed."),
          item->node, item->file);
      return FALSE;
    }
  return TRUE;
}

static int
load_items (CtlLab *lab, GPtrArray *items, gboolean wait)
{
  g_autoptr (GHashTable) configs = ctl_config_texts ();
  g_autoptr (GHashTable) vlans = ctl_config_texts ();
  g_auto (GStrv) restarted = NULL;
  guint n;
  int code;

  for (guint i = 0; i < items->len; i++)
    {
      const LabConfigItem *item = items->pdata[i];

      if (!lab_config_item_loads (item))
        continue;
      g_hash_table_insert (configs, g_strdup (item->node), g_bytes_ref (item->text));
      g_hash_table_insert (vlans, g_strdup (item->node),
                           item->vlans != NULL ? g_bytes_ref (item->vlans) : g_bytes_new (NULL, 0));
    }
  n = g_hash_table_size (configs);
  restarted = ctl_config_list_running (lab, configs);
  code = ctl_config_write (lab, configs, vlans, TRUE);
  if (code == CTL_OK)
    g_printerr (g_dngettext (GETTEXT_PACKAGE, "%u configuration was loaded.\n",
                             "%u configurations were loaded.\n", n),
                n);
  return code == CTL_OK && wait ? ctl_config_wait_ready (lab, restarted) : code;
}

static int
import_all (CtlLab *lab, const char *folder, gboolean yes, gboolean wait)
{
  g_autoptr (GPtrArray) nodes = folder_nodes (lab);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = lab_config_folder_scan (folder, nodes, NULL, &error);

  if (items == NULL)
    {
      ctl_complain ("%s", error->message);
      return CTL_CANNOT;
    }
  if (print_items (lab, items) == 0)
    {
      ctl_complain (_ ("No file in “%s” is for a node of this lab."), folder);
      return CTL_CANNOT;
    }
  if (yes)
    return all_fit (items) ? load_items (lab, items, wait) : CTL_CANNOT;
  g_printerr (_ ("Nothing was changed. Add --yes to do it.\n"));
  return CTL_OK;
}

static int
run_import (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean yes = FALSE;
  gboolean wait = FALSE;
  int code;
  GOptionEntry entries[] = {
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_ ("Do it, instead of showing what would be done"),
      NULL },
    { "wait", 'w', 0, G_OPTION_ARG_NONE, &wait,
      N_ ("Wait until the devices that were restarted are ready"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_config_import_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_config_open (&lab, &ctl_config_import_command, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc != 1)
    return ctl_usage (&ctl_config_import_command, _ ("One folder is needed."));
  return import_all (&lab, argv[0], yes, wait);
}

const CtlCommand ctl_config_export_command = {
  .name = "config export",
  .arguments = "[FILE] FOLDER",
  .summary = N_ ("Write the saved configurations into a folder"),
  .details = N_ ("One file NODE.cfg for each device that has saved one, and NODE.vlan.dat for each "
                 "switch that\n"
                 "has a VLAN database.\n\n"
                 "Example:\n  labctl config export campus.lab day1/"),
  .run = run_export,
};

const CtlCommand ctl_config_import_command = {
  .name = "config import",
  .arguments = "[FILE] FOLDER",
  .summary = N_ ("Load a folder of configurations into devices"),
  .details = N_ (
      "Shows which file goes to which node, and with --yes does it: the configuration replaces "
      "what "
      "the\ndevice has saved (which stays in the history), and devices that run are restarted with "
      "it.\n\n"
      "Files are NODE.cfg, NODE.txt, NODE.conf, NODE_startup-config.cfg or NODE-confg. With "
      "them goes\nNODE.vlan.dat; without one the VLANs of a switch are those of its configuration, "
      "and its vlan.dat\nis removed.\n\n"
      "Examples:\n"
      "  labctl config import campus.lab day2/\n"
      "  labctl config import campus.lab day2/ --yes --wait"),
  .run = run_import,
};
