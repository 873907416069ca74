/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl console: the terminal becomes the device's.
 *
 * What is typed goes to the device byte by byte, but for the escape key, which ends the session.
 * The terminal is put back as it was however this ends: by the key, by a signal, by a crash. What
 * is typed faster than the device takes it is held back at the terminal, not piled up here. */

#include "config.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ctl-lab.h"
#include "ctl-wait.h"

#define DEFAULT_ESCAPE 0x1d /* Ctrl+] */
#define MAX_PENDING    4096

typedef struct
{
  LabClient *client;
  const char *name;
  LabClientState state;
  GIOStream *console;
  int escape; /* -1: none */
  GMainLoop *loop;
  GByteArray *pending; /* typed, not yet taken by the console */
  GSource *writing;    /* (nullable) */
  guint input_id;
  gboolean lost;
} Session;

static struct termios saved_terminal;
static volatile sig_atomic_t terminal_is_raw;

static void
restore_terminal (void)
{
  if (terminal_is_raw)
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &saved_terminal);
  terminal_is_raw = 0;
}

static void
crash_handler (int number)
{
  restore_terminal ();
  signal (number, SIG_DFL);
  raise (number);
}

static void
make_terminal_raw (void)
{
  struct termios raw;

  if (tcgetattr (STDIN_FILENO, &saved_terminal) != 0)
    return;
  atexit (restore_terminal);
  signal (SIGSEGV, crash_handler);
  signal (SIGBUS, crash_handler);
  signal (SIGABRT, crash_handler);
  signal (SIGQUIT, crash_handler);
  raw = saved_terminal;
  cfmakeraw (&raw);
  terminal_is_raw = 1;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &raw);
}

/* "^]", "^A", "Ctrl+A", "none", or one character. -2: none of these. */
static int
parse_escape (const char *text)
{
  if (g_ascii_strcasecmp (text, "none") == 0)
    return -1;
  if (g_ascii_strncasecmp (text, "ctrl+", 5) == 0 || g_ascii_strncasecmp (text, "ctrl-", 5) == 0)
    text += 4;
  else if (text[0] != '^' || text[1] == '\0')
    return text[0] != '\0' && text[1] == '\0' ? (guchar) text[0] : -2;

  return text[2] == '\0' && g_ascii_toupper (text[1]) >= '@' && g_ascii_toupper (text[1]) <= '_'
             ? g_ascii_toupper (text[1]) & 0x1f
             : -2;
}

static char *
escape_name (int escape)
{
  if (escape < 0)
    return g_strdup (_ ("none"));
  if (escape < 0x20)
    return g_strdup_printf ("Ctrl+%c", escape + '@');
  return g_strdup_printf ("%c", escape);
}

/* A line of ours amid the device's output, also in a raw terminal. */
static void say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("\r\n[%s]\r\n", text);
}

static void
write_all (const char *data, gsize length)
{
  while (length > 0)
    {
      ssize_t n = write (STDOUT_FILENO, data, length);

      if (n < 0 && errno != EINTR && errno != EAGAIN)
        return;
      if (n > 0)
        {
          data += n;
          length -= (gsize) n;
        }
    }
}

static gboolean
output_cb (GObject *stream, gpointer user_data)
{
  Session *session = user_data;
  char buffer[8192];
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), buffer,
                                                       sizeof buffer, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      session->lost = TRUE;
      g_main_loop_quit (session->loop);
      return G_SOURCE_REMOVE;
    }
  write_all (buffer, (gsize) n);
  return G_SOURCE_CONTINUE;
}

static gboolean input_cb (int fd, GIOCondition condition, gpointer user_data);

static void
listen_to_terminal (Session *session)
{
  if (session->input_id == 0)
    session->input_id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, input_cb, session);
}

static void flush_pending (Session *session);

static gboolean
writable_cb (GObject *stream, gpointer user_data)
{
  Session *session = user_data;

  g_clear_pointer (&session->writing, g_source_unref);
  flush_pending (session);
  listen_to_terminal (session);
  return G_SOURCE_REMOVE;
}

static void
flush_pending (Session *session)
{
  GPollableOutputStream *out =
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (session->console));
  gssize n;

  if (session->pending->len == 0 || session->writing != NULL)
    return;
  n = g_pollable_output_stream_write_nonblocking (out, session->pending->data,
                                                  session->pending->len, NULL, NULL);
  if (n > 0)
    g_byte_array_remove_range (session->pending, 0, (guint) n);
  if (session->pending->len == 0)
    return;
  session->writing = g_pollable_output_stream_create_source (out, NULL);
  g_source_set_callback (session->writing, G_SOURCE_FUNC (writable_cb), session, NULL);
  g_source_attach (session->writing, NULL);
}

static gboolean
input_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Session *session = user_data;
  guint8 buffer[512];
  ssize_t n = read (fd, buffer, sizeof buffer);
  const guint8 *escape = NULL;

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      /* The end of a file or pipe: go on showing. The end of a terminal: nobody is left. */
      session->input_id = 0;
      if (terminal_is_raw)
        g_main_loop_quit (session->loop);
      return G_SOURCE_REMOVE;
    }
  if (session->escape >= 0 && terminal_is_raw)
    escape = memchr (buffer, session->escape, (gsize) n);
  if (escape != NULL)
    n = escape - buffer;
  g_byte_array_append (session->pending, buffer, (guint) n);
  flush_pending (session);
  if (escape != NULL)
    {
      session->input_id = 0;
      g_main_loop_quit (session->loop);
      return G_SOURCE_REMOVE;
    }
  if (session->pending->len < MAX_PENDING)
    return G_SOURCE_CONTINUE;
  session->input_id = 0;
  return G_SOURCE_REMOVE;
}

static void
changed_cb (LabClient *client, gpointer user_data)
{
  Session *session = user_data;
  LabClientNode *node = lab_client_find_node (client, session->name);
  LabClientState state = node != NULL ? lab_client_node_get_state (node) : LAB_CLIENT_STATE_UNKNOWN;

  if (state == session->state)
    return;
  session->state = state;
  if (node == NULL)
    say (_ ("%s was removed from the lab."), session->name);
  else if (state == LAB_CLIENT_STATE_CRASHED)
    say (_ ("%s crashed. %s"), session->name, lab_client_node_get_message (node));
  else if (state == LAB_CLIENT_STATE_STOPPED)
    say (_ ("%s has stopped. Its console stays open."), session->name);
  else if (state == LAB_CLIENT_STATE_FROZEN)
    say (_ ("%s is frozen."), session->name);
}

static void
closed_cb (LabClient *client, gpointer user_data)
{
  Session *session = user_data;

  session->lost = TRUE;
  g_main_loop_quit (session->loop);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (((Session *) user_data)->loop);
  return G_SOURCE_CONTINUE;
}

static void
greet (Session *session)
{
  g_autofree char *key = escape_name (session->escape);

  if (isatty (STDIN_FILENO))
    g_printerr (_ ("Console of %s. Leave it with %s.\n"), session->name, key);
  if (session->state == LAB_CLIENT_STATE_STOPPED || session->state == LAB_CLIENT_STATE_CRASHED)
    g_printerr (_ ("%s does not run now (it is %s); start it with “labctl start”.\n"),
                session->name, lab_client_state_to_string (session->state));
}

static void
attach (Session *session)
{
  GPollableInputStream *in =
      G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (session->console));
  g_autoptr (GSource) reading = g_pollable_input_stream_create_source (in, NULL);

  g_source_set_callback (reading, G_SOURCE_FUNC (output_cb), session, NULL);
  g_source_attach (reading, NULL);
  g_unix_signal_add (SIGTERM, quit_cb, session);
  g_unix_signal_add (SIGHUP, quit_cb, session);
  g_unix_signal_add (SIGINT, quit_cb, session);
  g_signal_connect (session->client, "changed", G_CALLBACK (changed_cb), session);
  g_signal_connect (session->client, "closed", G_CALLBACK (closed_cb), session);
  if (isatty (STDIN_FILENO))
    make_terminal_raw ();
  listen_to_terminal (session);

  g_main_loop_run (session->loop);

  restore_terminal ();
  g_source_destroy (reading);
  g_signal_handlers_disconnect_by_data (session->client, session);
  g_clear_handle_id (&session->input_id, g_source_remove);
  if (session->writing != NULL)
    g_source_destroy (session->writing);
  g_clear_pointer (&session->writing, g_source_unref);
}

static int
open_session (CtlLab *lab, const char *name, int escape, gboolean live)
{
  g_autoptr (GIOStream) console = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GByteArray) pending = g_byte_array_new ();
  Session session = {
    .client = lab->client,
    .name = name,
    .escape = escape,
    .loop = loop,
    .pending = pending,
  };
  GError *error = NULL;

  console =
      ctl_wait_console (lab->client, name, live ? CTL_CONSOLE_LIVE : CTL_CONSOLE_REPLAY, &error);
  if (console == NULL)
    return ctl_fail (error);
  session.console = console;
  session.state = lab_client_node_get_state (lab_client_find_node (lab->client, name));
  greet (&session);
  attach (&session);
  if (session.lost)
    g_printerr (_ ("\r\nThe lab has ended.\n"));
  else if (isatty (STDIN_FILENO))
    g_printerr (_ ("\r\nLeft the console of %s.\n"), name);
  return session.lost ? CTL_CANNOT : CTL_OK;
}

static int
run_console (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_autofree char *escape_text = NULL;
  gboolean live = FALSE;
  int escape = DEFAULT_ESCAPE;
  int code;
  GOptionEntry entries[] = {
    { "escape", 'e', 0, G_OPTION_ARG_STRING, &escape_text,
      N_ ("Key that leaves the console: ^], ^A, none… (default: ^])"), N_ ("KEY") },
    { "live", 'l', 0, G_OPTION_ARG_NONE, &live, N_ ("Do not show what came before"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_console_command, entries, &argc, &argv))
    return CTL_USAGE;
  if (escape_text != NULL && (escape = parse_escape (escape_text)) == -2)
    return ctl_usage (&ctl_console_command, _ ("“%s” is not a key; write it like ^] or ^A."),
                      escape_text);
  code = ctl_lab_open (&lab, &ctl_console_command, CTL_LAB_ENGINE, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc != 1)
    return ctl_usage (&ctl_console_command, _ ("One node is needed."));
  return open_session (&lab, argv[0], escape, live);
}

const CtlCommand ctl_console_command = {
  .name = "console",
  .arguments = "[FILE] NODE",
  .summary = N_ ("Work on the console of a device"),
  .details = N_ ("Shows what the console said so far, and connects it with this terminal. Ctrl+] "
                 "leaves it;\nthe device runs on. Several can be on one console at once.\n\n"
                 "Examples:\n"
                 "  labctl console campus.lab PC1\n"
                 "  labctl console PC1 --escape ^A"),
  .run = run_console,
};
