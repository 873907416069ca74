/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl stats: what the relay counted at each port, by shared memory. */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ctl-lab.h"
#include "ctl-output.h"
#include "ctl-ports.h"
#include "ctl-wait.h"
#include "lab-client-counters.h"

typedef struct
{
  LabClient *client;
  LabClientCounters *counters;
  GArray *rows;
  double interval; /* 0: no rates */
  gboolean all;    /* also ports without a link where nothing happened */
  guint64 wakeups;
} Stats;

static gboolean
sleep_cb (gpointer user_data)
{
  return g_get_monotonic_time () >= *(gint64 *) user_data;
}

/* A second look after the interval; the difference makes the rates. */
static gboolean
measure (Stats *stats, CtlLab *lab, GError **error)
{
  gint64 begun = g_get_monotonic_time ();
  gint64 end = begun + (gint64) (stats->interval * G_USEC_PER_SEC);
  guint64 wakeups = lab_client_counters_get_wakeups (stats->counters);

  if (!ctl_wait_until (lab->client, sleep_cb, &end, error) ||
      !lab_client_counters_refresh (stats->counters, error))
    return FALSE;
  stats->interval = (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
  stats->wakeups = lab_client_counters_get_wakeups (stats->counters) - wakeups;
  ctl_ports_look (stats->rows, stats->counters);
  return TRUE;
}

static double
rate (const Stats *stats, guint64 before, guint64 now)
{
  return stats->interval > 0 ? (double) (now - before) / stats->interval : 0;
}

static void
add_rate_cells (CtlTable *table, const Stats *stats, const CtlPortRow *row)
{
  g_autofree char *in_bits = g_format_size_full (
      (guint64) (8 * rate (stats, row->before.in_bytes, row->now.in_bytes)), G_FORMAT_SIZE_BITS);
  g_autofree char *out_bits = g_format_size_full (
      (guint64) (8 * rate (stats, row->before.out_bytes, row->now.out_bytes)), G_FORMAT_SIZE_BITS);

  ctl_table_add (table, CTL_PLAIN, "%.0f", rate (stats, row->before.in_frames, row->now.in_frames));
  ctl_table_add (table, CTL_PLAIN, "%s", in_bits);
  ctl_table_add (table, CTL_PLAIN, "%.0f",
                 rate (stats, row->before.out_frames, row->now.out_frames));
  ctl_table_add (table, CTL_PLAIN, "%s", out_bits);
}

static void
add_row (CtlTable *table, const Stats *stats, const CtlPortRow *row)
{
  g_autofree char *drops = ctl_port_describe_drops (&row->now);
  CtlTone tone = row->now.line == RELAY_LINE_UP     ? CTL_GOOD
                 : row->now.line == RELAY_LINE_DOWN ? CTL_BAD
                                                    : CTL_DIM;

  ctl_table_add (table, CTL_BOLD, "%s:%s", lab_node_get_name (row->node), row->port.name);
  ctl_table_add (table, CTL_PLAIN, "%s", row->peer != NULL ? row->peer : "–");
  ctl_table_add (table, tone, "%s",
                 row->now.line == RELAY_LINE_UNKNOWN ? "–" : ctl_port_line_word (row));
  if (stats->interval > 0)
    {
      add_rate_cells (table, stats, row);
    }
  else
    {
      ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, row->now.in_frames);
      ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, row->now.in_bytes);
      ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, row->now.out_frames);
      ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, row->now.out_bytes);
    }
  ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, row->now.queue);
  ctl_table_add (table, *drops != '\0' ? CTL_WARN : CTL_PLAIN, "%s", drops);
}

static void
print_table (const Stats *stats)
{
  gboolean rates = stats->interval > 0;
  const char *const columns[] = { _ ("PORT"),
                                  _ ("TO"),
                                  _ ("LINE"),
                                  rates ? _ ("IN/S") : _ ("IN FRAMES"),
                                  rates ? _ ("IN BIT/S") : _ ("BYTES"),
                                  rates ? _ ("OUT/S") : _ ("OUT FRAMES"),
                                  rates ? _ ("OUT BIT/S") : _ ("BYTES"),
                                  _ ("QUEUE"),
                                  _ ("DROPPED"),
                                  NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lllrrrrrl");

  for (guint i = 0; i < stats->rows->len; i++)
    {
      const CtlPortRow *row = &g_array_index (stats->rows, CtlPortRow, i);

      if (stats->all || row->peer != NULL || row->now.in_frames > 0 || row->now.out_frames > 0)
        add_row (table, stats, row);
    }
  ctl_table_print (table);
}

static void
print_json (const Stats *stats)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_int (builder, "relay-wakeups",
                (gint64) lab_client_counters_get_wakeups (stats->counters));
  if (stats->interval > 0)
    ctl_json_int (builder, "relay-wakeups-per-second",
                  llround ((double) stats->wakeups / stats->interval));
  json_builder_set_member_name (builder, "ports");
  json_builder_begin_array (builder);
  for (guint i = 0; i < stats->rows->len; i++)
    ctl_port_add_json (builder, &g_array_index (stats->rows, CtlPortRow, i), stats->client,
                       stats->interval);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  ctl_print_json (builder);
}

static int
show_stats (CtlLab *lab, const char *only, double interval, gboolean all, gboolean json)
{
  g_autoptr (LabClientCounters) counters = NULL;
  g_autoptr (GArray) rows = NULL;
  Stats stats = { .client = lab->client, .interval = interval, .all = all };
  GError *error = NULL;

  counters = lab_client_counters_open (lab_client_get_counters_path (lab->client), &error);
  if (counters == NULL)
    return ctl_fail (error);
  stats.counters = counters;
  stats.rows = rows = ctl_ports_collect (counters, lab->topology, only);
  if (interval > 0)
    {
      ctl_interruptible ();
      if (!measure (&stats, lab, &error))
        return ctl_fail (error);
    }
  if (json)
    print_json (&stats);
  else
    print_table (&stats);
  return CTL_OK;
}

static int
run_stats (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean json = FALSE;
  gboolean all = FALSE;
  double interval = 0;
  int code;
  GOptionEntry entries[] = {
    { "interval", 'i', 0, G_OPTION_ARG_DOUBLE, &interval, N_ ("Watch for so long and show rates"),
      N_ ("SECONDS") },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_ ("Also ports that nothing is linked to"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON; all ports"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_stats_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_stats_command, CTL_LAB_DOCUMENT | CTL_LAB_ENGINE, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc > 1)
    return ctl_usage (&ctl_stats_command, _ ("“%s” is too much."), argv[1]);
  if (!ctl_lab_knows (&lab, argv))
    return CTL_CANNOT;
  return show_stats (&lab, argv[0], interval, all, json);
}

const CtlCommand ctl_stats_command = {
  .name = "stats",
  .arguments = "[FILE] [NODE]",
  .summary = N_ ("Show the counters of ports"),
  .details =
      N_ ("“In” is from the device into the network, “out” is to the device. The line is what "
          "layer-1\nkeepalives say; “–” where there are none.\n\n"
          "Examples:\n"
          "  labctl stats campus.lab\n"
          "  labctl stats campus.lab SW1 --interval 2\n"
          "  labctl stats --json"),
  .run = run_stats,
};
