/* SPDX-License-Identifier: GPL-3.0-or-later */

/* labctl send: one command at a device's console, its output to standard output. */

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "lab-talk.h"
#include "ctl-lab.h"
#include "ctl-output.h"
#include "ctl-wait.h"

#define MIN_PATIENCE 5.0

typedef struct
{
  char *expect;
  char *reject;
  double within;
  gboolean as_is;
  gboolean json;
} SendOptions;

static gboolean
compile (const char *pattern, GRegex **regex)
{
  g_autoptr (GError) error = NULL;

  if (pattern == NULL)
    return TRUE;
  *regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, &error);
  if (*regex == NULL)
    ctl_usage (&ctl_send_command, _ ("“%s” is not a regular expression: %s."), pattern,
               error->message);
  return *regex != NULL;
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(LabAnswer **) user_data = lab_talk_ask_finish (LAB_TALK (object), result, NULL);
}

static LabAnswer *
ask (GIOStream *console, const LabQuestion *question)
{
  g_autoptr (LabTalk) dialogue = lab_talk_new (console);
  LabAnswer *answer = NULL;

  lab_talk_ask_async (dialogue, question, answered_cb, &answer);
  while (answer == NULL)
    {
      if (ctl_was_interrupted ())
        lab_talk_close (dialogue);
      g_main_context_iteration (NULL, answer == NULL && !ctl_was_interrupted ());
    }
  lab_talk_close (dialogue);
  return answer;
}

static void
print_answer_json (const char *node, const LabAnswer *answer, gboolean good)
{
  static const char *const ends[] = {
    [LAB_ANSWER_MATCHED] = "matched", [LAB_ANSWER_REJECTED] = "rejected",
    [LAB_ANSWER_PROMPT] = "prompt",   [LAB_ANSWER_TIMEOUT] = "timeout",
    [LAB_ANSWER_SILENT] = "silent",   [LAB_ANSWER_CLOSED] = "closed",
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_string (builder, "node", node);
  ctl_json_bool (builder, "passed", good);
  ctl_json_string (builder, "end", ends[answer->kind]);
  ctl_json_ms (builder, "ms", answer->seconds);
  ctl_json_string (builder, "output", answer->output);
  json_builder_end_object (builder);
  ctl_print_json (builder);
}

static void
explain (const char *node, const LabAnswer *answer, const SendOptions *options)
{
  switch (answer->kind)
    {
    case LAB_ANSWER_REJECTED:
      ctl_complain (_ ("%s answered what --reject forbids."), node);
      break;
    case LAB_ANSWER_PROMPT:
      ctl_complain (_ ("%s answered, but nothing matches “%s”."), node, options->expect);
      break;
    case LAB_ANSWER_TIMEOUT:
      if (options->expect != NULL)
        ctl_complain (_ ("Nothing %s said within %g s matches “%s”."), node, options->within,
                      options->expect);
      else
        ctl_complain (_ ("The prompt of %s did not come back within %g s."), node, options->within);
      break;
    case LAB_ANSWER_SILENT:
      ctl_complain (_ ("%s shows no prompt; nothing was sent. (--as-is sends without one.)"), node);
      break;
    case LAB_ANSWER_CLOSED:
      ctl_complain (_ ("The console of %s was closed."), node);
      break;
    case LAB_ANSWER_MATCHED:
    default:
      break;
    }
}

/* Without the empty lines that set off the next prompt. */
static void
print_output (const char *output)
{
  g_autofree char *text = g_strchomp (g_strdup (output));

  fputs (text, stdout);
  if (*text != '\0')
    fputc ('\n', stdout);
}

static gboolean
is_good (const LabAnswer *answer, const LabQuestion *question)
{
  if (question->expect == NULL && question->reject == NULL)
    return answer->kind == LAB_ANSWER_PROMPT ||
           (answer->kind == LAB_ANSWER_TIMEOUT && question->as_is);
  return lab_answer_is_good (answer, question);
}

static int
report (const char *node,
        const LabAnswer *answer,
        const LabQuestion *question,
        SendOptions *options)
{
  gboolean good = is_good (answer, question);

  if (ctl_was_interrupted ())
    return CTL_INTERRUPTED;
  if (options->json)
    print_answer_json (node, answer, good);
  else if (answer->kind != LAB_ANSWER_SILENT)
    print_output (answer->output);
  if (good)
    return CTL_OK;
  fflush (stdout);
  explain (node, answer, options);
  return answer->kind == LAB_ANSWER_SILENT || answer->kind == LAB_ANSWER_CLOSED ? CTL_CANNOT
                                                                                : CTL_FAILED;
}

static int
send_to (CtlLab *lab, const char *name, const char *text, SendOptions *options)
{
  g_autoptr (GRegex) expect = NULL;
  g_autoptr (GRegex) reject = NULL;
  g_autoptr (LabAnswer) answer = NULL;
  LabClientNode *node = lab_client_find_node (lab->client, name);
  GIOStream *console;
  LabQuestion question;
  GError *error = NULL;

  if (!compile (options->expect, &expect) || !compile (options->reject, &reject))
    return CTL_USAGE;
  if (!lab_client_node_is_running (node))
    {
      ctl_complain (_ ("%s does not run (it is %s)."), name,
                    lab_client_state_to_string (lab_client_node_get_state (node)));
      return CTL_CANNOT;
    }
  ctl_interruptible ();
  console = ctl_wait_console (lab->client, name, CTL_CONSOLE_LIVE, &error);
  if (console == NULL)
    return ctl_fail (error);

  question = (LabQuestion){
    .text = text,
    .expect = expect,
    .reject = reject,
    .within = options->within,
    .patience = MAX (options->within, MIN_PATIENCE),
    .as_is = options->as_is,
  };
  answer = ask (console, &question);
  return report (name, answer, &question, options);
}

static int
run_send (int argc, char **argv)
{
  g_auto (CtlLab) lab = { 0 };
  SendOptions options = { .within = 10 };
  int code;
  GOptionEntry entries[] = {
    { "expect", 'e', 0, G_OPTION_ARG_STRING, &options.expect, N_ ("Fail unless the output matches"),
      N_ ("REGEX") },
    { "reject", 'r', 0, G_OPTION_ARG_STRING, &options.reject, N_ ("Fail if the output matches"),
      N_ ("REGEX") },
    { "within", 'w', 0, G_OPTION_ARG_DOUBLE, &options.within,
      N_ ("Wait so long for the answer (default: 10)"), N_ ("SECONDS") },
    { "as-is", 0, 0, G_OPTION_ARG_NONE, &options.as_is,
      N_ ("Send without waiting for a prompt first"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Answer as JSON"), NULL },
    { NULL },
  };

  if (!ctl_parse_options (&ctl_send_command, entries, &argc, &argv))
    return CTL_USAGE;
  code = ctl_lab_open (&lab, &ctl_send_command, CTL_LAB_ENGINE, &argc, &argv);
  if (code == CTL_OK && argc != 2)
    code = ctl_usage (&ctl_send_command, _ ("A node and one text (in quotes) are needed."));
  if (code == CTL_OK && lab_client_find_node (lab.client, argv[0]) == NULL)
    {
      ctl_complain (_ ("There is no node “%s” in the running lab."), argv[0]);
      code = CTL_CANNOT;
    }
  if (code == CTL_OK)
    code = send_to (&lab, argv[0], argv[1], &options);
  g_free (options.expect);
  g_free (options.reject);
  return code;
}

const CtlCommand ctl_send_command = {
  .name = "send",
  .arguments = "[FILE] NODE TEXT",
  .summary = N_ ("Type a command at a console, show what it answers"),
  .details = N_ ("Waits for the device’s prompt, types TEXT and Enter, and prints what comes until "
                 "the prompt\nis back, --expect matches, or the time is up. Exits 0 if the answer "
                 "is as expected, else 1.\n\n"
                 "Examples:\n"
                 "  labctl send campus.lab PC1 'show ip'\n"
                 "  labctl send PC1 'ping 10.0.10.2 -c 1' --expect 'bytes from' --within 5\n"
                 "  labctl send PC1 'ping 10.0.20.1 -c 1' --reject 'bytes from' --json"),
  .run = run_send,
};
