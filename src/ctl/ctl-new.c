/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl new: an empty lab, one with some hosts around a switch, or a copy with an identity of its
 * own. */

#include "config.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "ctl-lab.h"
#include "lab-history.h"

#define MAX_HOSTS 60
#define SPACING   140

static LabNode *make_node (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static LabNode *
make_node (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) json = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  json = json_from_string (text, error);
  return json != NULL ? lab_node_new_from_json (json, error) : NULL;
}

static LabNode *
make_switch (int n_hosts, GError **error)
{
  g_autoptr (GString) ports = g_string_new (NULL);

  for (int i = 0; i < MAX (n_hosts, 4); i++)
    g_string_append_printf (ports, "%s{\"mode\":\"access\",\"vlan\":1}", i > 0 ? "," : "");
  return make_node (error, "{\"name\":\"SW1\",\"kind\":\"switch\",\"x\":0,\"y\":0,\"ports\":[%s]}",
                    ports->str);
}

/* Hosts in rows of eight below the switch. */
static LabNode *
make_host (int number, int n_hosts, GError **error)
{
  int in_row = MIN (8, n_hosts - number / 8 * 8);
  int x = (2 * (number % 8) - (in_row - 1)) * SPACING / 2;
  int y = (number / 8 + 1) * SPACING;

  return make_node (error,
                    "{\"name\":\"PC%d\",\"kind\":\"iou\",\"x\":%d,\"y\":%d,"
                    "\"image\":{\"name\":\"labwright-pc\"},\"ethernet\":1,\"serial\":0,"
                    "\"start\":[\"ip 10.0.0.%d/24\"]}",
                    number + 1, x, y, number + 1);
}

static gboolean
apply_node (LabHistory *history, LabNode *node, GError **error)
{
  g_autoptr (LabNode) owned = node;
  g_autoptr (LabEdit) edit = NULL;

  if (node == NULL)
    return FALSE;
  edit = lab_edit_new_add_node (node);
  return lab_history_apply (history, edit, error);
}

static gboolean
add_host (LabHistory *history, int number, int n_hosts, GError **error)
{
  g_autofree char *name = g_strdup_printf ("PC%d", number + 1);
  g_autofree char *port = g_strdup_printf ("e%d", number);
  g_autoptr (LabLink) link = lab_link_new (name, "e0/0", "SW1", port);
  g_autoptr (LabEdit) edit = lab_edit_new_add_link (link);

  return apply_node (history, make_host (number, n_hosts, error), error) &&
         lab_history_apply (history, edit, error);
}

static gboolean
add_checks (LabHistory *history, int n_hosts, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (LabEdit) edit = NULL;

  json_builder_begin_array (builder);
  for (int i = 1; i < n_hosts; i++)
    {
      g_autofree char *name = g_strdup_printf ("PC1 reaches PC%d", i + 1);
      g_autofree char *send = g_strdup_printf ("ping 10.0.0.%d -c 3", i + 1);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, name);
      json_builder_set_member_name (builder, "node");
      json_builder_add_string_value (builder, "PC1");
      json_builder_set_member_name (builder, "send");
      json_builder_add_string_value (builder, send);
      json_builder_set_member_name (builder, "expect");
      json_builder_add_string_value (builder, "bytes from");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  edit = lab_edit_new_set_lab ("checks", root);
  return lab_history_apply (history, edit, error);
}

static gboolean
fill (LabTopology *topology, int n_hosts, GError **error)
{
  g_autoptr (LabHistory) history = lab_history_new (topology);

  if (n_hosts == 0)
    return TRUE;
  if (!apply_node (history, make_switch (n_hosts, error), error))
    return FALSE;
  for (int i = 0; i < n_hosts; i++)
    if (!add_host (history, i, n_hosts, error))
      return FALSE;
  return n_hosts < 2 || add_checks (history, n_hosts, error);
}

/* The same document under a fresh uuid: its run, its NVRAM and its MAC addresses are its own. */
static LabTopology *
copy_of (const char *path, const char *name, GError **error)
{
  g_autoptr (LabTopology) original = lab_file_load (path, error);
  g_autofree char *text = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  if (original == NULL)
    return NULL;
  text = lab_file_to_string (original, NULL);
  root = json_from_string (text, error);
  if (root == NULL)
    return NULL;
  object = json_node_get_object (root);
  json_object_set_string_member (object, "uuid", uuid);
  if (name != NULL)
    json_object_set_string_member (object, "name", name);
  copied = json_to_string (root, FALSE);
  return lab_file_parse (copied, strlen (copied), path, error);
}

/* "campus.lab" → "campus" */
static char *
name_from_path (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);

  if (g_str_has_suffix (base, ".lab") && strlen (base) > 4)
    base[strlen (base) - 4] = '\0';
  return g_utf8_make_valid (base, -1);
}

static int
run_new (int argc, char **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *from = NULL;
  g_autofree char *default_name = NULL;
  g_autoptr (LabTopology) topology = NULL;
  GError *error = NULL;
  int n_hosts = 0;
  GOptionEntry entries[] = {
    { "name", 'n', 0, G_OPTION_ARG_STRING, &name, N_ ("Name of the lab (default: from FILE)"),
      N_ ("NAME") },
    { "hosts", 0, 0, G_OPTION_ARG_INT, &n_hosts, N_ ("Put N hosts around a switch, with checks"),
      N_ ("N") },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, N_ ("Copy this lab, with an identity of its own"),
      N_ ("OLD.lab") },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_new_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (argc != 1)
    return ctl_usage (&ctl_new_command, _ ("One file to make is needed."));
  if (n_hosts < 0 || n_hosts > MAX_HOSTS)
    return ctl_usage (&ctl_new_command, _ ("The number of hosts is 0 to %d."), MAX_HOSTS);
  if (from != NULL && n_hosts > 0)
    return ctl_usage (&ctl_new_command, _ ("Either --from or --hosts."));
  if (g_file_test (argv[0], G_FILE_TEST_EXISTS))
    {
      ctl_complain (_ ("“%s” exists already; it was left as it is."), argv[0]);
      return CTL_CANNOT;
    }

  default_name = name_from_path (argv[0]);
  if (from != NULL)
    topology = copy_of (from, name, &error);
  else
    topology = lab_topology_new (name != NULL ? name : default_name);
  if (topology == NULL || !fill (topology, n_hosts, &error) ||
      !lab_file_save (topology, argv[0], &error))
    return ctl_fail (error);
  return CTL_OK;
}

const CtlCommand ctl_new_command = {
  .name = "new",
  .arguments = "FILE",
  .summary = N_ ("Make a lab"),
  .details = N_ ("Examples:\n"
                 "  labctl new lab.lab --hosts 3          three hosts around a switch\n"
                 "  labctl new --from campus.lab my.lab   a copy that can run beside the original"),
  .run = run_new,
};
