/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl capture: what passes some ports, into a file or to standard output.
 *
 * A file is written by the relay; labctl waits, and tells how much there was. Standard output gets
 * it through a pipe of our own, whose end the relay notices: however labctl ends, the capture does.
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl-link.h"
#include "ctl-relay.h"

#define LOOK_EVERY_MS 300

typedef struct
{
  char *output;
  char *filter;
  char *encapsulation;
  int megabytes;
  int files;
  int snap;
  double duration;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->filter);
  g_free (options->encapsulation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef struct
{
  CtlRelay *relay;
  char *name;
  GMainLoop *loop;
  char *last; /* what the relay's list says of it */
  char *failure;
} Session;

static void
session_clear (Session *session)
{
  g_clear_pointer (&session->relay, ctl_relay_free);
  g_clear_pointer (&session->loop, g_main_loop_unref);
  g_free (session->name);
  g_free (session->last);
  g_free (session->failure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

/* The words that say what to capture at. */
static int
add_ports (CtlLab *lab, char **words, GString *command)
{
  for (; *words != NULL; words++)
    {
      g_auto (CtlEnd) end = { 0 };
      g_autofree char *title = NULL;
      g_autofree char *escaped = NULL;
      g_autofree char *port_end = NULL;
      LabNode *node;
      LabPort port;
      int code = ctl_end_parse (lab, &ctl_capture_command, *words, &end);

      if (code != CTL_OK)
        return code;
      node = lab_topology_find_node (lab->topology, end.node);
      lab_node_find_port (node, end.port, &port);
      title = g_strdup_printf ("%s %s", end.node, end.port);
      escaped = ctl_relay_escape (title);
      port_end = ctl_relay_end (node, &port);
      g_string_append_printf (command, " %s=%s", port_end, escaped);
    }
  return CTL_OK;
}

static int
build_command (
    CtlLab *lab, char **words, const Options *options, const char *path, GString *command)
{
  g_autofree char *escaped = ctl_relay_escape (path);
  int code;

  g_string_append_printf (command, " file=%s", escaped);
  if (options->megabytes > 0)
    g_string_append_printf (command, " size=%" G_GUINT64_FORMAT,
                            (guint64) options->megabytes * 1000000);
  if (options->files > 0)
    g_string_append_printf (command, " files=%d", options->files);
  if (options->snap > 0)
    g_string_append_printf (command, " snap=%d", options->snap);
  if (options->encapsulation != NULL)
    {
      g_autofree char *kind = ctl_relay_escape (options->encapsulation);

      g_string_append_printf (command, " encapsulation=%s", kind);
    }
  code = add_ports (lab, words, command);
  if (code == CTL_OK && options->filter != NULL)
    {
      g_autofree char *filter = g_strdup (options->filter);

      g_string_append_printf (command, " filter=%s", g_strdelimit (filter, "\r\n", ' '));
    }
  return code;
}

/* --- to standard output --- */

static int
copy_pipe (int fd)
{
  char bytes[65536];
  ssize_t n;

  while ((n = read (fd, bytes, sizeof bytes)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      for (ssize_t done = 0, written; done < n; done += written)
        if ((written = write (STDOUT_FILENO, bytes + done, (size_t) (n - done))) < 0)
          return CTL_OK; /* who reads has seen enough */
      if (n < 0)
        return CTL_CANNOT;
    }
  ctl_complain (_ ("The capture has ended: the lab’s relay has."));
  return CTL_FAILED;
}

static int
capture_to_pipe (Session *session, CtlLab *lab, char **words, const Options *options)
{
  g_autoptr (GString) command = g_string_new (NULL);
  g_autofree char *path = NULL;
  GError *error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("labctl-XXXXXX", &error);
  gboolean started = FALSE;
  int fd = -1, code;

  if (dir == NULL)
    return ctl_fail (error);
  path = g_build_filename (dir, "pipe", NULL);
  code = build_command (lab, words, options, path, command);
  if (code == CTL_OK && mkfifo (path, 0600) == 0)
    fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0)
    started = ctl_relay_send (session->relay, NULL, &error, "capture add %s%s", session->name,
                              command->str);
  g_unlink (path);
  g_rmdir (dir);
  if (code == CTL_OK && !started)
    {
      if (error != NULL)
        return ctl_fail (error);
      ctl_complain (_ ("A pipe cannot be made: %s."), g_strerror (errno));
      return CTL_CANNOT;
    }
  if (code != CTL_OK)
    return code;
  g_unix_set_fd_nonblocking (fd, FALSE, NULL);
  code = copy_pipe (fd);
  close (fd);
  return code;
}

/* --- to a file --- */

/* FALSE: it is no longer there. */
static gboolean
look (Session *session, GError **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *prefix = g_strconcat (session->name, " ", NULL);

  if (!ctl_relay_send (session->relay, &lines, error, "list captures"))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (g_str_has_prefix (lines->pdata[i], prefix))
      {
        g_free (session->last);
        session->last = g_strdup (lines->pdata[i]);
        return TRUE;
      }
  return FALSE;
}

static gboolean
look_cb (gpointer data)
{
  Session *session = data;
  g_autoptr (GError) error = NULL;
  const char *reason;

  if (!look (session, &error))
    session->failure = g_strdup (error != NULL ? error->message : _ ("it was removed"));
  else if ((reason = strstr (session->last, " reason=")) != NULL)
    session->failure = g_strdup (reason + strlen (" reason="));
  if (session->failure != NULL)
    g_main_loop_quit (session->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (((Session *) data)->loop);
  return G_SOURCE_CONTINUE;
}

static guint64
read_count (const Session *session, const char *key)
{
  g_autofree char *prefix = g_strdup_printf (" %s=", key);
  const char *found = session->last != NULL ? strstr (session->last, prefix) : NULL;

  return found != NULL ? g_ascii_strtoull (found + strlen (prefix), NULL, 10) : 0;
}

static void
tell (const Session *session, const char *path)
{
  guint64 frames = read_count (session, "frames"), dropped = read_count (session, "dropped");

  g_printerr (g_dngettext (GETTEXT_PACKAGE, "%s: %" G_GUINT64_FORMAT " frame",
                           "%s: %" G_GUINT64_FORMAT " frames", (gulong) frames),
              path, frames);
  if (dropped > 0)
    g_printerr (g_dngettext (GETTEXT_PACKAGE, ", %" G_GUINT64_FORMAT " left out",
                             ", %" G_GUINT64_FORMAT " left out", (gulong) dropped),
                dropped);
  g_printerr ("\n");
}

static int
wait_for_end (Session *session, const Options *options, const char *path)
{
  GError *error = NULL;

  session->loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGINT, quit_cb, session);
  g_unix_signal_add (SIGTERM, quit_cb, session);
  g_unix_signal_add (SIGHUP, quit_cb, session);
  g_timeout_add (LOOK_EVERY_MS, look_cb, session);
  if (options->duration > 0)
    g_timeout_add ((guint) (options->duration * 1000), quit_cb, session);
  g_main_loop_run (session->loop);

  if (session->failure != NULL)
    {
      ctl_complain (_ ("The capture “%s” has ended: %s."), path, session->failure);
      ctl_relay_send (session->relay, NULL, NULL, "capture remove %s", session->name);
      return CTL_FAILED;
    }
  look (session, NULL);
  if (!ctl_relay_send (session->relay, NULL, &error, "capture remove %s", session->name))
    return ctl_fail (error);
  while (look (session, NULL))
    g_usleep (10000);
  tell (session, path);
  return CTL_OK;
}

static int
capture_to_file (Session *session, CtlLab *lab, char **words, const Options *options)
{
  g_autofree char *path = g_canonicalize_filename (options->output, NULL);
  g_autoptr (GString) command = g_string_new (NULL);
  GError *error = NULL;
  int code = build_command (lab, words, options, path, command);

  if (code != CTL_OK)
    return code;
  if (!ctl_relay_send (session->relay, NULL, &error, "capture add %s%s", session->name,
                       command->str))
    return ctl_fail (error);
  return wait_for_end (session, options, path);
}

/* R1-e0_0.pcapng */
static char *
make_name (const char *word)
{
  g_autofree char *name = g_strdup (word);

  g_strdelimit (name, ":", '-');
  return g_strconcat (g_strdelimit (name, "/ ", '_'), ".pcapng", NULL);
}

static int
run_capture (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_auto (Options) options = { 0 };
  g_auto (Session) session = { 0 };
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("The file; “-” is standard output"), N_ ("FILE") },
    { "filter", 'f', 0, G_OPTION_ARG_STRING, &options.filter, N_ ("Only frames that match"),
      N_ ("EXPRESSION") },
    { "size", 's', 0, G_OPTION_ARG_INT, &options.megabytes,
      N_ ("Begin a new file after so many megabytes"), N_ ("MB") },
    { "files", 'n', 0, G_OPTION_ARG_INT, &options.files, N_ ("Keep only the last files"),
      N_ ("N") },
    { "snap", 0, 0, G_OPTION_ARG_INT, &options.snap, N_ ("Keep so many bytes of a frame"),
      N_ ("BYTES") },
    { "encapsulation", 'e', 0, G_OPTION_ARG_STRING, &options.encapsulation,
      N_ ("Of serial ports: hdlc, ppp, frame-relay"), N_ ("KIND") },
    { "duration", 'd', 0, G_OPTION_ARG_DOUBLE, &options.duration, N_ ("End after so long"),
      N_ ("SECONDS") },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_capture_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_capture_command, CTL_LAB_DOCUMENT | CTL_LAB_ENGINE, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc < 1)
    return ctl_usage (&ctl_capture_command, _ ("A port is needed."));
  if (options.output == NULL)
    options.output = make_name (argv[0]);
  if (g_str_equal (options.output, "-") && isatty (STDOUT_FILENO))
    return ctl_usage (&ctl_capture_command,
                      _ ("A capture is nothing to look at in a terminal; pipe it to a program."));
  session.relay = ctl_relay_open (&lab, &error);
  if (session.relay == NULL)
    return ctl_fail (error);
  session.name = g_strdup_printf ("labctl-%d", (int) getpid ());
  return g_str_equal (options.output, "-") ? capture_to_pipe (&session, &lab, argv, &options)
                                           : capture_to_file (&session, &lab, argv, &options);
}

const CtlCommand ctl_capture_command = {
  .name = "capture",
  .arguments = "[FILE] NODE:PORT…",
  .summary = N_ ("Capture frames at ports"),
  .details = N_ (
      "Writes a pcapng file until it is interrupted; several ports are several interfaces in it. "
      "The capture goes on when devices stop and start.\n\n"
      "Examples:\n"
      "  labctl capture campus.lab PC1:e0/0 -o pc1.pcapng\n"
      "  labctl capture campus.lab PC1:e0/0 -o - | wireshark -k -i -\n"
      "  labctl capture campus.lab SW1:e1 SW1:e2 -o - --filter arp | tshark -i -\n"
      "  labctl capture campus.lab R1:s1/0 -e ppp --size 10 --files 5"),
  .run = run_capture,
};
