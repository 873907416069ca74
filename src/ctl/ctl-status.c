/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl status and list: what runs. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-lab.h"
#include "ctl-output.h"
#include "ctl-wait.h"
#include "lab-client-running.h"

static CtlTone
state_tone (LabClientState state)
{
  switch (state)
    {
    case LAB_CLIENT_STATE_READY:
      return CTL_GOOD;
    case LAB_CLIENT_STATE_CRASHED:
    case LAB_CLIENT_STATE_UNSUPPORTED:
      return CTL_BAD;
    case LAB_CLIENT_STATE_STARTING:
    case LAB_CLIENT_STATE_BOOTING:
    case LAB_CLIENT_STATE_STOPPING:
    case LAB_CLIENT_STATE_FROZEN:
      return CTL_WARN;
    case LAB_CLIENT_STATE_UNKNOWN:
    case LAB_CLIENT_STATE_STOPPED:
    case LAB_CLIENT_STATE_BUILTIN:
    default:
      return CTL_PLAIN;
    }
}

static void
add_node_json (JsonBuilder *builder, LabClientNode *node)
{
  gint64 ready_after = lab_client_node_get_ready_after (node);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "name", lab_client_node_get_name (node));
  ctl_json_int (builder, "id", lab_client_node_get_id (node));
  ctl_json_string (builder, "state", lab_client_state_to_string (lab_client_node_get_state (node)));
  ctl_json_int (builder, "pid", lab_client_node_get_pid (node));
  ctl_json_string (builder, "console", lab_client_node_get_console (node));
  ctl_json_string (builder, "message", lab_client_node_get_message (node));
  ctl_json_int (builder, "exit-code", lab_client_node_get_exit_code (node));
  ctl_json_int (builder, "exit-signal", lab_client_node_get_exit_signal (node));
  ctl_json_string (builder, "last-lines", lab_client_node_get_last_lines (node));
  if (ready_after >= 0)
    ctl_json_ms (builder, "ready-ms", (double) ready_after / G_USEC_PER_SEC);
  else
    ctl_json_string (builder, "ready-ms", NULL);
  ctl_json_bool (builder, "restart-needed", lab_client_node_get_restart_needed (node));
  ctl_json_bool (builder, "saved-config", lab_client_node_get_saved_config (node));
  json_builder_end_object (builder);
}

static void
add_engine_json (JsonBuilder *builder, LabClient *client)
{
  GVariantDict facts;
  guint32 number = 0;
  gboolean sandbox = FALSE;
  const char *reason = "";

  g_variant_dict_init (&facts, lab_client_get_engine_facts (client));
  json_builder_set_member_name (builder, "engine");
  json_builder_begin_object (builder);
  ctl_json_int (builder, "pid", lab_client_get_engine_pid (client));
  ctl_json_string (builder, "version", lab_client_get_engine_version (client));
  g_variant_dict_lookup (&facts, "relay-pid", "u", &number);
  ctl_json_int (builder, "relay-pid", number);
  number = 0;
  g_variant_dict_lookup (&facts, "relay-restarts", "u", &number);
  ctl_json_int (builder, "relay-restarts", number);
  g_variant_dict_lookup (&facts, "sandbox", "b", &sandbox);
  ctl_json_bool (builder, "sandbox", sandbox);
  g_variant_dict_lookup (&facts, "sandbox-reason", "&s", &reason);
  ctl_json_string (builder, "sandbox-reason", reason);
  ctl_json_string (builder, "counters", lab_client_get_counters_path (client));
  json_builder_end_object (builder);
  g_variant_dict_clear (&facts);
}

static void
print_status_json (CtlLab *lab)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GListModel *nodes = lab->client != NULL ? lab_client_get_nodes (lab->client) : NULL;

  json_builder_begin_object (builder);
  ctl_json_string (builder, "path", lab->path);
  ctl_json_string (builder, "uuid",
                   lab->client != NULL ? lab_client_get_uuid (lab->client)
                                       : lab_topology_get_uuid (lab->topology));
  ctl_json_bool (builder, "running", lab->client != NULL);
  if (lab->client != NULL)
    add_engine_json (builder, lab->client);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; nodes != NULL && i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);

      add_node_json (builder, node);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  ctl_print_json (builder);
}

static void
add_node_row (CtlTable *table, LabClientNode *node)
{
  LabClientState state = lab_client_node_get_state (node);
  gint64 ready_after = lab_client_node_get_ready_after (node);
  guint pid = lab_client_node_get_pid (node);
  g_autofree char *message = g_strdup (lab_client_node_get_message (node));

  if (*message == '\0' && lab_client_node_get_restart_needed (node))
    {
      g_free (message);
      message = g_strdup (_ ("settings changed: reload it"));
    }
  ctl_table_add (table, CTL_BOLD, "%s", lab_client_node_get_name (node));
  ctl_table_add (table, CTL_PLAIN, "%u", lab_client_node_get_id (node));
  ctl_table_add (table, state_tone (state), "%s", lab_client_state_to_string (state));
  if (pid != 0)
    ctl_table_add (table, CTL_PLAIN, "%u", pid);
  else
    ctl_table_add (table, CTL_DIM, "–");
  if (ready_after >= 0)
    ctl_table_add (table, CTL_PLAIN, "%.2f s", (double) ready_after / G_USEC_PER_SEC);
  else
    ctl_table_add (table, CTL_DIM, "–");
  ctl_table_add (table, CTL_PLAIN, "%s", message);
}

static void
print_status (CtlLab *lab)
{
  const char *const columns[] = { _ ("NODE"),     _ ("ID"),   _ ("STATE"), _ ("PID"),
                                  _ ("READY IN"), _ ("NOTE"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lrlrrl");
  GListModel *nodes;

  if (lab->client == NULL)
    {
      g_print (_ ("%s is not running.\n"), lab->path);
      return;
    }
  nodes = lab_client_get_nodes (lab->client);
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);

      add_node_row (table, node);
    }
  ctl_table_print (table);
}

static int
run_status (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean json = FALSE;
  int code;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_status_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_status_command, CTL_LAB_IF_RUNNING, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc > 0)
    return ctl_usage (&ctl_status_command, _ ("“%s” is too much."), argv[0]);
  if (json)
    print_status_json (&lab);
  else
    print_status (&lab);
  return CTL_OK;
}

/* --- list --- */

static void
count_states (LabClient *client, guint *running, guint *crashed)
{
  GListModel *nodes = lab_client_get_nodes (client);

  *running = *crashed = 0;
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabClientNode) node = g_list_model_get_item (nodes, i);

      *running += lab_client_node_is_running (node);
      *crashed += lab_client_node_get_state (node) == LAB_CLIENT_STATE_CRASHED;
    }
}

static void
add_lab_json (JsonBuilder *builder, LabClient *client)
{
  guint running;
  guint crashed;

  count_states (client, &running, &crashed);
  json_builder_begin_object (builder);
  ctl_json_string (builder, "path", lab_client_get_engine_path (client));
  ctl_json_string (builder, "uuid", lab_client_get_uuid (client));
  ctl_json_int (builder, "pid", lab_client_get_engine_pid (client));
  ctl_json_int (builder, "running", running);
  ctl_json_int (builder, "crashed", crashed);
  json_builder_end_object (builder);
}

static void
add_lab_row (CtlTable *table, LabClient *client)
{
  guint running;
  guint crashed;

  count_states (client, &running, &crashed);
  ctl_table_add (table, CTL_PLAIN, "%u", running);
  ctl_table_add (table, crashed > 0 ? CTL_BAD : CTL_PLAIN, "%u", crashed);
  ctl_table_add (table, CTL_PLAIN, "%u", lab_client_get_engine_pid (client));
  ctl_table_add (table, CTL_BOLD, "%s", lab_client_get_engine_path (client));
}

static int
run_list (int argc, char **argv)
{
  const char *const columns[] = { _ ("RUNNING"), _ ("CRASHED"), _ ("ENGINE"), _ ("LAB"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "rrrl");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) uuids = NULL;
  gboolean json = FALSE;
  guint n = 0;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_list_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc > 0)
    return ctl_usage (&ctl_list_command, _ ("“%s” is too much."), argv[0]);

  uuids = lab_client_list_running ();
  json_builder_begin_array (builder);
  for (guint i = 0; uuids[i] != NULL; i++)
    {
      g_autoptr (LabClient) client = lab_client_new (uuids[i], NULL);

      if (!ctl_wait_open (client, LAB_CLIENT_OPEN_NONE, NULL))
        continue; /* it ended meanwhile */
      add_lab_json (builder, client);
      add_lab_row (table, client);
      n++;
    }
  json_builder_end_array (builder);
  if (json)
    ctl_print_json (builder);
  else if (n > 0)
    ctl_table_print (table);
  else
    g_print (_ ("No lab is running.\n"));
  return CTL_OK;
}

const CtlCommand ctl_status_command = {
  .name = "status",
  .arguments = "[FILE]",
  .summary = N_ ("Show the devices of a lab"),
  .details = N_ ("Example:\n  labctl status campus.lab --json | jq '.nodes[].state'"),
  .run = run_status,
};

const CtlCommand ctl_list_command = {
  .name = "list",
  .arguments = "",
  .summary = N_ ("Show the labs that run"),
  .details = N_ ("Removes what engines that were killed left behind."),
  .run = run_list,
};
