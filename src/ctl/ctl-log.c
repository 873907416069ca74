/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl log: what a device wrote on its console, also one that has crashed. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "ctl-command.h"
#include "ctl-lab.h"
#include "ctl-wait.h"
#include "lab-client-replay.h"

/* The whole scroll-back. (transfer full) (nullable) */
static GByteArray *
read_replay (GIOStream *console, GError **error)
{
  GInputStream *input = g_io_stream_get_input_stream (console);
  g_autoptr (LabClientReplay) replay = lab_client_replay_new ();
  g_autoptr (GByteArray) text = g_byte_array_new ();

  while (!lab_client_replay_is_over (replay))
    {
      guint8 buffer[16384];
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, ctl_interruptible (), error);

      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      lab_client_replay_push (replay, buffer, (gsize) n, text);
    }
  return g_steal_pointer (&text);
}

/* What a file or a pager can show: no escape sequences, line ends as they are here. */
static char *
to_text (GByteArray *bytes)
{
  g_autofree char *valid = g_utf8_make_valid ((const char *) bytes->data, bytes->len);
  g_autoptr (GRegex) escapes =
      g_regex_new ("\\x1b(\\[[0-9;?]*[@-~]|\\][^\\x07\\x1b]*\\x07?|.)?", G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GRegex) controls = g_regex_new ("[\\x00-\\x08\\x0b-\\x1f\\x7f]", 0, 0, NULL);
  g_autofree char *plain = g_regex_replace_literal (escapes, valid, -1, 0, "", 0, NULL);

  return plain != NULL ? g_regex_replace_literal (controls, plain, -1, 0, "", 0, NULL)
                       : g_steal_pointer (&valid);
}

static int
print_log (CtlLab *lab, const char *name, gboolean raw)
{
  GError *error = NULL;
  g_autoptr (GIOStream) console = ctl_wait_console (lab->client, name, CTL_CONSOLE_MARKED, &error);
  g_autoptr (GByteArray) bytes = console != NULL ? read_replay (console, &error) : NULL;
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return ctl_fail (error);
  if (raw)
    {
      fwrite (bytes->data, 1, bytes->len, stdout);
      return CTL_OK;
    }
  text = to_text (bytes);
  fputs (text, stdout);
  if (*text != '\0' && !g_str_has_suffix (text, "\n"))
    putchar ('\n');
  return CTL_OK;
}

static int
run_log (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  gboolean raw = FALSE;
  GOptionEntry entries[] = {
    { "raw", 0, 0, G_OPTION_ARG_NONE, &raw, N_ ("The bytes as the device wrote them"), NULL },
    { NULL },
  };
  int code;

  if (!ctl_parse_options (&ctl_log_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_log_command, CTL_LAB_ENGINE, &argc, &argv);
  if (code != CTL_OK)
    return code;
  if (argc != 1)
    return ctl_usage (&ctl_log_command, _ ("Name one node."));
  return print_log (&lab, argv[0], raw);
}

const CtlCommand ctl_log_command = {
  .name = "log",
  .arguments = "[FILE] NODE",
  .summary = N_ ("Show what a device wrote on its console"),
  .details =
      N_ ("All that is in the scroll-back, also of a device that has crashed, without escape\n"
          "sequences. To be found there: what an image said before it ended.\n\n"
          "Example:\n  labctl log campus.lab R1 | tail"),
  .run = run_log,
};
