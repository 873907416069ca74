/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A conversation with a device.
 *
 * A question goes in two steps. First Enter is pressed until a prompt stands at the end of the
 * output and all is quiet for a moment: what an earlier command still had to say is over then, and
 * "Press RETURN to get started" is behind us. Then the text is typed. Its echo ends with the first
 * line end; everything after that is the answer, until a pattern is found, the prompt is back, or
 * the time is up.
 *
 * Patterns are tried on complete lines as they come, and on an unfinished line only when nothing
 * has come for a moment: half a line must not decide. */

#include "config.h"

#include <string.h>

#include "lab-talk.h"
#include "lab-screen.h"

#define QUIET_MS       40
#define ENTER_AGAIN_MS 2000
#define INTERRUPT_MS   300
#define PROMPT_PATTERN "^\\S{1,80}[>#$] ?$"
#define MORE_PATTERN   "^ ?-+ ?[Mm]ore ?-+ ?$"

struct _LabTalk
{
  GObject parent_instance;

  GIOStream *console;
  LabScreen *screen;
  GCancellable *reading;
  GRegex *prompt;
  GRegex *more;
  gboolean closed;
  char buffer[4096];

  GTask *task; /* of the question; NULL between questions */
  LabQuestion question;
  gboolean typed;
  gint64 begun;
  guint quiet_id;
  guint enter_id;
  guint deadline_id;
  guint interrupt_id;
  gboolean unfinished; /* the last command was still running when its answer was decided */
};

G_DEFINE_FINAL_TYPE (LabTalk, lab_talk, G_TYPE_OBJECT)

static void read_more (LabTalk *self);

void
lab_answer_free (LabAnswer *self)
{
  g_free (self->output);
  g_free (self);
}

gboolean
lab_answer_is_good (const LabAnswer *self, const LabQuestion *question)
{
  if (question->expect != NULL)
    return self->kind == LAB_ANSWER_MATCHED;
  return self->kind == LAB_ANSWER_PROMPT || self->kind == LAB_ANSWER_TIMEOUT;
}

static void
clear_question (LabTalk *self)
{
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  g_clear_handle_id (&self->enter_id, g_source_remove);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_handle_id (&self->interrupt_id, g_source_remove);
  g_free ((char *) self->question.text);
  g_clear_pointer (&self->question.expect, g_regex_unref);
  g_clear_pointer (&self->question.reject, g_regex_unref);
  memset (&self->question, 0, sizeof self->question);
}

static void
lab_talk_dispose (GObject *object)
{
  LabTalk *self = LAB_TALK (object);

  clear_question (self);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->console);
  g_clear_pointer (&self->screen, lab_screen_free);
  g_clear_pointer (&self->prompt, g_regex_unref);
  g_clear_pointer (&self->more, g_regex_unref);
  G_OBJECT_CLASS (lab_talk_parent_class)->dispose (object);
}

static void
lab_talk_class_init (LabTalkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lab_talk_dispose;
}

static void
lab_talk_init (LabTalk *self)
{
  self->screen = lab_screen_new ();
  self->reading = g_cancellable_new ();
  self->prompt = g_regex_new (PROMPT_PATTERN, G_REGEX_RAW, 0, NULL);
  self->more = g_regex_new (MORE_PATTERN, G_REGEX_RAW, 0, NULL);
}

/* The answer without the line that echoes what was typed, and without the prompt at the end. */
static char *
dup_output (LabTalk *self, gboolean all)
{
  gboolean at_prompt = g_regex_match (self->prompt, self->screen->line->str, 0, NULL);
  g_autofree char *text = lab_screen_dup (self->screen, all && !at_prompt);
  const char *echo_end = strchr (text, '\n');

  return g_strdup (echo_end != NULL ? echo_end + 1 : "");
}

static void
answer (LabTalk *self, LabAnswerKind kind)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  LabAnswer *result = g_new0 (LabAnswer, 1);

  result->kind = kind;
  result->output = self->typed ? dup_output (self, TRUE) : lab_screen_dup (self->screen, TRUE);
  result->seconds = (double) (g_get_monotonic_time () - self->begun) / G_USEC_PER_SEC;
  self->unfinished = self->typed && !g_regex_match (self->prompt, self->screen->line->str, 0, NULL);
  clear_question (self);
  g_task_return_pointer (task, result, (GDestroyNotify) lab_answer_free);
}

static void
type (LabTalk *self, const char *text)
{
  GOutputStream *out = g_io_stream_get_output_stream (self->console);

  /* A line is far below what the socket takes at once; a console that does not even take that is
   * found silent by the time limit. */
  g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (out), text, strlen (text),
                                              NULL, NULL);
}

/* The answer is over: nothing that must not come can come any more. */
static void
finish (LabTalk *self, LabAnswerKind kind)
{
  g_autofree char *text = dup_output (self, TRUE);
  gboolean matched;

  if (self->question.reject != NULL && g_regex_match (self->question.reject, text, 0, NULL))
    {
      answer (self, LAB_ANSWER_REJECTED);
      return;
    }
  matched = self->question.expect != NULL && g_regex_match (self->question.expect, text, 0, NULL);

  answer (self, matched ? LAB_ANSWER_MATCHED : kind);
}

static gboolean
deadline_cb (gpointer user_data)
{
  LabTalk *self = user_data;

  self->deadline_id = 0;
  if (self->typed)
    finish (self, LAB_ANSWER_TIMEOUT);
  else
    answer (self, LAB_ANSWER_SILENT);
  return G_SOURCE_REMOVE;
}

static void
set_deadline (LabTalk *self, double seconds)
{
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  self->deadline_id = g_timeout_add ((guint) (CLAMP (seconds, 0, 86400) * 1000), deadline_cb, self);
}

static void
type_question (LabTalk *self)
{
  g_autofree char *line = g_strconcat (self->question.text, "\r", NULL);

  g_clear_handle_id (&self->enter_id, g_source_remove);
  g_clear_handle_id (&self->interrupt_id, g_source_remove);
  lab_screen_forget (self->screen);
  self->typed = TRUE;
  self->begun = g_get_monotonic_time ();
  set_deadline (self, self->question.within);
  type (self, line);
}

/* Patterns on the answer so far. TRUE: decided. */
static gboolean
decide (LabTalk *self, gboolean all)
{
  g_autofree char *text = dup_output (self, all);

  if (self->question.reject != NULL && g_regex_match (self->question.reject, text, 0, NULL))
    {
      answer (self, LAB_ANSWER_REJECTED);
      return TRUE;
    }
  /* What must not come may come yet: only the end of the answer decides then. */
  if (self->question.expect != NULL && self->question.reject == NULL &&
      g_regex_match (self->question.expect, text, 0, NULL))
    {
      answer (self, LAB_ANSWER_MATCHED);
      return TRUE;
    }
  return FALSE;
}

static gboolean
quiet_cb (gpointer user_data)
{
  LabTalk *self = user_data;
  const char *line = self->screen->line->str;
  gboolean at_prompt = g_regex_match (self->prompt, line, 0, NULL);

  self->quiet_id = 0;
  if (!self->typed)
    {
      if (at_prompt)
        type_question (self);
      return G_SOURCE_REMOVE;
    }
  if (strchr (self->screen->text->str, '\n') == NULL)
    return G_SOURCE_REMOVE; /* still the echo */
  if (g_regex_match (self->more, line, 0, NULL))
    type (self, " ");
  else if (!decide (self, TRUE) && at_prompt)
    finish (self, LAB_ANSWER_PROMPT);
  return G_SOURCE_REMOVE;
}

static void
heard (LabTalk *self)
{
  if (self->task == NULL)
    return;
  if (self->typed && decide (self, FALSE))
    return;
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add (QUIET_MS, quiet_cb, self);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LabTalk) self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);

  if (self->reading == NULL || self->closed)
    return;
  if (n <= 0)
    {
      self->closed = TRUE;
      if (self->task != NULL)
        answer (self, LAB_ANSWER_CLOSED);
      return;
    }
  lab_screen_feed (self->screen, self->buffer, (gsize) n);
  heard (self);
  read_more (self);
}

static void
read_more (LabTalk *self)
{
  if (self->console == NULL)
    return;
  g_input_stream_read_async (g_io_stream_get_input_stream (self->console), self->buffer,
                             sizeof self->buffer, G_PRIORITY_DEFAULT, self->reading, read_cb,
                             g_object_ref (self));
}

LabTalk *
lab_talk_new (GIOStream *console)
{
  LabTalk *self = g_object_new (LAB_TYPE_TALK, NULL);

  self->console = console;
  read_more (self);
  return self;
}

static gboolean
enter_cb (gpointer user_data)
{
  LabTalk *self = user_data;

  type (self, "\r");
  return G_SOURCE_CONTINUE;
}

static gboolean
interrupt_cb (gpointer user_data)
{
  LabTalk *self = user_data;

  self->interrupt_id = 0;
  type (self, "\003");
  return G_SOURCE_REMOVE;
}

/* Enter until a prompt comes. Only a command that still runs is interrupted, and not at once:
 * Ctrl+C at a prompt can mean something too. */
static void
ask_for_prompt (LabTalk *self)
{
  set_deadline (self, self->question.patience);
  self->enter_id = g_timeout_add (ENTER_AGAIN_MS, enter_cb, self);
  if (self->unfinished)
    self->interrupt_id = g_timeout_add (INTERRUPT_MS, interrupt_cb, self);
  /* The prompt that stands there from before does not count: it must come again. */
  g_string_truncate (self->screen->line, 0);
  self->screen->column = 0;
  lab_screen_forget (self->screen);
  type (self, "\r");
}

void
lab_talk_ask_async (LabTalk *self,
                    const LabQuestion *question,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (LAB_IS_TALK (self));
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->task, lab_talk_ask_async);
  self->question = *question;
  self->question.text = g_strdup (question->text);
  self->question.expect = question->expect != NULL ? g_regex_ref (question->expect) : NULL;
  self->question.reject = question->reject != NULL ? g_regex_ref (question->reject) : NULL;
  self->typed = FALSE;
  self->begun = g_get_monotonic_time ();
  if (self->closed)
    answer (self, LAB_ANSWER_CLOSED);
  else if (question->as_is)
    type_question (self);
  else
    ask_for_prompt (self);
}

void
lab_talk_close (LabTalk *self)
{
  self->closed = TRUE;
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  if (self->task != NULL)
    answer (self, LAB_ANSWER_CLOSED);
}

LabAnswer *
lab_talk_ask_finish (LabTalk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
