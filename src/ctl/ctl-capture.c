/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl capture: what passes some ports, into a file or to standard output.
 *
 * A file is written by the relay; labctl waits, and tells how much there was, or leaves the capture
 * to the engine. Standard output gets it through a pipe of our own, whose end the relay notices:
 * however labctl ends, that capture does. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl-link.h"
#include "ctl-output.h"
#include "ctl-wait-record.h"
#include "ctl-wait.h"

typedef struct
{
  char *output;
  char *filter;
  char *encapsulation;
  char *stop;
  int megabytes;
  int seconds;
  int files;
  int snap;
  double duration;
  gboolean all;
  gboolean background;
  gboolean list;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->filter);
  g_free (options->encapsulation);
  g_free (options->stop);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* --- what to capture --- */

/* One end of each link sees all that passes it. */
static void
add_all_links (CtlLab *lab, GVariantBuilder *ports)
{
  GListModel *links = lab_topology_get_links (lab->topology);

  for (guint i = 0; i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (LabLink) link = g_list_model_get_item (links, i);

      g_variant_builder_add (ports, "(ss)", lab_link_get_node_name (link, 0),
                             lab_link_get_port_name (link, 0));
    }
}

int
ctl_build_ports (
    CtlLab *lab, const CtlCommand *command, char **words, gboolean all, GVariant **ports)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  if (all)
    add_all_links (lab, &builder);
  for (; *words != NULL; words++)
    {
      g_auto (CtlEnd) end = { 0 };
      int code = ctl_end_parse (lab, command, *words, &end);

      if (code != CTL_OK)
        {
          g_variant_builder_clear (&builder);
          return code;
        }
      g_variant_builder_add (&builder, "(ss)", end.node, end.port);
    }
  *ports = g_variant_ref_sink (g_variant_builder_end (&builder));
  return CTL_OK;
}

static void
add_number (GVariantDict *dict, const char *key, gint64 number)
{
  if (number > 0)
    g_variant_dict_insert (dict, key, "t", (guint64) number);
}

/* (transfer full) */
static GVariant *
build_options (const Options *options, GVariant *ports, const char *path)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "ports", ports);
  g_variant_dict_insert (&dict, "file", "s", path);
  if (options->filter != NULL)
    g_variant_dict_insert (&dict, "filter", "s", options->filter);
  if (options->encapsulation != NULL)
    g_variant_dict_insert (&dict, "encapsulation", "s", options->encapsulation);
  add_number (&dict, "size", (gint64) options->megabytes * 1000000);
  add_number (&dict, "seconds", options->seconds);
  add_number (&dict, "files", options->files);
  add_number (&dict, "snap", options->snap);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
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
  ctl_complain (_ ("The capture has ended: it was stopped, or the lab’s relay has ended."));
  return CTL_FAILED;
}

static int
capture_to_pipe (CtlLab *lab, GVariant *ports, const Options *options)
{
  GError *error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("labctl-XXXXXX", &error);
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) what = NULL;
  int fd = -1, code;

  if (dir == NULL)
    return ctl_fail (error);
  path = g_build_filename (dir, "pipe", NULL);
  if (mkfifo (path, 0600) == 0)
    fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0)
    {
      what = build_options (options, ports, path);
      name = ctl_wait_start_capture (lab->client, what, &error);
    }
  g_unlink (path);
  g_rmdir (dir);
  if (fd < 0)
    {
      ctl_complain (_ ("A pipe cannot be made: %s."), g_strerror (errno));
      return CTL_CANNOT;
    }
  if (name == NULL)
    {
      close (fd);
      return ctl_fail (error);
    }
  g_unix_set_fd_nonblocking (fd, FALSE, NULL);
  code = copy_pipe (fd);
  close (fd);
  return code;
}

/* --- to a file --- */

static void
tell (const char *path, guint64 frames, guint64 dropped)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, frames);
  g_autofree char *missing = g_strdup_printf ("%" G_GUINT64_FORMAT, dropped);
  g_autoptr (GString) line = g_string_new (NULL);

  /* Translators: a file, and how many frames are in it */
  g_string_append_printf (line, ngettext ("%s: %s frame", "%s: %s frames", (gulong) frames), path,
                          number);
  if (dropped > 0)
    {
      g_string_append (line, ", ");
      /* Translators: frames for which the disk was too slow; stands behind the number of others */
      g_string_append_printf (line, ngettext ("%s left out", "%s left out", (gulong) dropped),
                              missing);
    }
  g_printerr ("%s\n", line->str);
}

typedef struct
{
  LabClient *client;
  const char *name;
  gint64 until;  /* 0: for ever */
  gboolean seen; /* the engine has told of it */
} Wait;

/* It failed, was stopped by somebody else, or its time is up. */
static gboolean
is_over (gpointer data)
{
  Wait *wait = data;
  gboolean goes_on = FALSE, there = FALSE;
  LabClientCapture capture;

  if (wait->until != 0 && g_get_monotonic_time () >= wait->until)
    return TRUE;
  for (guint i = 0; lab_client_get_capture (wait->client, i, &capture); i++)
    {
      if (g_str_equal (capture.name, wait->name))
        {
          there = TRUE;
          goes_on = *capture.reason == '\0';
        }
      lab_client_capture_clear (&capture);
    }
  wait->seen |= there;
  return wait->seen && !goes_on;
}

static int
stop_and_tell (CtlLab *lab, const char *name, const char *path)
{
  g_autofree char *reason = NULL;
  GError *error = NULL;
  guint64 frames, dropped;

  if (!ctl_wait_stop_capture (lab->client, name, &frames, &dropped, &reason, &error))
    return ctl_fail (error);
  if (*reason != '\0')
    {
      ctl_complain (_ ("The capture “%s” has ended: %s."), path, reason);
      return CTL_FAILED;
    }
  tell (path, frames, dropped);
  return CTL_OK;
}

static int
capture_to_file (CtlLab *lab, GVariant *ports, const Options *options)
{
  g_autofree char *path = g_canonicalize_filename (options->output, NULL);
  g_autoptr (GVariant) what = build_options (options, ports, path);
  g_autofree char *name = NULL;
  GError *error = NULL;
  Wait wait = { .client = lab->client };

  name = ctl_wait_start_capture (lab->client, what, &error);
  if (name == NULL)
    return ctl_fail (error);
  if (options->background)
    {
      g_print ("%s\n", name);
      return CTL_OK;
    }
  wait.name = name;
  if (options->duration > 0)
    wait.until = g_get_monotonic_time () + (gint64) (options->duration * G_USEC_PER_SEC);
  ctl_interruptible ();
  if (!ctl_wait_until (lab->client, is_over, &wait, &error) && !ctl_was_interrupted ())
    return ctl_fail (error);
  g_clear_error (&error);
  return stop_and_tell (lab, name, path);
}

/* --- those that go on --- */

static int
list_captures (CtlLab *lab)
{
  const char *const columns[] = { _ ("NAME"),  _ ("FRAMES"), _ ("LEFT OUT"),
                                  _ ("BYTES"), _ ("PORTS"),  _ ("FILE"),
                                  NULL };
  g_autoptr (CtlTable) table = ctl_table_new (columns, "lrrrll");
  LabClientCapture capture;

  for (guint i = 0; lab_client_get_capture (lab->client, i, &capture); i++)
    {
      gsize ports = g_variant_n_children (capture.ports);
      const char *node, *port;

      g_variant_get_child (capture.ports, 0, "(&s&s)", &node, &port);
      ctl_table_add (table, *capture.reason != '\0' ? CTL_BAD : CTL_BOLD, "%s", capture.name);
      ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, capture.frames);
      ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, capture.dropped);
      ctl_table_add (table, CTL_PLAIN, "%" G_GUINT64_FORMAT, capture.bytes);
      ctl_table_add (table, CTL_PLAIN, "%s:%s%s", node, port, ports > 1 ? " …" : "");
      ctl_table_add (table, CTL_PLAIN, "%s%s%s", capture.file, *capture.reason != '\0' ? ": " : "",
                     capture.reason);
      lab_client_capture_clear (&capture);
    }
  ctl_table_print (table);
  return CTL_OK;
}

static int
stop_capture (CtlLab *lab, const char *name)
{
  g_autofree char *path = NULL;
  LabClientCapture capture;

  for (guint i = 0; lab_client_get_capture (lab->client, i, &capture); i++)
    {
      if (g_str_equal (capture.name, name))
        path = g_strdup (capture.file);
      lab_client_capture_clear (&capture);
    }
  return stop_and_tell (lab, name, path != NULL ? path : name);
}

/* R1-e0_0.pcapng */
static char *
make_name (const char *word)
{
  g_autofree char *name = g_strdup (word != NULL ? word : "lab");

  g_strdelimit (name, ":", '-');
  return g_strconcat (g_strdelimit (name, "/ ", '_'), ".pcapng", NULL);
}

static int
capture (CtlLab *lab, char **words, Options *options)
{
  g_autoptr (GVariant) ports = NULL;
  gboolean to_stdout;
  int code;

  if (words[0] == NULL && !options->all)
    return ctl_usage (&ctl_capture_command, _ ("A port is needed."));
  if (options->output == NULL)
    options->output = make_name (words[0]);
  to_stdout = g_str_equal (options->output, "-");
  if (to_stdout && isatty (STDOUT_FILENO))
    return ctl_usage (&ctl_capture_command,
                      _ ("A capture is nothing to look at in a terminal; pipe it to a program."));
  if (to_stdout && options->background)
    return ctl_usage (&ctl_capture_command,
                      _ ("Standard output ends with this program; give a file."));
  code = ctl_build_ports (lab, &ctl_capture_command, words, options->all, &ports);
  if (code != CTL_OK)
    return code;
  return to_stdout ? capture_to_pipe (lab, ports, options) : capture_to_file (lab, ports, options);
}

static int
run_capture (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  g_auto (Options) options = { 0 };
  int code;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("The file; “-” is standard output"), N_ ("FILE") },
    { "filter", 'f', 0, G_OPTION_ARG_STRING, &options.filter, N_ ("Only frames that match"),
      N_ ("EXPRESSION") },
    { "size", 's', 0, G_OPTION_ARG_INT, &options.megabytes,
      N_ ("Begin a new file after so many megabytes"), N_ ("MB") },
    { "seconds", 't', 0, G_OPTION_ARG_INT, &options.seconds,
      N_ ("Begin a new file after so many seconds"), N_ ("SECONDS") },
    { "files", 'n', 0, G_OPTION_ARG_INT, &options.files, N_ ("Keep only the last files"),
      N_ ("N") },
    { "snap", 0, 0, G_OPTION_ARG_INT, &options.snap, N_ ("Keep so many bytes of a frame"),
      N_ ("BYTES") },
    { "encapsulation", 'e', 0, G_OPTION_ARG_STRING, &options.encapsulation,
      N_ ("Of serial ports: auto (as each frame is), hdlc, ppp, frame-relay"), N_ ("KIND") },
    { "duration", 'd', 0, G_OPTION_ARG_DOUBLE, &options.duration, N_ ("End after so long"),
      N_ ("SECONDS") },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &options.all, N_ ("Of every link of the lab"), NULL },
    { "background", 'b', 0, G_OPTION_ARG_NONE, &options.background,
      N_ ("Print the capture’s name and go; it ends with --stop or with the lab"), NULL },
    { "list", 'l', 0, G_OPTION_ARG_NONE, &options.list, N_ ("List the captures that go on"), NULL },
    { "stop", 0, 0, G_OPTION_ARG_STRING, &options.stop, N_ ("Stop a capture"), N_ ("NAME") },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_capture_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_capture_command, CTL_LAB_DOCUMENT | CTL_LAB_ENGINE, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (options.list)
    return list_captures (&lab);
  return options.stop != NULL ? stop_capture (&lab, options.stop) : capture (&lab, argv, &options);
}

const CtlCommand ctl_capture_command = {
  .name = "capture",
  .arguments = "[FILE] NODE:PORT…",
  .summary = N_ ("Capture frames at ports"),
  .details = N_ (
      "Writes a pcapng file until it is interrupted; several ports are several interfaces in it. "
      "The capture goes on when devices stop and start. With --background it goes on by itself.\n\n"
      "Examples:\n"
      "  labctl capture campus.lab PC1:e0/0 -o pc1.pcapng\n"
      "  labctl capture campus.lab PC1:e0/0 -o - | wireshark -k -i -\n"
      "  labctl capture campus.lab SW1:e1 SW1:e2 -o - --filter arp | tshark -i -\n"
      "  labctl capture campus.lab R1:s1/0 --size 10 --files 5\n"
      "  labctl capture campus.lab --all -o all.pcapng --background\n"
      "  labctl capture campus.lab --stop c1"),
  .run = run_capture,
};
