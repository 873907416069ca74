/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl top: the ports of a lab that runs, the busiest first, live on a terminal.
 *
 * The relay's counters are in shared memory, so that looking costs the lab nothing. On a terminal
 * the table is drawn over itself on the other screen; keys sort and scroll. Otherwise, or with
 * --once, it is printed once. */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "ctl-output.h"
#include "ctl-ports.h"
#include "ctl-wait.h"

#define MIN_INTERVAL   0.2
#define MAX_INTERVAL   60.0
#define LINES_AROUND   4 /* the table's: two above, its headings, the keys below */
#define OTHER_SCREEN   "\033[?1049h\033[?25l\033[?7l"
#define OUR_SCREEN     "\033[?7h\033[?25h\033[?1049l"
#define HOME           "\033[H"
#define TO_END_OF_LINE "\033[K"
#define TO_END         "\033[J"

typedef struct
{
  const char *name;
  char key;
} Order;

static const Order orders[] = {
  { "port", 'p' }, { "to", 't' },    { "line", 'l' },  { "in", 'i' },
  { "out", 'o' },  { "drops", 'd' }, { "queue", 'u' }, { NULL },
};

typedef struct
{
  CtlLab *lab;
  const char *only; /* (nullable) */
  LabClientCounters *counters;
  GArray *rows;
  double interval;
  double seconds; /* between the last two looks */
  gint64 looked_at;
  guint64 wakeups;
  double wakeup_rate;
  gint64 file_time;

  const Order *order;
  gboolean reverse;
  gboolean all;
  gboolean paused;
  guint first; /* line of the table that is shown first */

  GMainLoop *loop;
  guint timer;
  GError *error;
} Top;

static void
top_clear (Top *top)
{
  g_clear_pointer (&top->rows, g_array_unref);
  g_clear_pointer (&top->counters, lab_client_counters_free);
  g_clear_pointer (&top->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Top, top_clear)

/* --- what is shown --- */

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
collect (Top *top)
{
  gint64 file_time = time_of (top->lab->path);
  g_autoptr (LabTopology) before = g_object_ref (top->lab->topology);
  LabTopology *now = NULL;
  GArray *rows;

  if (file_time != top->file_time)
    now = lab_file_load (top->lab->path, NULL);
  top->file_time = file_time;
  if (now != NULL)
    {
      g_object_unref (top->lab->topology);
      top->lab->topology = now;
    }
  rows = ctl_ports_collect (top->counters, top->lab->topology, top->only);
  if (top->rows != NULL)
    ctl_ports_follow (rows, top->rows);
  g_clear_pointer (&top->rows, g_array_unref);
  top->rows = rows;
}

static gboolean
look (Top *top)
{
  gint64 now = g_get_monotonic_time ();
  guint64 wakeups;

  if (!lab_client_counters_refresh (top->counters, &top->error))
    return FALSE;
  wakeups = lab_client_counters_get_wakeups (top->counters);
  top->seconds = (double) (now - top->looked_at) / G_USEC_PER_SEC;
  top->wakeup_rate = wakeups >= top->wakeups ? (double) (wakeups - top->wakeups) / top->seconds : 0;
  top->wakeups = wakeups;
  top->looked_at = now;
  collect (top);
  return TRUE;
}

static double
bits (const Top *top, guint64 before, guint64 now)
{
  return top->seconds > 0 ? 8 * (double) (now - before) / top->seconds : 0;
}

static double
number_of (const Top *top, const CtlPortRow *row)
{
  switch (top->order->key)
    {
    case 'i':
      return bits (top, row->before.in_bytes, row->now.in_bytes);
    case 'o':
      return bits (top, row->before.out_bytes, row->now.out_bytes);
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
  const Top *top = user_data;
  double difference = number_of (top, rows[1]) - number_of (top, rows[0]);
  int result = difference > 0 ? 1 : difference < 0 ? -1 : 0;

  if (top->order->key == 't')
    result = g_strcmp0 (rows[0]->peer, rows[1]->peer);
  /* In the order of the document. */
  if (result == 0)
    result = rows[0] < rows[1] ? -1 : rows[0] > rows[1];
  return top->reverse ? -result : result;
}

/* (element-type CtlPortRow): sorted. */
static GPtrArray *
sort_rows (const Top *top)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; i < top->rows->len; i++)
    {
      CtlPortRow *row = &g_array_index (top->rows, CtlPortRow, i);

      if (top->all || row->peer != NULL || row->now.in_frames > 0 || row->now.out_frames > 0)
        g_ptr_array_add (sorted, row);
    }
  g_ptr_array_sort_with_data (sorted, compare, (gpointer) top);
  return sorted;
}

static void
add_rate (CtlTable *table, const Top *top, guint64 frames[2], guint64 bytes[2])
{
  g_autofree char *text =
      g_format_size_full ((guint64) bits (top, bytes[0], bytes[1]), G_FORMAT_SIZE_BITS);

  ctl_table_add (table, CTL_PLAIN, "%.0f", bits (top, frames[0], frames[1]) / 8);
  ctl_table_add (table, CTL_PLAIN, "%s", text);
}

static void
add_line (CtlTable *table, const Top *top, const CtlPortRow *row)
{
  g_autofree char *cause = ctl_port_dup_line_cause (row, top->lab->client);
  gboolean down = row->now.line == RELAY_LINE_DOWN;
  const char *word = row->now.line == RELAY_LINE_UNKNOWN ? "–" : ctl_port_line_word (row);

  ctl_table_add (table,
                 down                             ? CTL_BAD
                 : row->now.line == RELAY_LINE_UP ? CTL_GOOD
                                                  : CTL_DIM,
                 "%s%s%s", word, cause != NULL ? ": " : "", cause != NULL ? cause : "");
}

static void
add_row (CtlTable *table, const Top *top, CtlPortRow *row)
{
  g_autofree char *drops = ctl_port_describe_drops (&row->now);
  guint64 dropped = ctl_port_count_drops (&row->now) - ctl_port_count_drops (&row->before);

  ctl_table_add (table, CTL_BOLD, "%s:%s", lab_node_get_name (row->node), row->port.name);
  ctl_table_add (table, CTL_PLAIN, "%s", row->peer != NULL ? row->peer : "–");
  add_line (table, top, row);
  add_rate (table, top, (guint64[]){ row->before.in_frames, row->now.in_frames },
            (guint64[]){ row->before.in_bytes, row->now.in_bytes });
  add_rate (table, top, (guint64[]){ row->before.out_frames, row->now.out_frames },
            (guint64[]){ row->before.out_bytes, row->now.out_bytes });
  ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, row->now.queue);
  ctl_table_add (table, dropped > 0 ? CTL_BAD : CTL_PLAIN, "%.0f", bits (top, 0, dropped) / 8);
  ctl_table_add (table, *drops != '\0' ? CTL_WARN : CTL_PLAIN, "%s", drops);
}

/* (transfer full): the headings are the first line. */
static char *
dup_table (const Top *top)
{
  const char *const columns[] = { _ ("PORT"), _ ("TO"), _ ("LINE"), _ ("IN/S"), _ ("IN BIT/S"),
                                  _ ("OUT/S"), _ ("OUT BIT/S"), _ ("QUEUE"),
                                  /* Translators: dropped frames a second */
                                  _ ("DROPS/S"), _ ("DROPPED"), NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lllrrrrrrl");
  g_autoptr (GPtrArray) sorted = sort_rows (top);

  for (guint i = 0; i < sorted->len; i++)
    add_row (table, top, g_ptr_array_index (sorted, i));
  return ctl_table_dup (table);
}

static char *
dup_title (const Top *top)
{
  double sum = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < top->rows->len; i++)
    {
      const CtlPortRow *row = &g_array_index (top->rows, CtlPortRow, i);

      sum += bits (top, row->before.in_bytes, row->now.in_bytes);
    }
  text = g_format_size_full ((guint64) sum, G_FORMAT_SIZE_BITS);
  /* Translators: a lab's name, how much all its ports send in a second, how often its relay wakes
   * up */
  return g_strdup_printf (_ ("%s: %s/s, the relay wakes up %.0f times a second%s"),
                          lab_topology_get_name (top->lab->topology), text, top->wakeup_rate,
                          /* Translators: the table stands still */
                          top->paused ? _ (" – paused") : "");
}

static void
print_json (const Top *top)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) sorted = sort_rows (top);

  json_builder_begin_object (builder);
  ctl_json_int (builder, "relay-wakeups-per-second", llround (top->wakeup_rate));
  json_builder_set_member_name (builder, "ports");
  json_builder_begin_array (builder);
  for (guint i = 0; i < sorted->len; i++)
    ctl_port_add_json (builder, g_ptr_array_index (sorted, i), top->lab->client, top->seconds);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  ctl_print_json (builder);
}

/* --- on a terminal --- */

static struct termios saved_terminal;
static gboolean terminal_taken;

static void
restore_terminal (void)
{
  if (!terminal_taken)
    return;
  terminal_taken = FALSE;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &saved_terminal);
  fputs (OUR_SCREEN, stdout);
  fflush (stdout);
}

static void
take_terminal (void)
{
  struct termios keys;

  tcgetattr (STDIN_FILENO, &saved_terminal);
  keys = saved_terminal;
  keys.c_lflag &= (tcflag_t) ~(ICANON | ECHO);
  keys.c_cc[VMIN] = 1;
  keys.c_cc[VTIME] = 0;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &keys);
  terminal_taken = TRUE;
  atexit (restore_terminal);
  fputs (OTHER_SCREEN, stdout);
}

static guint
count_lines (void)
{
  struct winsize size = { 0 };

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row < LINES_AROUND + 1)
    return 24;
  return size.ws_row;
}

static void
draw (Top *top)
{
  g_autofree char *title = dup_title (top);
  g_autofree char *table = dup_table (top);
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  guint room = count_lines () - LINES_AROUND;
  guint n_rows = g_strv_length (lines) - 2; /* the headings, and what is behind the last end */
  g_autoptr (GString) text = g_string_new (HOME);

  top->first = MIN (top->first, n_rows > room ? n_rows - room : 0);
  g_string_append_printf (text, "%s" TO_END_OF_LINE "\n" TO_END_OF_LINE "\n%s" TO_END_OF_LINE "\n",
                          title, lines[0]);
  for (guint i = 0; i < room && top->first + i < n_rows; i++)
    g_string_append_printf (text, "%s" TO_END_OF_LINE "\n", lines[1 + top->first + i]);
  g_string_append (text, TO_END);
  g_string_append_printf (text, "\033[%u;1H%s", count_lines (),
                          _ ("Sort: p port  t to  l line  i in  o out  d drops  u queue   r turn "
                             "round  a all ports  space pause  + - interval  q quit"));
  fputs (text->str, stdout);
  fflush (stdout);
}

static gboolean tick_cb (gpointer user_data);

static void
set_interval (Top *top, double interval)
{
  top->interval = CLAMP (interval, MIN_INTERVAL, MAX_INTERVAL);
  g_clear_handle_id (&top->timer, g_source_remove);
  top->timer = g_timeout_add ((guint) (top->interval * 1000), tick_cb, top);
}

static gboolean
tick_cb (gpointer user_data)
{
  Top *top = user_data;

  if (!lab_client_is_open (top->lab->client) || (!top->paused && !look (top)))
    {
      g_main_loop_quit (top->loop);
      return G_SOURCE_CONTINUE;
    }
  draw (top);
  return G_SOURCE_CONTINUE;
}

static void
set_order (Top *top, char key)
{
  for (const Order *order = orders; order->name != NULL; order++)
    if (order->key == key)
      top->order = order;
}

static void
scroll (Top *top, int lines)
{
  top->first = (int) top->first + lines > 0 ? (guint) ((int) top->first + lines) : 0;
}

/* Arrows and page keys are sequences that begin with Escape. */
static void
take_keys (Top *top, const char *keys, gsize length)
{
  int page = (int) count_lines () - LINES_AROUND;

  for (gsize i = 0; i < length; i++)
    if (keys[i] == '\033' && i + 2 < length)
      {
        char key = keys[i + 2];

        scroll (top, key == 'A' ? -1 : key == 'B' ? 1 : key == '5' ? -page : key == '6' ? page : 0);
        i += key == '5' || key == '6' ? 3 : 2;
      }
    else if (keys[i] == 'q' || keys[i] == 'Q')
      g_main_loop_quit (top->loop);
    else if (keys[i] == 'r')
      top->reverse = !top->reverse;
    else if (keys[i] == 'a')
      top->all = !top->all;
    else if (keys[i] == ' ')
      top->paused = !top->paused;
    else if (keys[i] == '+')
      set_interval (top, top->interval * 2);
    else if (keys[i] == '-')
      set_interval (top, top->interval / 2);
    else
      set_order (top, keys[i]);
}

static gboolean
keys_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Top *top = user_data;
  char keys[64];
  ssize_t n = read (fd, keys, sizeof keys);

  if (n <= 0)
    {
      g_main_loop_quit (top->loop);
      return G_SOURCE_REMOVE;
    }
  take_keys (top, keys, (gsize) n);
  draw (top);
  return G_SOURCE_CONTINUE;
}

static void
quit_cb (GCancellable *cancellable, gpointer user_data)
{
  g_main_loop_quit (user_data);
}

static int
watch (Top *top)
{
  GCancellable *cancellable = ctl_interruptible ();
  gulong handler;
  guint keys;

  top->loop = g_main_loop_new (NULL, FALSE);
  handler = g_cancellable_connect (cancellable, G_CALLBACK (quit_cb), top->loop, NULL);
  take_terminal ();
  keys = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, keys_cb, top);
  set_interval (top, top->interval);
  draw (top);
  g_main_loop_run (top->loop);
  g_clear_handle_id (&top->timer, g_source_remove);
  g_source_remove (keys);
  g_cancellable_disconnect (cancellable, handler);
  /* Before anything is said: what is on the other screen goes with it. */
  restore_terminal ();
  if (top->error != NULL)
    return ctl_fail (g_steal_pointer (&top->error));
  if (lab_client_is_open (top->lab->client))
    return CTL_OK;
  ctl_complain (_ ("The lab has ended."));
  return CTL_CANNOT;
}

/* --- once --- */

static gboolean
waited_cb (gpointer user_data)
{
  return g_get_monotonic_time () >= *(gint64 *) user_data;
}

static int
print_once (Top *top, gboolean json)
{
  gint64 end = g_get_monotonic_time () + (gint64) (top->interval * G_USEC_PER_SEC);
  g_autofree char *table = NULL;

  ctl_interruptible ();
  if (!ctl_wait_until (top->lab->client, waited_cb, &end, &top->error) || !look (top))
    return ctl_fail (g_steal_pointer (&top->error));
  if (json)
    {
      print_json (top);
      return CTL_OK;
    }
  table = dup_table (top);
  g_print ("%s", table);
  return CTL_OK;
}

static int
begin (Top *top)
{
  top->counters =
      lab_client_counters_open (lab_client_get_counters_path (top->lab->client), &top->error);
  if (top->counters == NULL)
    return ctl_fail (g_steal_pointer (&top->error));
  top->looked_at = g_get_monotonic_time ();
  top->wakeups = lab_client_counters_get_wakeups (top->counters);
  top->file_time = time_of (top->lab->path);
  collect (top);
  return CTL_OK;
}

static const Order *
find_order (const char *name)
{
  const Order *order = orders;

  while (order->name != NULL && !g_str_equal (order->name, name))
    order++;
  return order->name != NULL ? order : NULL;
}

static int
run_top (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_auto (Top) top = { .lab = &lab, .interval = 1 };
  g_autofree char *sort = NULL;
  gboolean once = FALSE;
  gboolean json = FALSE;
  int code;
  GOptionEntry entries[] = {
    { "interval", 'i', 0, G_OPTION_ARG_DOUBLE, &top.interval, N_ ("Look so often; 1 if not said"),
      N_ ("SECONDS") },
    { "once", 'n', 0, G_OPTION_ARG_NONE, &once, N_ ("Print it once, after an interval"), NULL },
    { "sort", 's', 0, G_OPTION_ARG_STRING, &sort, N_ ("By port, to, line, in, out, drops or queue"),
      N_ ("KEY") },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &top.all, N_ ("Also ports that nothing is linked to"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON, once"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_top_command, entries, &argc, &argv))
    return CTL_USAGE;
  top.order = find_order (sort != NULL ? sort : "in");
  if (top.order == NULL)
    return ctl_usage (&ctl_top_command,
                      _ ("“%s” cannot be sorted by: port, to, line, in, out, drops or queue."),
                      sort);
  if (!(top.interval >= MIN_INTERVAL && top.interval <= MAX_INTERVAL))
    return ctl_usage (&ctl_top_command, _ ("The interval must be from %.1f to %.0f seconds."),
                      MIN_INTERVAL, MAX_INTERVAL);
  code = ctl_lab_open (&lab, &ctl_top_command, CTL_LAB_DOCUMENT | CTL_LAB_ENGINE, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc > 1)
    return ctl_usage (&ctl_top_command, _ ("“%s” is too much."), argv[1]);
  if (!ctl_lab_knows (&lab, argv))
    return CTL_CANNOT;
  top.only = argv[0];
  code = begin (&top);
  if (code != CTL_OK)
    return code;
  if (once || json || !isatty (STDIN_FILENO) || !isatty (STDOUT_FILENO))
    return print_once (&top, json);
  return watch (&top);
}

const CtlCommand ctl_top_command = {
  .name = "top",
  .arguments = "[FILE] [NODE]",
  .summary = N_ ("Watch the ports of a lab, the busiest first"),
  .details = N_ (
      "“In” is from the device into the network, “out” is to the device. Keys sort the table "
      "while it\nruns: p port, t to, l line, i in, o out, d drops, u queue; r turns it round, a "
      "shows ports without\na link, space stops it, + and - change the interval, arrows scroll, "
      "q ends it.\n\n"
      "Examples:\n"
      "  labctl top campus.lab\n"
      "  labctl top campus.lab SW1 --sort drops\n"
      "  labctl top --once\n"
      "  labctl top --json --interval 5"),
  .run = run_top,
};
