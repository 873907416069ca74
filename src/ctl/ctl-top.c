/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl top: the ports of a lab that runs, the busiest first, live on a terminal.
 *
 * The relay's counters are in shared memory, so that looking costs the lab nothing. On a terminal
 * the table is drawn over itself on the other screen; keys sort and scroll. Otherwise, or with
 * --once, it is printed once. */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "ctl-top-view.h"
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
  CtlTopView view;
  double interval;
  guint first; /* line of the table that is shown first */

  GMainLoop *loop;
  guint timer;
  GError *error;
} Top;

static void
top_clear (Top *top)
{
  ctl_top_view_clear (&top->view);
  g_clear_pointer (&top->loop, g_main_loop_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Top, top_clear)

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
  g_autofree char *title = ctl_top_view_dup_title (&top->view);
  g_autofree char *table = ctl_top_view_dup_table (&top->view);
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

  if (!lab_client_is_open (top->view.lab->client) ||
      (!top->view.paused && !ctl_top_view_look (&top->view, &top->error)))
    {
      g_main_loop_quit (top->loop);
      return G_SOURCE_CONTINUE;
    }
  draw (top);
  return G_SOURCE_CONTINUE;
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
      top->view.reverse = !top->view.reverse;
    else if (keys[i] == 'a')
      top->view.all = !top->view.all;
    else if (keys[i] == ' ')
      top->view.paused = !top->view.paused;
    else if (keys[i] == '+')
      set_interval (top, top->interval * 2);
    else if (keys[i] == '-')
      set_interval (top, top->interval / 2);
    else
      ctl_top_view_set_order (&top->view, keys[i]);
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
  if (lab_client_is_open (top->view.lab->client))
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
  if (!ctl_wait_until (top->view.lab->client, waited_cb, &end, &top->error) ||
      !ctl_top_view_look (&top->view, &top->error))
    return ctl_fail (g_steal_pointer (&top->error));
  if (json)
    {
      ctl_top_view_print_json (&top->view);
      return CTL_OK;
    }
  table = ctl_top_view_dup_table (&top->view);
  g_print ("%s", table);
  return CTL_OK;
}

static int
run_top (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_auto (Top) top = { .view.lab = &lab, .interval = 1 };
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
    { "all", 'a', 0, G_OPTION_ARG_NONE, &top.view.all, N_ ("Also ports that nothing is linked to"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Answer as JSON, once"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_top_command, entries, &argc, &argv))
    return CTL_USAGE;
  top.view.order = ctl_top_view_find_order (sort != NULL ? sort : "in");
  if (top.view.order == NULL)
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
  top.view.only = argv[0];
  if (!ctl_top_view_begin (&top.view, &top.error))
    return ctl_fail (g_steal_pointer (&top.error));
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
