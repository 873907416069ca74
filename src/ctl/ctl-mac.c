/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl mac: the addresses that a switch has learned. They are no part of the document: the relay
 * is asked. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>

#include "ctl-output.h"
#include "ctl-relay.h"

typedef struct
{
  guint vlan;
  char address[18];
  LabPort port;
  char *peer; /* (nullable) */
  guint age;  /* seconds since it was heard */
} Entry;

static void
entry_clear (gpointer data)
{
  g_free (((Entry *) data)->peer);
}

static char *
peer_of (LabTopology *topology, LabNode *node, const LabPort *port)
{
  LabLink *link = lab_topology_find_link (topology, lab_node_get_name (node), port->name);
  guint other;

  if (link == NULL)
    return NULL;
  other = g_str_equal (lab_link_get_node_name (link, 0), lab_node_get_name (node)) &&
                  g_str_equal (lab_link_get_port_name (link, 0), port->name)
              ? 1
              : 0;
  return g_strdup_printf ("%s:%s", lab_link_get_node_name (link, other),
                          lab_link_get_port_name (link, other));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Entry *first = a, *second = b;

  if (first->vlan != second->vlan)
    return first->vlan < second->vlan ? -1 : 1;
  return g_strcmp0 (first->address, second->address);
}

/* (transfer full): what the relay's lines say, by VLAN and address. */
static GArray *
read_entries (CtlLab *lab, LabNode *node, GPtrArray *lines)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));

  g_array_set_clear_func (entries, entry_clear);
  for (guint i = 0; i < lines->len; i++)
    {
      Entry entry = { 0 };
      guint port;

      if (sscanf (lines->pdata[i], "vlan=%u mac=%17s port=%u age=%u", &entry.vlan, entry.address,
                  &port, &entry.age) != 4 ||
          !lab_node_get_port (node, port, &entry.port))
        continue;
      entry.peer = peer_of (lab->topology, node, &entry.port);
      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare);
  return entries;
}

static void
print_table (GArray *entries)
{
  const char *const columns[] = { _ ("VLAN"), _ ("ADDRESS"), _ ("PORT"),
                                  /* Translators: seconds since an address was heard */
                                  _ ("TO"), _ ("AGE"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "rlllr");

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      ctl_table_add (table, CTL_PLAIN, "%u", entry->vlan);
      ctl_table_add (table, CTL_BOLD, "%s", entry->address);
      ctl_table_add (table, CTL_PLAIN, "%s", entry->port.name);
      ctl_table_add (table, CTL_PLAIN, "%s", entry->peer != NULL ? entry->peer : "–");
      ctl_table_add (table, CTL_PLAIN, _ ("%u s"), entry->age);
    }
  ctl_table_print (table);
}

static void
print_json (GArray *entries)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      json_builder_begin_object (builder);
      ctl_json_int (builder, "vlan", entry->vlan);
      ctl_json_string (builder, "address", entry->address);
      ctl_json_string (builder, "port", entry->port.name);
      ctl_json_string (builder, "peer", entry->peer);
      ctl_json_int (builder, "age", entry->age);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  ctl_print_json (builder);
}

static int
show (CtlLab *lab, LabNode *node, gboolean clear, gboolean json)
{
  g_autoptr (CtlRelay) relay = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GArray) entries = NULL;
  GError *error = NULL;

  relay = ctl_relay_open (lab, &error);
  if (relay == NULL)
    return ctl_fail (error);
  if (clear)
    return ctl_relay_send (relay, NULL, &error, "switch clear n%u", lab_node_get_id (node))
               ? CTL_OK
               : ctl_fail (error);
  if (!ctl_relay_send (relay, &lines, &error, "switch macs n%u", lab_node_get_id (node)))
    return ctl_fail (error);
  entries = read_entries (lab, node, lines);
  if (json)
    print_json (entries);
  else
    print_table (entries);
  return CTL_OK;
}

static int
run_mac (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean clear = FALSE;
  gboolean json = FALSE;
  LabNode *node;
  int code;
  GOptionEntry entries[] = {
    { "clear", 'c', 0, G_OPTION_ARG_NONE, &clear, N_ ("Forget them"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_mac_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_mac_command, CTL_LAB_DOCUMENT | CTL_LAB_ENGINE, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc < 1)
    return ctl_usage (&ctl_mac_command, _ ("A switch is needed."));
  if (argc > 1)
    return ctl_usage (&ctl_mac_command, _ ("“%s” is too much."), argv[1]);
  if (!ctl_lab_knows (&lab, argv))
    return CTL_CANNOT;
  node = lab_topology_find_node (lab.topology, argv[0]);
  if (lab_node_get_kind (node) != LAB_NODE_SWITCH)
    {
      ctl_complain (_ ("%s is no switch of Labwright’s own; ask the device itself."), argv[0]);
      return CTL_FAILED;
    }
  return show (&lab, node, clear, json);
}

const CtlCommand ctl_mac_command = {
  .name = "mac",
  .arguments = "[FILE] SWITCH",
  .summary = N_ ("Show the addresses that a switch has learned"),
  .details = N_ ("By VLAN and address: at which port it was heard, and how long ago. The switch "
                 "forgets what\nis not heard for its ageing time.\n\n"
                 "Examples:\n"
                 "  labctl mac campus.lab SW1\n"
                 "  labctl mac SW1 --clear\n"
                 "  labctl mac SW1 --json"),
  .run = run_mac,
};
