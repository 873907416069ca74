/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The terminal widget with real consoles: typing, scroll-back, what happens to devices and engines,
 * floods, finding. */

#include "config.h"

#include <gtk/gtk.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "lab-terminal-search.h"
#include "lab-terminal.h"
#include "ui-harness.h"
#include "ui-lab.h"

#define WAIT_MS 15000
/* A turn of the main loop may take so long while a console floods; generous, for slow machines. All
 * of the flood in one turn would be 300 ms of work. */
#define TURN_US 150000

typedef struct
{
  UiLab *lab;
  GtkWidget *window;
  LabTerminal *terminal;
  guint n_start_requests;
  guint n_undo; /* how often the window's own Ctrl+Z was taken */
  GString *input;
} Console;

static void
start_requested_cb (LabTerminal *terminal, Console *self)
{
  self->n_start_requests++;
}

static void
input_cb (LabTerminal *terminal, GBytes *bytes, Console *self)
{
  g_string_append_len (self->input, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes));
}

static void
sync_state (Console *self)
{
  LabClientNode *node = NULL;

  if (self->lab->client != NULL)
    node = lab_client_find_node (self->lab->client, lab_terminal_get_node_name (self->terminal));
  if (node != NULL)
    lab_terminal_set_state (self->terminal, lab_client_node_get_state (node),
                            lab_client_node_get_message (node));
}

static void
connect_terminal (Console *self)
{
  lab_terminal_set_client (self->terminal, self->lab->client);
  g_signal_connect_swapped (self->lab->client, "changed", G_CALLBACK (sync_state), self);
  sync_state (self);
}

static gboolean
window_is_there (gpointer title)
{
  int rectangle[4];

  return ui_find_window (title, rectangle);
}

static GtkWidget *
show_terminal (Console *self, const char *title)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 720, 440);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (self->terminal));
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (ui_wait (window_is_there, (gpointer) title, 5000));
  gtk_widget_grab_focus (GTK_WIDGET (self->terminal));
  ui_settle (200);
  return window;
}

static void
console_open (Console *self, const char *name)
{
  self->terminal = LAB_TERMINAL (lab_terminal_new (name));
  g_object_ref (self->terminal);
  self->n_start_requests = 0;
  self->input = g_string_new (NULL);
  g_signal_connect (self->terminal, "start-requested", G_CALLBACK (start_requested_cb), self);
  g_signal_connect (self->terminal, "input", G_CALLBACK (input_cb), self);
  self->window = show_terminal (self, name);
}

static void
console_close (Console *self)
{
  if (self->lab->client != NULL)
    g_signal_handlers_disconnect_by_data (self->lab->client, self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_settle (50);
  g_assert_finalize_object (self->terminal);
  g_string_free (self->input, TRUE);
}

typedef struct
{
  LabTerminal *terminal;
  const char *text;
} Wanted;

static gboolean
shows_text (gpointer data)
{
  Wanted *wanted = data;
  g_autofree char *text = lab_terminal_dup_text (wanted->terminal);

  return strstr (text, wanted->text) != NULL;
}

static gboolean
shows (Console *self, const char *text, guint ms)
{
  Wanted wanted = { self->terminal, text };
  gboolean found = ui_wait (shows_text, &wanted, ms);

  if (!found)
    {
      g_autofree char *all = lab_terminal_dup_text (self->terminal);

      g_test_message ("“%s” is not in:\n%s", text, all);
    }
  return found;
}

static gboolean
screen_shows_text (gpointer data)
{
  Wanted *wanted = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (wanted->terminal));
  VteTerminal *vte = VTE_TERMINAL (gtk_root_get_focus (root));
#if VTE_CHECK_VERSION(0, 76, 0)
  g_autofree char *text = vte_terminal_get_text_format (vte, VTE_FORMAT_TEXT);
#else
  g_autofree char *text = vte_terminal_get_text (vte, NULL, NULL, NULL);
#endif

  return strstr (text, wanted->text) != NULL;
}

/* Only what is to be seen: all of a long scroll-back takes its time. */
static gboolean
screen_shows (Console *self, const char *text, guint ms)
{
  Wanted wanted = { self->terminal, text };

  return ui_wait (screen_shows_text, &wanted, ms);
}

static gboolean
is_connected (gpointer terminal)
{
  return lab_terminal_get_connected (terminal);
}

static gboolean
is_disconnected (gpointer terminal)
{
  return !lab_terminal_get_connected (terminal);
}

/* The text of the line of state that is to be seen. (transfer none) (nullable) */
static const char *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    return gtk_label_get_label (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *found = GTK_IS_BUTTON (child) ? NULL : find_label (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
bar_shows_text (gpointer data)
{
  Wanted *wanted = data;
  GtkWidget *bar = gtk_widget_get_first_child (GTK_WIDGET (wanted->terminal));
  const char *text = find_label (bar);

  return wanted->text == NULL ? text == NULL
                              : text != NULL && g_str_has_prefix (text, wanted->text);
}

/* @text: its beginning; %NULL: there is no line. */
static gboolean
bar_shows (Console *self, const char *text)
{
  Wanted wanted = { self->terminal, text };

  return ui_wait (bar_shows_text, &wanted, 2000);
}

/* R1 runs, and then its console is opened. */
static void
open_ready (Console *self)
{
  ui_lab_connect (self->lab);
  ui_lab_control (self->lab, LAB_CLIENT_START, "R1");
  ui_lab_wait_state (self->lab, "R1", LAB_CLIENT_STATE_READY);
  console_open (self, "R1");
  connect_terminal (self);
}

static void
set_up (Console *self, gconstpointer data)
{
  self->lab = ui_lab_new ();
}

static void
tear_down (Console *self, gconstpointer data)
{
  ui_lab_free (self->lab);
}

/* --- tests --- */

/* From a lab that does not run to an answered ping, by keyboard alone. */
static void
test_ping (Console *self, gconstpointer data)
{
  console_open (self, "PC1");
  lab_terminal_set_state (self->terminal, LAB_CLIENT_STATE_STOPPED, NULL);
  g_assert_true (bar_shows (self, "PC1 is stopped."));
  ui_settle (200);
  ui_shot ("terminal-stopped");
  ui_type ("x");
  ui_settle (50);
  g_assert_cmpuint (self->n_start_requests, ==, 0);
  ui_key ("Return");
  ui_settle (50);
  g_assert_cmpuint (self->n_start_requests, ==, 1);
  g_assert_cmpstr (self->input->str, ==, "");

  ui_lab_connect (self->lab);
  connect_terminal (self);
  ui_lab_control (self->lab, LAB_CLIENT_START, NULL);
  g_assert_true (shows (self, "PC1>", WAIT_MS));
  ui_lab_wait_state (self->lab, "PC2", LAB_CLIENT_STATE_READY);
  g_assert_true (bar_shows (self, NULL));

  ui_type ("ping 10.0.0.2 -c 2\n");
  g_assert_true (shows (self, "bytes from 10.0.0.2", WAIT_MS));
  g_assert_nonnull (strstr (self->input->str, "ping 10.0.0.2 -c 2\r"));
  ui_shot ("terminal-ping");
  console_close (self);
}

/* What was said before the window was there. */
static void
test_scroll_back (Console *self, gconstpointer data)
{
  open_ready (self);
  g_assert_true (shows (self, "fake-iou starts\nfake#", WAIT_MS));
  ui_type ("print once\n");
  g_assert_true (shows (self, "\nonce\n", WAIT_MS));
  console_close (self);

  console_open (self, "R1");
  connect_terminal (self);
  g_assert_true (shows (self, "print once\nonce\nfake#", WAIT_MS));
  console_close (self);
}

/* A device's questions are answered when it asks them, and not when they are shown again. fake-iou
 * takes the answers for typed text: the next command is spoilt by them. */
static void
test_old_questions (Console *self, gconstpointer data)
{
  open_ready (self);
  g_assert_true (shows (self, "fake#", WAIT_MS));
  ui_settle (200);
  ui_type ("ask\n");
  ui_settle (500);
  ui_type ("print spoilt\n");
  g_assert_true (shows (self, "unknown command", WAIT_MS));
  /* The answers are no input of the user's. */
  g_assert_cmpstr (self->input->str, ==, "ask\rprint spoilt\r");
  ui_type ("print whole\n");
  g_assert_true (shows (self, "\nwhole\n", WAIT_MS));
  console_close (self);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *command = g_strdup_printf ("print round %u\n", i);
      g_autofree char *answer = g_strdup_printf ("\nround %u\n", i);

      console_open (self, "R1");
      connect_terminal (self);
      g_assert_true (shows (self, "\nwhole\n", WAIT_MS));
      ui_settle (300);
      ui_type (command);
      g_assert_true (shows (self, answer, WAIT_MS));
      console_close (self);
    }
}

/* Typed while the scroll-back is still being shown: it is not lost. */
static void
test_typed_early (Console *self, gconstpointer data)
{
  open_ready (self);
  g_assert_true (ui_wait (is_connected, self->terminal, WAIT_MS));
  ui_type ("flood 8000\n");
  g_assert_true (screen_shows (self, "flood 000007999", WAIT_MS));
  console_close (self);

  console_open (self, "R1");
  connect_terminal (self);
  g_assert_true (ui_wait (is_connected, self->terminal, WAIT_MS));
  ui_type ("print early\n");
  g_assert_true (screen_shows (self, "\nearly\n", WAIT_MS));
  console_close (self);
}

static void
test_life (Console *self, gconstpointer data)
{
  guint pid;

  ui_lab_connect (self->lab);
  console_open (self, "R1");
  connect_terminal (self);
  ui_lab_control (self->lab, LAB_CLIENT_START, "R1");
  g_assert_true (shows (self, "fake#", WAIT_MS));
  ui_lab_wait_state (self->lab, "R1", LAB_CLIENT_STATE_READY);
  ui_type ("print first run\n");
  g_assert_true (shows (self, "\nfirst run\n", WAIT_MS));

  ui_lab_control (self->lab, LAB_CLIENT_STOP, "R1");
  ui_lab_wait_state (self->lab, "R1", LAB_CLIENT_STATE_STOPPED);
  g_assert_true (bar_shows (self, "R1 is stopped."));
  ui_lab_control (self->lab, LAB_CLIENT_START, "R1");
  ui_lab_wait_state (self->lab, "R1", LAB_CLIENT_STATE_READY);
  g_assert_true (bar_shows (self, NULL));
  ui_type ("print second run\n");
  g_assert_true (shows (self, "\nsecond run\n", WAIT_MS));

  ui_lab_control (self->lab, LAB_CLIENT_RELOAD, "R1");
  ui_settle (300);
  ui_lab_wait_state (self->lab, "R1", LAB_CLIENT_STATE_READY);
  ui_type ("print third run\n");
  g_assert_true (shows (self, "\nthird run\n", WAIT_MS));

  pid = ui_lab_get_pid (self->lab, "R1");
  g_assert_cmpint (kill ((pid_t) pid, SIGKILL), ==, 0);
  ui_lab_wait_state (self->lab, "R1", LAB_CLIENT_STATE_CRASHED);
  g_assert_true (bar_shows (self, "R1 crashed: "));
  ui_settle (200);
  ui_shot ("terminal-crashed");
  ui_lab_control (self->lab, LAB_CLIENT_START, "R1");
  ui_lab_wait_state (self->lab, "R1", LAB_CLIENT_STATE_READY);
  ui_type ("print fourth run\n");
  g_assert_true (shows (self, "\nfourth run\n", WAIT_MS));
  /* It is one history. */
  g_assert_true (shows (self, "\nfirst run\n", 0));
  console_close (self);
}

/* The engine dies and another takes its place: the old text stays, the new follows. */
static void
test_engine_loss (Console *self, gconstpointer data)
{
  ui_lab_connect (self->lab);
  console_open (self, "R1");
  connect_terminal (self);
  ui_lab_control (self->lab, LAB_CLIENT_START, "R1");
  g_assert_true (shows (self, "fake#", WAIT_MS));
  g_assert_true (bar_shows (self, NULL));
  ui_type ("print before\n");
  g_assert_true (shows (self, "\nbefore\n", WAIT_MS));

  g_assert_cmpint (kill ((pid_t) lab_client_get_engine_pid (self->lab->client), SIGKILL), ==, 0);
  g_assert_true (ui_wait (is_disconnected, self->terminal, WAIT_MS));
  g_signal_handlers_disconnect_by_data (self->lab->client, self);
  lab_terminal_set_client (self->terminal, NULL);
  lab_terminal_set_state (self->terminal, LAB_CLIENT_STATE_UNKNOWN, "The engine has ended.");
  g_assert_true (bar_shows (self, "The engine has ended."));

  ui_lab_connect (self->lab);
  connect_terminal (self);
  ui_lab_control (self->lab, LAB_CLIENT_START, "R1");
  ui_lab_wait_state (self->lab, "R1", LAB_CLIENT_STATE_READY);
  g_assert_true (ui_wait (is_connected, self->terminal, WAIT_MS));
  g_assert_true (bar_shows (self, NULL));
  ui_type ("print after\n");
  g_assert_true (shows (self, "\nafter\n", WAIT_MS));
  g_assert_true (shows (self, "\nbefore\n", 0));
  console_close (self);
}

static guint
count_text (Console *self, const char *needle)
{
  g_autofree char *text = lab_terminal_dup_text (self->terminal);
  guint n = 0;

  for (const char *at = text; (at = strstr (at, needle)) != NULL; at++)
    n++;
  return n;
}

/* By hand: all of the scroll-back once more, and not twice. */
static void
test_reconnect (Console *self, gconstpointer data)
{
  open_ready (self);
  g_assert_true (shows (self, "fake#", WAIT_MS));
  gtk_widget_activate_action (GTK_WIDGET (self->terminal), "terminal.reconnect", NULL);
  ui_settle (100);
  g_assert_true (ui_wait (is_connected, self->terminal, WAIT_MS));
  g_assert_true (shows (self, "fake#", WAIT_MS));
  ui_settle (200);
  g_assert_cmpuint (count_text (self, "fake-iou starts"), ==, 1);
  console_close (self);
}

typedef struct
{
  gint64 last;
  gint64 longest;
} Turns;

/* Time that this thread worked; how long others kept it waiting is not our matter. */
static gint64
worked_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer user_data)
{
  Turns *turns = user_data;
  gint64 now = worked_us ();

  if (turns->last != 0)
    turns->longest = MAX (turns->longest, now - turns->last);
  turns->last = now;
  return G_SOURCE_CONTINUE;
}

/* Ten megabytes, and the window stays awake. */
static void
test_flood (Console *self, gconstpointer data)
{
  Turns turns = { 0 };
  guint id;

  open_ready (self);
  g_assert_true (shows (self, "fake#", WAIT_MS));
  ui_settle (500);
  ui_type ("flood 160000\n");
  id = g_timeout_add (2, tick_cb, &turns);
  g_assert_true (screen_shows (self, "flood 000159999", 60000));
  g_source_remove (id);
  g_test_message ("longest turn: %" G_GINT64_FORMAT " us", turns.longest);
  g_assert_cmpint (turns.longest, <, TURN_US);
  /* Ten thousand lines are left, the newest of them. */
  g_assert_true (shows (self, "flood 000159999", 0));
  g_assert_true (shows (self, "\nfake#", WAIT_MS));
  g_assert_cmpuint (count_text (self, "flood 0"), >, 9900);
  console_close (self);
}

/* A megabyte pasted into a device that reads, and into one that does not. */
static void
test_paste (Console *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  open_ready (self);
  g_assert_true (shows (self, "fake#", WAIT_MS));
  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, "print line %u of the configuration\n", i);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->window), text->str);
  ui_key ("ctrl+shift+v");
  g_assert_true (screen_shows (self, "\nline 3999 of the configuration\n", 60000));
  console_close (self);
}

static gboolean
undo_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  ((Console *) user_data)->n_undo++;
  return TRUE;
}

/* The window's accelerators do not take what is the device's. */
static void
test_keys (Console *self, gconstpointer data)
{
  GtkEventController *accels = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string ("<Ctrl>z|Delete|<Ctrl><Shift>z");

  open_ready (self);
  g_assert_true (shows (self, "fake#", WAIT_MS));
  gtk_event_controller_set_propagation_phase (accels, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (accels),
      gtk_shortcut_new (trigger, gtk_callback_action_new (undo_cb, self, NULL)));
  gtk_widget_add_controller (self->window, accels);
  /* As if the window had had them before the terminal came. */
  g_object_ref (self->terminal);
  gtk_window_set_child (GTK_WINDOW (self->window), NULL);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->terminal));
  g_object_unref (self->terminal);
  gtk_widget_grab_focus (GTK_WIDGET (self->terminal));
  ui_settle (100);

  ui_key ("ctrl+z");
  ui_key ("Delete");
  ui_key ("ctrl+a");
  ui_key ("ctrl+w");
  ui_key ("ctrl+c");
  ui_key ("ctrl+f");
  ui_key ("ctrl+shift+6");
  ui_settle (200);
  g_assert_cmpstr (self->input->str, ==, "\x1a\033[3~\x01\x17\x03\x06\x1e");
  g_assert_cmpuint (self->n_undo, ==, 0);
  ui_key ("ctrl+shift+z");
  ui_settle (100);
  g_assert_cmpuint (self->n_undo, ==, 1);
  console_close (self);
}

static int
count_matches_shown (Console *self)
{
  GtkWidget *bar = gtk_widget_get_first_child (GTK_WIDGET (self->terminal));

  return lab_terminal_search_get_count (LAB_TERMINAL_SEARCH (gtk_widget_get_next_sibling (bar)));
}

static void
copied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

/* (transfer full) */
static char *
copy_by_key (Console *self)
{
  char *text = NULL;

  ui_key ("ctrl+shift+c");
  ui_settle (100);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (self->window), NULL, copied_cb, &text);
  ui_settle (100);
  return text;
}

/* Finding, by keys; what was found is selected and can be copied. */
static void
test_find (Console *self, gconstpointer data)
{
  g_autofree char *plain = NULL;

  open_ready (self);
  g_assert_true (shows (self, "fake#", WAIT_MS));
  ui_type ("print Alpha\nprint alpha\nprint beta.\nflood 100\n");
  g_assert_true (shows (self, "flood 000000099", WAIT_MS));
  ui_key ("ctrl+shift+f");
  ui_settle (100);
  ui_type ("alpha");
  ui_settle (600);
  /* Each word stands in the command and in its answer. */
  g_assert_cmpint (count_matches_shown (self), ==, 4);
  ui_shot ("terminal-find");
  plain = copy_by_key (self);
  g_assert_cmpstr (plain, ==, "alpha");
  for (guint i = 0; i < 3; i++)
    ui_key ("Return");
  ui_key ("Escape");
  ui_settle (100);
  g_free (plain);
  plain = copy_by_key (self);
  g_assert_cmpstr (plain, ==, "Alpha");

  ui_type ("print back\n");
  g_assert_true (shows (self, "\nback\n", WAIT_MS));
  console_close (self);
}

static void
test_zoom_and_clear (Console *self, gconstpointer data)
{
  VteTerminal *vte;

  open_ready (self);
  g_assert_true (shows (self, "fake#", WAIT_MS));
  vte = VTE_TERMINAL (gtk_root_get_focus (GTK_ROOT (self->window)));
  ui_key ("ctrl+shift+plus");
  ui_settle (50);
  g_assert_cmpfloat (vte_terminal_get_font_scale (vte), >, 1.05);
  ui_key ("ctrl+minus");
  ui_key ("ctrl+minus");
  ui_settle (50);
  g_assert_cmpfloat (vte_terminal_get_font_scale (vte), <, 0.95);
  ui_key ("ctrl+0");
  ui_settle (50);
  g_assert_cmpfloat (vte_terminal_get_font_scale (vte), ==, 1);

  ui_type ("flood 100\n");
  g_assert_true (shows (self, "flood 000000099", WAIT_MS));
  g_assert_true (shows (self, "\nfake#", WAIT_MS));
  ui_settle (200);
  ui_key ("ctrl+shift+k");
  ui_settle (300);
  g_assert_cmpuint (count_text (self, "flood"), ==, 0);
  g_assert_cmpuint (count_text (self, "fake#"), ==, 1);
  ui_shot ("terminal-cleared");
  ui_type ("print still here\n");
  g_assert_true (shows (self, "\nstill here\n", WAIT_MS));
  console_close (self);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Console *self, gconstpointer data);
  } tests[] = {
    { "/ui/terminal/ping", test_ping },
    { "/ui/terminal/scroll-back", test_scroll_back },
    { "/ui/terminal/old-questions", test_old_questions },
    { "/ui/terminal/typed-early", test_typed_early },
    { "/ui/terminal/life", test_life },
    { "/ui/terminal/engine-loss", test_engine_loss },
    { "/ui/terminal/reconnect", test_reconnect },
    { "/ui/terminal/flood", test_flood },
    { "/ui/terminal/paste", test_paste },
    { "/ui/terminal/keys", test_keys },
    { "/ui/terminal/find", test_find },
    { "/ui/terminal/zoom-and-clear", test_zoom_and_clear },
  };

  ui_init (&argc, &argv);
  ui_init_gtk ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Console, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
