/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Running the checks of a lab. Checks of one device share its console, so they form a queue; queues
 * run side by side, a bounded number of them, started in document order.
 *
 * A network takes time to converge: a check that is given more than the usual time is asked again
 * until it passes or its time is up. */

#include "config.h"

#include <glib/gi18n.h>

#include "ctl-check.h"
#include "ctl-wait.h"

/* An earlier check of the same device may have ended before its command did. */
#define PATIENCE 40.0

/* A check with more seconds than this is asked again, after so many milliseconds. */
#define USUAL_SECONDS 10.0
#define AGAIN_MS      1000

/* Ready is a device by its prompt; that the lines to the others are up it may learn a moment later.
 * So for so many seconds any check that failed is asked again, sooner. */
#define FIRST_SECONDS  3
#define FIRST_AGAIN_MS 250

typedef struct _Run Run;

typedef struct
{
  Run *run;
  const char *node;
  GQueue waiting; /* unowned CtlCheckResult */
  LabTalk *dialogue;
  CtlCheckResult *current;
  LabQuestion question;
  gint64 until; /* when the current check's time is up */
} Line;

struct _Run
{
  LabClient *client;
  GPtrArray *results;
  GPtrArray *lines;
  guint next_line;
  guint n_active;
  guint jobs;
  gboolean stopped;
  gint64 settled; /* when the first seconds are over */
};

static void ask (Line *line);
static void line_next (Line *line);

void
ctl_check_result_free (CtlCheckResult *self)
{
  g_clear_object (&self->check);
  g_clear_pointer (&self->answer, lab_answer_free);
  g_free (self->reason);
  g_free (self);
}

static void
line_free (Line *line)
{
  if (line->dialogue != NULL)
    lab_talk_close (line->dialogue);
  g_clear_object (&line->dialogue);
  g_clear_pointer (&line->question.expect, g_regex_unref);
  g_clear_pointer (&line->question.reject, g_regex_unref);
  g_queue_clear (&line->waiting);
  g_free (line);
}

static void
explain (CtlCheckResult *result)
{
  LabCheck *check = result->check;
  const char *node = lab_check_get_node (check);

  switch (result->answer->kind)
    {
    case LAB_ANSWER_REJECTED:
      result->reason = g_strdup_printf (_ ("%s answered what must not come: “%s”."), node,
                                        lab_check_get_reject (check));
      break;
    case LAB_ANSWER_PROMPT:
      result->reason = g_strdup_printf (_ ("%s answered, but nothing matches “%s”."), node,
                                        lab_check_get_expect (check));
      break;
    case LAB_ANSWER_TIMEOUT:
      result->reason = g_strdup_printf (_ ("Nothing %s said within %g s matches “%s”."), node,
                                        lab_check_get_within (check), lab_check_get_expect (check));
      break;
    case LAB_ANSWER_SILENT:
      result->reason = g_strdup_printf (_ ("%s shows no prompt at its console."), node);
      break;
    case LAB_ANSWER_CLOSED:
    case LAB_ANSWER_MATCHED:
    default:
      result->reason = g_strdup_printf (_ ("The console of %s was closed."), node);
      break;
    }
}

static gboolean
again_cb (gpointer user_data)
{
  Line *line = user_data;

  if (line->run->stopped)
    {
      line->current = NULL;
      line_next (line);
    }
  else
    {
      g_clear_pointer (&line->current->answer, lab_answer_free);
      ask (line);
    }
  return G_SOURCE_REMOVE;
}

/* The device answered, the answer is wrong, and there is time left. Returns after how many
 * milliseconds it is asked again; 0: it is not. */
static guint
ask_again_after (Line *line)
{
  LabAnswerKind kind = line->current->answer->kind;
  gint64 now = g_get_monotonic_time ();
  guint ms = 0;

  if (line->run->stopped || (kind != LAB_ANSWER_PROMPT && kind != LAB_ANSWER_REJECTED))
    return 0;
  if (now < line->run->settled)
    ms = FIRST_AGAIN_MS;
  else if (lab_check_get_within (line->current->check) > USUAL_SECONDS)
    ms = AGAIN_MS;
  return now + ms * G_TIME_SPAN_MILLISECOND < line->until ? ms : 0;
}

static void
answered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Line *line = user_data;
  CtlCheckResult *current = line->current;
  guint again = 0;

  current->answer = lab_talk_ask_finish (LAB_TALK (object), result, NULL);
  current->passed = lab_answer_is_good (current->answer, &line->question);
  if (!current->passed)
    again = ask_again_after (line);
  if (again > 0)
    {
      g_timeout_add (again, again_cb, line);
      return;
    }
  line->current = NULL;
  if (!current->passed)
    explain (current);
  line_next (line);
}

static gboolean
compile (Line *line, LabCheck *check, GError **error)
{
  const char *expect = lab_check_get_expect (check);
  const char *reject = lab_check_get_reject (check);

  g_clear_pointer (&line->question.expect, g_regex_unref);
  g_clear_pointer (&line->question.reject, g_regex_unref);
  if (expect != NULL)
    line->question.expect = g_regex_new (expect, G_REGEX_MULTILINE, 0, error);
  if (reject != NULL && (expect == NULL || line->question.expect != NULL))
    line->question.reject = g_regex_new (reject, G_REGEX_MULTILINE, 0, error);
  return (expect == NULL || line->question.expect != NULL) &&
         (reject == NULL || line->question.reject != NULL);
}

static gboolean
is_ready (Line *line, GError **error)
{
  LabClientNode *node = lab_client_find_node (line->run->client, line->node);

  if (node != NULL && lab_client_node_get_state (node) == LAB_CLIENT_STATE_READY)
    return TRUE;
  g_set_error (error, LAB_CLIENT_ERROR, LAB_CLIENT_ERROR_NODE, _ ("%s is not ready (it is %s)."),
               line->node,
               node != NULL ? lab_client_state_to_string (lab_client_node_get_state (node))
                            : _ ("not there"));
  return FALSE;
}

static void
ask (Line *line)
{
  LabCheck *check = line->current->check;

  line->question.text = lab_check_get_send (check);
  line->question.within =
      (double) (line->until - g_get_monotonic_time ()) / (double) G_USEC_PER_SEC;
  line->question.patience = PATIENCE;
  lab_talk_ask_async (line->dialogue, &line->question, answered_cb, line);
}

static void
console_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Line *line = user_data;
  g_autoptr (GError) error = NULL;
  GIOStream *console = lab_client_open_console_finish (LAB_CLIENT (object), result, &error);

  if (console != NULL)
    {
      line->dialogue = lab_talk_new (console);
      ask (line);
      return;
    }
  line->current->reason = g_strdup (error->message);
  line->current = NULL;
  line_next (line);
}

/* The next check of this device; when there is none, the line is done. */
static void
line_next (Line *line)
{
  Run *run = line->run;

  while (!run->stopped && (line->current = g_queue_pop_head (&line->waiting)) != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (!compile (line, line->current->check, &error) || !is_ready (line, &error))
        {
          line->current->reason = g_strdup (error->message);
          continue;
        }
      line->until = g_get_monotonic_time () +
                    (gint64) (lab_check_get_within (line->current->check) * G_USEC_PER_SEC);
      if (line->dialogue != NULL)
        ask (line);
      else
        lab_client_open_console_async (run->client, line->node, LAB_CLIENT_CONSOLE_LIVE, NULL,
                                       console_cb, line);
      return;
    }
  run->n_active--;
}

static void
start_lines (Run *run)
{
  while (!run->stopped && run->n_active < run->jobs && run->next_line < run->lines->len)
    {
      run->n_active++;
      line_next (g_ptr_array_index (run->lines, run->next_line++));
    }
}

static Line *
line_for (Run *run, GHashTable *by_node, const char *node)
{
  Line *line = g_hash_table_lookup (by_node, node);

  if (line != NULL)
    return line;
  line = g_new0 (Line, 1);
  line->run = run;
  line->node = node;
  g_queue_init (&line->waiting);
  g_ptr_array_add (run->lines, line);
  g_hash_table_insert (by_node, (char *) node, line);
  return line;
}

static void
collect (Run *run, LabTopology *topology)
{
  GListModel *checks = lab_topology_get_checks (topology);
  g_autoptr (GHashTable) by_node = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < g_list_model_get_n_items (checks); i++)
    {
      CtlCheckResult *result = g_new0 (CtlCheckResult, 1);
      Line *line;

      result->check = g_list_model_get_item (checks, i);
      g_ptr_array_add (run->results, result);
      line = line_for (run, by_node, lab_check_get_node (result->check));
      g_queue_push_tail (&line->waiting, result);
    }
}

/* Interrupted: what is under way is cut short, the rest is not begun. */
static void
stop (Run *run)
{
  run->stopped = TRUE;
  for (guint i = 0; i < run->lines->len; i++)
    {
      Line *line = g_ptr_array_index (run->lines, i);

      if (line->dialogue != NULL)
        lab_talk_close (line->dialogue);
    }
}

GPtrArray *
ctl_checks_run (LabTopology *topology, LabClient *client, guint jobs)
{
  Run run = { .client = client, .jobs = MAX (jobs, 1) };

  run.settled = g_get_monotonic_time () + FIRST_SECONDS * G_USEC_PER_SEC;
  run.results = g_ptr_array_new_with_free_func ((GDestroyNotify) ctl_check_result_free);
  run.lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  collect (&run, topology);

  start_lines (&run);
  while (run.n_active > 0)
    {
      if (!run.stopped && (ctl_was_interrupted () || !lab_client_is_open (client)))
        stop (&run);
      g_main_context_iteration (NULL, run.n_active > 0 && !run.stopped);
      start_lines (&run);
    }
  for (guint i = 0; i < run.results->len; i++)
    {
      CtlCheckResult *result = g_ptr_array_index (run.results, i);

      if (!result->passed && result->reason == NULL)
        result->reason = g_strdup (_ ("It was not tried."));
    }
  g_ptr_array_unref (run.lines);
  return run.results;
}
