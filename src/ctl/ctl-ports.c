/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ports of a lab that runs: counters by shared memory, and what the document says of them. */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ctl-output.h"
#include "ctl-ports.h"

static const char *const drop_words[RELAY_DROP_REASONS] = {
  [RELAY_DROP_UNLINKED] = "unlinked",   [RELAY_DROP_UNPLUGGED] = "unplugged",
  [RELAY_DROP_PEER_GONE] = "peer-gone", [RELAY_DROP_QUEUE] = "queue-full",
  [RELAY_DROP_INVALID] = "invalid",     [RELAY_DROP_TRUNCATED] = "truncated",
  [RELAY_DROP_VLAN] = "vlan",           [RELAY_DROP_LOOP] = "loop",
  [RELAY_DROP_IMPAIRED] = "impaired",
};

static void
row_clear (gpointer data)
{
  g_free (((CtlPortRow *) data)->peer);
}

const char *
ctl_port_line_word (const CtlPortRow *row)
{
  switch (row->now.line)
    {
    case RELAY_LINE_UP:
      return "up";
    case RELAY_LINE_DOWN:
      return "down";
    case RELAY_LINE_UNKNOWN:
    default:
      return "unknown";
    }
}

static gboolean
find_counters (LabClientCounters *counters, const CtlPortRow *row, RelayPortCounters *found)
{
  g_autofree char *device = NULL;

  if (lab_node_get_kind (row->node) == LAB_NODE_IOU)
    return lab_client_counters_find_instance (counters, lab_node_get_id (row->node), row->port.bay,
                                              row->port.unit, found);
  device = g_strdup_printf ("n%u", lab_node_get_id (row->node));
  return lab_client_counters_find_device (counters, device, row->port.unit, found);
}

static guint
end_of (LabLink *link, LabNode *node, const LabPort *port)
{
  return g_str_equal (lab_link_get_node_name (link, 0), lab_node_get_name (node)) &&
                 g_str_equal (lab_link_get_port_name (link, 0), port->name)
             ? 0
             : 1;
}

static char *
peer_of (LabLink *link, LabNode *node, const LabPort *port)
{
  guint other = 1 - end_of (link, node, port);

  return g_strdup_printf ("%s:%s%s", lab_link_get_node_name (link, other),
                          lab_link_get_port_name (link, other),
                          lab_link_get_plugged (link) ? "" : _ (" (unplugged)"));
}

GArray *
ctl_ports_collect (LabClientCounters *counters, LabTopology *topology, const char *only)
{
  GListModel *nodes = lab_topology_get_nodes (topology);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (CtlPortRow));

  g_array_set_clear_func (rows, row_clear);
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (LabNode) node = g_list_model_get_item (nodes, i);
      CtlPortRow row = { .node = node };

      if (only != NULL && !g_str_equal (only, lab_node_get_name (node)))
        continue;
      for (guint j = 0; lab_node_get_port (node, j, &row.port); j++)
        {
          if (!find_counters (counters, &row, &row.now))
            continue;
          row.before = row.now;
          row.link = lab_topology_find_link (topology, lab_node_get_name (node), row.port.name);
          row.peer = row.link != NULL ? peer_of (row.link, node, &row.port) : NULL;
          g_array_append_val (rows, row);
        }
    }

  return rows;
}

void
ctl_ports_look (GArray *rows, LabClientCounters *counters)
{
  for (guint i = 0; i < rows->len; i++)
    {
      CtlPortRow *row = &g_array_index (rows, CtlPortRow, i);

      row->before = row->now;
      if (!find_counters (counters, row, &row->now) || row->now.serial != row->before.serial)
        row->before = row->now;
    }
}

static gpointer
key_of (const CtlPortRow *row)
{
  return GUINT_TO_POINTER (lab_node_get_id (row->node) << 16 | row->port.bay << 8 | row->port.unit);
}

void
ctl_ports_follow (GArray *rows, GArray *earlier)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < earlier->len; i++)
    {
      CtlPortRow *row = &g_array_index (earlier, CtlPortRow, i);

      g_hash_table_insert (known, key_of (row), row);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      CtlPortRow *row = &g_array_index (rows, CtlPortRow, i);
      const CtlPortRow *old = g_hash_table_lookup (known, key_of (row));

      if (old != NULL && old->now.serial == row->now.serial)
        row->before = old->now;
    }
}

guint64
ctl_port_count_drops (const RelayPortCounters *counters)
{
  guint64 sum = 0;

  for (guint i = 0; i < RELAY_DROP_REASONS; i++)
    sum += counters->drops[i];

  return sum;
}

char *
ctl_port_describe_drops (const RelayPortCounters *counters)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < RELAY_DROP_REASONS; i++)
    if (counters->drops[i] > 0)
      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT " %s", text->len > 0 ? ", " : "",
                              counters->drops[i], drop_words[i] != NULL ? drop_words[i] : "other");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A device that does not run sends no keepalives. (transfer full) (nullable) */
static char *
rest_of (LabClient *client, const char *name)
{
  LabClientNode *node = client != NULL ? lab_client_find_node (client, name) : NULL;

  if (node == NULL || lab_client_node_is_running (node) ||
      lab_client_node_get_state (node) == LAB_CLIENT_STATE_BUILTIN)
    return NULL;
  /* Translators: why a line is down: a device's name */
  return g_strdup_printf (_ ("%s stopped"), name);
}

char *
ctl_port_dup_line_cause (const CtlPortRow *row, LabClient *client)
{
  char *cause;

  if (row->link == NULL)
    return row->now.line == RELAY_LINE_DOWN ? g_strdup (_ ("not linked")) : NULL;
  if (!lab_link_get_plugged (row->link))
    return g_strdup (_ ("unplugged"));
  if (row->now.line != RELAY_LINE_DOWN)
    return NULL;
  cause = rest_of (client, lab_node_get_name (row->node));
  if (cause == NULL)
    cause = rest_of (
        client, lab_link_get_node_name (row->link, 1 - end_of (row->link, row->node, &row->port)));

  /* Translators: why a line is down: no keepalives come */
  return cause != NULL ? cause : g_strdup (_ ("silent"));
}

static void
add_drops_json (JsonBuilder *builder, const RelayPortCounters *counters)
{
  json_builder_set_member_name (builder, "drops");
  json_builder_begin_object (builder);
  for (guint i = 0; i < RELAY_DROP_REASONS; i++)
    if (drop_words[i] != NULL)
      ctl_json_int (builder, drop_words[i], (gint64) counters->drops[i]);
  json_builder_end_object (builder);
}

static gint64
rate (guint64 before, guint64 now, double seconds)
{
  return llround ((double) (now - before) / seconds);
}

static void
add_rates_json (JsonBuilder *builder, const CtlPortRow *row, double seconds)
{
  const RelayPortCounters *before = &row->before, *now = &row->now;

  ctl_json_int (builder, "in-frames-per-second", rate (before->in_frames, now->in_frames, seconds));
  ctl_json_int (builder, "in-bytes-per-second", rate (before->in_bytes, now->in_bytes, seconds));
  ctl_json_int (builder, "out-frames-per-second",
                rate (before->out_frames, now->out_frames, seconds));
  ctl_json_int (builder, "out-bytes-per-second", rate (before->out_bytes, now->out_bytes, seconds));
  ctl_json_int (builder, "drops-per-second",
                rate (ctl_port_count_drops (before), ctl_port_count_drops (now), seconds));
}

void
ctl_port_add_json (JsonBuilder *builder, const CtlPortRow *row, LabClient *client, double seconds)
{
  const RelayPortCounters *now = &row->now;
  g_autofree char *cause = ctl_port_dup_line_cause (row, client);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "node", lab_node_get_name (row->node));
  ctl_json_string (builder, "port", row->port.name);
  ctl_json_string (builder, "peer", row->peer);
  ctl_json_string (builder, "line", ctl_port_line_word (row));
  ctl_json_string (builder, "line-cause", cause);
  ctl_json_int (builder, "in-frames", (gint64) now->in_frames);
  ctl_json_int (builder, "in-bytes", (gint64) now->in_bytes);
  ctl_json_int (builder, "out-frames", (gint64) now->out_frames);
  ctl_json_int (builder, "out-bytes", (gint64) now->out_bytes);
  ctl_json_int (builder, "in-keepalives", (gint64) now->in_keepalives);
  ctl_json_int (builder, "out-keepalives", (gint64) now->out_keepalives);
  ctl_json_int (builder, "queue", (gint64) now->queue);
  ctl_json_int (builder, "queue-max", (gint64) now->queue_max);
  add_drops_json (builder, now);
  if (seconds > 0)
    add_rates_json (builder, row, seconds);
  json_builder_end_object (builder);
}
