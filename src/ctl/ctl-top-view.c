/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What labctl top shows of a lab's counters: the ports in their order, as a table or as JSON. */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

#include "ctl-output.h"
#include "ctl-top-view.h"

static const CtlTopOrder orders[] = {
  { "port", 'p' }, { "to", 't' },    { "line", 'l' },  { "in", 'i' },
  { "out", 'o' },  { "drops", 'd' }, { "queue", 'u' }, { NULL },
};

static gint64
time_of (const char *path)
{
  GStatBuf st;

  return path != NULL && g_stat (path, &st) == 0
             ? (gint64) st.st_mtim.tv_sec * G_USEC_PER_SEC + st.st_mtim.tv_nsec / 1000
             : 0;
}

/* Devices start and cables are moved while we look. A file that is wrong: the lab as it was. */
static void
collect (CtlTopView *self)
{
  gint64 file_time = time_of (self->lab->path);
  g_autoptr (LabTopology) before = g_object_ref (self->lab->topology);
  LabTopology *now = NULL;
  GArray *rows;

  if (file_time != self->file_time)
    now = lab_file_load (self->lab->path, NULL);
  self->file_time = file_time;
  if (now != NULL)
    {
      g_object_unref (self->lab->topology);
      self->lab->topology = now;
    }
  rows = ctl_ports_collect (self->counters, self->lab->topology, self->only);
  if (self->rows != NULL)
    ctl_ports_follow (rows, self->rows);
  g_clear_pointer (&self->rows, g_array_unref);
  self->rows = rows;
}

gboolean
ctl_top_view_begin (CtlTopView *self, GError **error)
{
  self->counters =
      lab_client_counters_open (lab_client_get_counters_path (self->lab->client), error);
  if (self->counters == NULL)
    return FALSE;
  self->looked_at = g_get_monotonic_time ();
  self->wakeups = lab_client_counters_get_wakeups (self->counters);
  self->file_time = time_of (self->lab->path);
  collect (self);
  return TRUE;
}

gboolean
ctl_top_view_look (CtlTopView *self, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  guint64 wakeups;

  if (!lab_client_counters_refresh (self->counters, error))
    return FALSE;
  wakeups = lab_client_counters_get_wakeups (self->counters);
  self->seconds = (double) (now - self->looked_at) / G_USEC_PER_SEC;
  self->wakeup_rate =
      wakeups >= self->wakeups ? (double) (wakeups - self->wakeups) / self->seconds : 0;
  self->wakeups = wakeups;
  self->looked_at = now;
  collect (self);
  return TRUE;
}

static double
bits (const CtlTopView *self, guint64 before, guint64 now)
{
  return self->seconds > 0 ? 8 * (double) (now - before) / self->seconds : 0;
}

static double
number_of (const CtlTopView *self, const CtlPortRow *row)
{
  switch (self->order->key)
    {
    case 'i':
      return bits (self, row->before.in_bytes, row->now.in_bytes);
    case 'o':
      return bits (self, row->before.out_bytes, row->now.out_bytes);
    case 'd':
      /* Those that are dropping now, then those that have. */
      return (double) (ctl_port_count_drops (&row->now) - ctl_port_count_drops (&row->before)) *
                 1e12 +
             (double) ctl_port_count_drops (&row->now);
    case 'u':
      return (double) row->now.queue * 1e9 + (double) row->now.queue_max;
    case 'l':
      return row->now.line == RELAY_LINE_DOWN ? 2 : row->now.line == RELAY_LINE_UP ? 1 : 0;
    default:
      return 0;
    }
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const CtlPortRow *rows[] = { *(const CtlPortRow *const *) a, *(const CtlPortRow *const *) b };
  const CtlTopView *self = user_data;
  double difference = number_of (self, rows[1]) - number_of (self, rows[0]);
  int result = difference > 0 ? 1 : difference < 0 ? -1 : 0;

  if (self->order->key == 't')
    result = g_strcmp0 (rows[0]->peer, rows[1]->peer);
  /* In the order of the document. */
  if (result == 0)
    result = rows[0] < rows[1] ? -1 : rows[0] > rows[1];
  return self->reverse ? -result : result;
}

/* (element-type CtlPortRow): sorted. */
static GPtrArray *
sort_rows (const CtlTopView *self)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      CtlPortRow *row = &g_array_index (self->rows, CtlPortRow, i);

      if (self->all || row->peer != NULL || row->now.in_frames > 0 || row->now.out_frames > 0)
        g_ptr_array_add (sorted, row);
    }
  g_ptr_array_sort_with_data (sorted, compare, (gpointer) self);
  return sorted;
}

static void
add_rate (CtlTable *table, const CtlTopView *self, guint64 frames[2], guint64 bytes[2])
{
  g_autofree char *text =
      g_format_size_full ((guint64) bits (self, bytes[0], bytes[1]), G_FORMAT_SIZE_BITS);

  ctl_table_add (table, CTL_PLAIN, "%.0f", bits (self, frames[0], frames[1]) / 8);
  ctl_table_add (table, CTL_PLAIN, "%s", text);
}

static void
add_line (CtlTable *table, const CtlTopView *self, const CtlPortRow *row)
{
  g_autofree char *cause = ctl_port_dup_line_cause (row, self->lab->client);
  gboolean down = row->now.line == RELAY_LINE_DOWN;
  const char *word = row->now.line == RELAY_LINE_UNKNOWN ? "–" : ctl_port_line_word (row);

  ctl_table_add (table,
                 down                             ? CTL_BAD
                 : row->now.line == RELAY_LINE_UP ? CTL_GOOD
                                                  : CTL_DIM,
                 "%s%s%s", word, cause != NULL ? ": " : "", cause != NULL ? cause : "");
}

static void
add_row (CtlTable *table, const CtlTopView *self, CtlPortRow *row)
{
  g_autofree char *drops = ctl_port_describe_drops (&row->now);
  guint64 dropped = ctl_port_count_drops (&row->now) - ctl_port_count_drops (&row->before);

  ctl_table_add (table, CTL_BOLD, "%s:%s", lab_node_get_name (row->node), row->port.name);
  ctl_table_add (table, CTL_PLAIN, "%s", row->peer != NULL ? row->peer : "–");
  add_line (table, self, row);
  add_rate (table, self, (guint64[]){ row->before.in_frames, row->now.in_frames },
            (guint64[]){ row->before.in_bytes, row->now.in_bytes });
  add_rate (table, self, (guint64[]){ row->before.out_frames, row->now.out_frames },
            (guint64[]){ row->before.out_bytes, row->now.out_bytes });
  ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, row->now.queue);
  ctl_table_add (table, dropped > 0 ? CTL_BAD : CTL_PLAIN, "%.0f", bits (self, 0, dropped) / 8);
  ctl_table_add (table, *drops != '\0' ? CTL_WARN : CTL_PLAIN, "%s", drops);
}

char *
ctl_top_view_dup_table (const CtlTopView *self)
{
  const char *const columns[] = { _ ("PORT"), _ ("TO"), _ ("LINE"), _ ("IN/S"), _ ("IN BIT/S"),
                                  _ ("OUT/S"), _ ("OUT BIT/S"), _ ("QUEUE"),
                                  /* Translators: dropped frames a second */
                                  _ ("DROPS/S"), _ ("DROPPED"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lllrrrrrrl");
  g_autoptr (GPtrArray) sorted = sort_rows (self);

  for (guint i = 0; i < sorted->len; i++)
    add_row (table, self, g_ptr_array_index (sorted, i));
  return ctl_table_dup (table);
}

char *
ctl_top_view_dup_title (const CtlTopView *self)
{
  double sum = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const CtlPortRow *row = &g_array_index (self->rows, CtlPortRow, i);

      sum += bits (self, row->before.in_bytes, row->now.in_bytes);
    }
  text = g_format_size_full ((guint64) sum, G_FORMAT_SIZE_BITS);
  /* Translators: a lab's name, how much all its ports send in a second, how often its relay wakes
   * up */
  return g_strdup_printf (_ ("%s: %s/s, the relay wakes up %.0f times a second%s"),
                          lab_topology_get_name (self->lab->topology), text, self->wakeup_rate,
                          /* Translators: the table stands still */
                          self->paused ? _ (" – paused") : "");
}

void
ctl_top_view_print_json (const CtlTopView *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) sorted = sort_rows (self);

  json_builder_begin_object (builder);
  ctl_json_int (builder, "relay-wakeups-per-second", llround (self->wakeup_rate));
  json_builder_set_member_name (builder, "ports");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sorted->len; i++)
    ctl_port_add_json (builder, g_ptr_array_index (sorted, i), self->lab->client, self->seconds);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  ctl_print_json (builder);
}

void
ctl_top_view_clear (CtlTopView *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->counters, lab_client_counters_free);
}

const CtlTopOrder *
ctl_top_view_find_order (const char *name)
{
  const CtlTopOrder *order = orders;

  while (order->name != NULL && !g_str_equal (order->name, name))
    order++;
  return order->name != NULL ? order : NULL;
}

void
ctl_top_view_set_order (CtlTopView *self, char key)
{
  for (const CtlTopOrder *order = orders; order->name != NULL; order++)
    if (order->key == key)
      self->order = order;
}
