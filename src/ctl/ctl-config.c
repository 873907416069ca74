/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config: which subcommand it is, and what they share. Histories are files, so that looking
 * at them needs no engine; NVRAM is written by the engine only, which knows what runs. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-config.h"
#include "ctl-family.h"
#include "ctl-ready.h"
#include "ctl-wait.h"
#include "lab-client-paths.h"
#include "lab-saved-nvram.h"
#include "lab-start-text.h"

static const CtlCommand *const subcommands[] = {
  &ctl_config_list_command,    &ctl_config_show_command,   &ctl_config_diff_command,
  &ctl_config_restore_command, &ctl_config_reset_command,  &ctl_config_save_command,
  &ctl_config_export_command,  &ctl_config_import_command, &ctl_config_take_command,
};

int
ctl_config_open (CtlLab *lab, const CtlCommand *command, int *argc, char ***argv)
{
  return ctl_lab_open (lab, command, CTL_LAB_DOCUMENT | CTL_LAB_IF_RUNNING, argc, argv);
}

LabNode *
ctl_config_find_node (CtlLab *lab, const char *name)
{
  LabNode *node = lab_topology_find_node (lab->topology, name);

  if (node == NULL)
    ctl_complain (_ ("There is no node “%s” in the lab “%s”."), name, lab->path);
  else if (lab_node_get_kind (node) != LAB_NODE_IOU)
    ctl_complain (_ ("“%s” is not a device that saves a configuration."), name);
  else
    return g_object_ref (node);
  return NULL;
}

static void
add_all (CtlLab *lab, GPtrArray *nodes)
{
  GListModel *model = lab_topology_get_nodes (lab->topology);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (model, i);

      if (lab_node_get_kind (node) == LAB_NODE_IOU)
        g_ptr_array_add (nodes, g_steal_pointer (&node));
    }
}

GPtrArray *
ctl_config_find_nodes (CtlLab *lab, char **names)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);

  if (names[0] == NULL)
    add_all (lab, nodes);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (LabNode) node = ctl_config_find_node (lab, names[i]);

      if (node == NULL)
        return NULL;
      if (!g_ptr_array_find (nodes, node, NULL))
        g_ptr_array_add (nodes, g_steal_pointer (&node));
    }
  return g_steal_pointer (&nodes);
}

char *
ctl_config_work (CtlLab *lab, LabNode *node)
{
  g_autofree char *state = lab_client_state_dir ();

  return g_strdup_printf ("%s/%s/%u", state, lab_topology_get_uuid (lab->topology),
                          lab_node_get_id (node));
}

gboolean
ctl_config_is_running (CtlLab *lab, LabNode *node)
{
  LabClientNode *running =
      lab->client != NULL ? lab_client_find_node (lab->client, lab_node_get_name (node)) : NULL;

  return running != NULL && lab_client_node_is_running (running);
}

GArray *
ctl_config_list (CtlLab *lab, LabNode *node)
{
  g_autofree char *work = ctl_config_work (lab, node);
  GError *error = NULL;
  GArray *entries;

  if (!lab_saved_catch_up (work, lab_node_get_id (node), !ctl_config_is_running (lab, node),
                           &error))
    {
      /* What was kept until now can still be shown. */
      ctl_complain ("%s", error->message);
      g_clear_error (&error);
    }
  entries = lab_saved_list (work, &error);
  if (entries == NULL)
    ctl_fail (error);
  return entries;
}

GBytes *
ctl_config_in_nvram (CtlLab *lab, LabNode *node)
{
  g_autofree char *work = ctl_config_work (lab, node);

  return lab_saved_read_nvram (work, lab_node_get_id (node), NULL, NULL, NULL);
}

/* As the device is given it. */
static GBytes *
start_config (LabNode *node)
{
  char *text = lab_start_text_expand (lab_node_get_start_config (node), lab_node_get_name (node));

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
ctl_config_read (CtlLab *lab, LabNode *node, const char *word)
{
  g_autofree char *work = ctl_config_work (lab, node);
  g_autoptr (GArray) entries = NULL;
  GError *error = NULL;
  guint64 number;
  GBytes *text;

  if (g_str_equal (word, "start"))
    return start_config (node);
  entries = ctl_config_list (lab, node);
  if (entries == NULL)
    return NULL;
  if (entries->len == 0)
    {
      ctl_complain (_ ("“%s” has saved no configuration."), lab_node_get_name (node));
      return NULL;
    }
  if (g_str_equal (word, "newest"))
    {
      number = g_array_index (entries, LabSavedEntry, entries->len - 1).number;
    }
  else if (!g_ascii_string_to_unsigned (word, 10, 1, G_MAXUINT32, &number, NULL))
    {
      ctl_complain (_ ("“%s” names no saved configuration: it is a number of “labctl config list”, "
                       "“newest” or “start”."),
                    word);
      return NULL;
    }
  text = lab_saved_read (work, (guint) number, &error);
  if (text == NULL)
    {
      ctl_complain ("%s: %s", lab_node_get_name (node), error->message);
      g_error_free (error);
    }
  return text;
}

char *
ctl_config_time_text (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M:%S") : g_strdup ("?");
}

gboolean
ctl_config_all_stopped (CtlLab *lab, GPtrArray *nodes)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      if (ctl_config_is_running (lab, nodes->pdata[i]))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                lab_node_get_name (nodes->pdata[i]));
    }
  if (names->len == 0)
    return TRUE;
  ctl_complain (_ ("These devices run, and would overwrite their configuration: %s. Stop them, or "
                   "add --restart."),
                names->str);
  return FALSE;
}

GHashTable *
ctl_config_texts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

int
ctl_config_write (CtlLab *lab, GHashTable *configs, GHashTable *vlans, gboolean restart)
{
  GError *error = NULL;
  int code = CTL_OK;

  if (!ctl_lab_have_engine (lab, &error) ||
      !ctl_wait_write_configs (lab->client, configs, vlans, restart, &error))
    code = ctl_fail (error);
  return ctl_lab_leave_engine (lab, code);
}

GStrv
ctl_config_list_running (CtlLab *lab, GHashTable *configs)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, configs);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (ctl_config_is_running (lab, lab_topology_find_node (lab->topology, name)))
        g_strv_builder_add (builder, name);
    }
  return g_strv_builder_end (builder);
}

/* None: there is nobody to wait for. */
int
ctl_config_wait_ready (CtlLab *lab, char **names)
{
  GError *error = NULL;
  int code;

  if (names[0] == NULL ||
      ctl_wait_ready (lab->client, (const char *const *) names, CTL_PATIENCE, &error))
    return CTL_OK;
  code = ctl_fail (error);
  return code == CTL_CANNOT ? CTL_FAILED : code;
}

/* --- the command --- */

static int
run_config (int argc, char **argv)
{
  const CtlFamily family = {
    .command = &ctl_config_command,
    .subcommands = subcommands,
    .n_subcommands = G_N_ELEMENTS (subcommands),
    .usage = _ ("Usage: labctl config SUBCOMMAND [OPTION…] [FILE] …\n\n"
                "Configurations that devices saved, now and earlier.\n\nSubcommands:\n"),
    .question = _ ("What shall be done with the configurations?"),
    .lab_first = TRUE,
  };

  return ctl_family_run (&family, argc, argv);
}

const CtlCommand ctl_config_command = {
  .name = "config",
  .arguments = "SUBCOMMAND [FILE] …",
  .summary = N_ ("List, compare, restore, take, import and export configurations"),
  .details = N_ (
      "\nEach save in a device is kept in a history, also when it is saved again. Nothing here\n"
      "removes a saved configuration: what is replaced is in the history first.\n\n"
      "Examples:\n"
      "  labctl config list campus.lab PC1\n"
      "  labctl config diff campus.lab PC1 3 newest\n"
      "  labctl config restore campus.lab PC1 3 --restart\n"
      "  labctl config import campus.lab day2/ --yes\n"
      "  labctl config take campus.lab\n"
      "  labctl config SUBCOMMAND --help                all about a subcommand"),
  .run = run_config,
};
