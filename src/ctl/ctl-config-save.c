/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl config save: devices are told to save, at their consoles (lab-save-all.h). */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-config.h"
#include "ctl-output.h"
#include "ctl-wait.h"
#include "lab-save-all.h"

static int
print_results (LabSaveAll *savers, gboolean json)
{
  const char *const columns[] = { _ ("NODE"), _ ("RESULT"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "ll");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  int code = CTL_OK;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < lab_save_all_get_n (savers); i++)
    {
      const char *name = lab_save_all_get_node (savers, i);
      const char *text = lab_save_all_get_text (savers, i);
      gboolean saved = lab_save_all_get_state (savers, i) == LAB_SAVE_SAVED;

      if (!saved)
        code = CTL_FAILED;
      ctl_table_add (table, CTL_BOLD, "%s", name);
      ctl_table_add (table, saved ? CTL_GOOD : CTL_BAD, "%s", text);
      json_builder_begin_object (builder);
      ctl_json_string (builder, "name", name);
      ctl_json_bool (builder, "saved", saved);
      ctl_json_string (builder, "result", text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (json)
    ctl_print_json (builder);
  else
    ctl_table_print (table);
  return code;
}

/* With --all those that do not run have nothing to save. */
static gboolean
is_meant (CtlLab *lab, LabNode *node, gboolean all)
{
  return !all || ctl_config_is_running (lab, node);
}

static gboolean
all_settled (gpointer user_data)
{
  return lab_save_all_is_done (user_data);
}

static int
save (CtlLab *lab, char **names, gboolean json)
{
  g_autoptr (GPtrArray) nodes = ctl_config_find_nodes (lab, names);
  g_autoptr (LabSaveAll) savers = NULL;
  GError *error = NULL;

  if (nodes == NULL)
    return CTL_CANNOT;
  ctl_interruptible ();
  savers = lab_save_all_new (lab->client);
  for (guint i = 0; i < nodes->len; i++)
    {
      LabNode *node = nodes->pdata[i];

      if (is_meant (lab, node, names[0] == NULL))
        lab_save_all_add (savers, lab_node_get_name (node), lab_node_get_id (node),
                          lab_node_get_image_name (node));
    }
  lab_save_all_start (savers);
  if (!ctl_wait_until (lab->client, all_settled, savers, &error))
    {
      lab_save_all_cancel (savers);
      return ctl_fail (error);
    }
  return print_results (savers, json);
}

static int
run_save (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean all = FALSE;
  gboolean json = FALSE;
  int code;
  GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_ ("All devices that run"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_config_save_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_config_save_command, CTL_LAB_DOCUMENT | CTL_LAB_ENGINE, &argc,
                       &argv);
  if (code != CTL_OK)
    return code;
  if (all == (argc > 0))
    return ctl_usage (&ctl_config_save_command, _ ("Either nodes or --all."));
  if (lab.client == NULL)
    return CTL_CANNOT;
  return save (&lab, argv, json);
}

const CtlCommand ctl_config_save_command = {
  .name = "config save",
  .arguments = "[FILE] NODE… | --all",
  .summary = N_ ("Tell devices to save their configurations"),
  .details = N_ ("Types “write memory” (hosts: “save”) at the consoles of all of them at once, and "
                 "waits until\ntheir NVRAM was written. Exits 1 if one has not saved.\n\n"
                 "Examples:\n"
                 "  labctl config save campus.lab PC1\n"
                 "  labctl config save --all"),
  .run = run_save,
};
