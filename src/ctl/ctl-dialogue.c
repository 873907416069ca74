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

#include <glib/gi18n.h>
#include <string.h>

#include "ctl-dialogue.h"
#include "ctl-screen.h"

#define QUIET_MS       40
#define ENTER_AGAIN_MS 2000
#define INTERRUPT_MS   300
#define PROMPT_PATTERN "^\\S{1,80}[>#$] ?$"
#define MORE_PATTERN   "^ ?-+ ?[Mm]ore ?-+ ?$"

struct _CtlDialogue
{
  GObject parent_instance;

  GIOStream *console;
  CtlScreen *screen;
  GCancellable *reading;
  GRegex *prompt;
  GRegex *more;
  gboolean closed;
  char buffer[4096];

  GTask *task; /* of the question; NULL between questions */
  CtlQuestion question;
  gboolean typed;
  gint64 begun;
  guint quiet_id;
  guint enter_id;
  guint deadline_id;
  guint interrupt_id;
  gboolean unfinished; /* the last command was still running when its answer was decided */
};

G_DEFINE_FINAL_TYPE (CtlDialogue, ctl_dialogue, G_TYPE_OBJECT)

static void read_more (CtlDialogue *self);

void
ctl_answer_free (CtlAnswer *self)
{
  g_free (self->output);
  g_free (self);
}

gboolean
ctl_answer_is_good (const CtlAnswer *self, const CtlQuestion *question)
{
  if (question->expect != NULL)
    return self->kind == CTL_ANSWER_MATCHED;
  return self->kind == CTL_ANSWER_PROMPT || self->kind == CTL_ANSWER_TIMEOUT;
}

static void
clear_question (CtlDialogue *self)
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
ctl_dialogue_dispose (GObject *object)
{
  CtlDialogue *self = CTL_DIALOGUE (object);

  clear_question (self);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->console);
  g_clear_pointer (&self->screen, ctl_screen_free);
  g_clear_pointer (&self->prompt, g_regex_unref);
  g_clear_pointer (&self->more, g_regex_unref);
  G_OBJECT_CLASS (ctl_dialogue_parent_class)->dispose (object);
}

static void
ctl_dialogue_class_init (CtlDialogueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ctl_dialogue_dispose;
}

static void
ctl_dialogue_init (CtlDialogue *self)
{
  self->screen = ctl_screen_new ();
  self->reading = g_cancellable_new ();
  self->prompt = g_regex_new (PROMPT_PATTERN, G_REGEX_RAW, 0, NULL);
  self->more = g_regex_new (MORE_PATTERN, G_REGEX_RAW, 0, NULL);
}

/* The answer without the line that echoes what was typed, and without the prompt at the end. */
static char *
dup_output (CtlDialogue *self, gboolean all)
{
  gboolean at_prompt = g_regex_match (self->prompt, self->screen->line->str, 0, NULL);
  g_autofree char *text = ctl_screen_dup (self->screen, all && !at_prompt);
  const char *echo_end = strchr (text, '\n');

  return g_strdup (echo_end != NULL ? echo_end + 1 : "");
}

static void
answer (CtlDialogue *self, CtlAnswerKind kind)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  CtlAnswer *result = g_new0 (CtlAnswer, 1);

  result->kind = kind;
  result->output = self->typed ? dup_output (self, TRUE) : ctl_screen_dup (self->screen, TRUE);
  result->seconds = (double) (g_get_monotonic_time () - self->begun) / G_USEC_PER_SEC;
  self->unfinished = self->typed && !g_regex_match (self->prompt, self->screen->line->str, 0, NULL);
  clear_question (self);
  g_task_return_pointer (task, result, (GDestroyNotify) ctl_answer_free);
}

static void
type (CtlDialogue *self, const char *text)
{
  GOutputStream *out = g_io_stream_get_output_stream (self->console);

  /* A line is far below what the socket takes at once; a console that does not even take that is
   * found silent by the time limit. */
  g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (out), text, strlen (text),
                                              NULL, NULL);
}

/* The answer is over: nothing that must not come can come any more. */
static void
finish (CtlDialogue *self, CtlAnswerKind kind)
{
  g_autofree char *text = dup_output (self, TRUE);
  gboolean matched;

  if (self->question.reject != NULL && g_regex_match (self->question.reject, text, 0, NULL))
    {
      answer (self, CTL_ANSWER_REJECTED);
      return;
    }
  matched = self->question.expect != NULL && g_regex_match (self->question.expect, text, 0, NULL);

  answer (self, matched ? CTL_ANSWER_MATCHED : kind);
}

static gboolean
deadline_cb (gpointer user_data)
{
  CtlDialogue *self = user_data;

  self->deadline_id = 0;
  if (self->typed)
    finish (self, CTL_ANSWER_TIMEOUT);
  else
    answer (self, CTL_ANSWER_SILENT);
  return G_SOURCE_REMOVE;
}

static void
set_deadline (CtlDialogue *self, double seconds)
{
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  self->deadline_id = g_timeout_add ((guint) (CLAMP (seconds, 0, 86400) * 1000), deadline_cb, self);
}

static void
type_question (CtlDialogue *self)
{
  g_autofree char *line = g_strconcat (self->question.text, "\r", NULL);

  g_clear_handle_id (&self->enter_id, g_source_remove);
  g_clear_handle_id (&self->interrupt_id, g_source_remove);
  ctl_screen_forget (self->screen);
  self->typed = TRUE;
  self->begun = g_get_monotonic_time ();
  set_deadline (self, self->question.within);
  type (self, line);
}

/* Patterns on the answer so far. TRUE: decided. */
static gboolean
decide (CtlDialogue *self, gboolean all)
{
  g_autofree char *text = dup_output (self, all);

  if (self->question.reject != NULL && g_regex_match (self->question.reject, text, 0, NULL))
    {
      answer (self, CTL_ANSWER_REJECTED);
      return TRUE;
    }
  /* What must not come may come yet: only the end of the answer decides then. */
  if (self->question.expect != NULL && self->question.reject == NULL &&
      g_regex_match (self->question.expect, text, 0, NULL))
    {
      answer (self, CTL_ANSWER_MATCHED);
      return TRUE;
    }
  return FALSE;
}

static gboolean
quiet_cb (gpointer user_data)
{
  CtlDialogue *self = user_data;
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
    finish (self, CTL_ANSWER_PROMPT);
  return G_SOURCE_REMOVE;
}

static void
heard (CtlDialogue *self)
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
  g_autoptr (CtlDialogue) self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);

  if (self->reading == NULL || self->closed)
    return;
  if (n <= 0)
    {
      self->closed = TRUE;
      if (self->task != NULL)
        answer (self, CTL_ANSWER_CLOSED);
      return;
    }
  ctl_screen_feed (self->screen, self->buffer, (gsize) n);
  heard (self);
  read_more (self);
}

static void
read_more (CtlDialogue *self)
{
  if (self->console == NULL)
    return;
  g_input_stream_read_async (g_io_stream_get_input_stream (self->console), self->buffer,
                             sizeof self->buffer, G_PRIORITY_DEFAULT, self->reading, read_cb,
                             g_object_ref (self));
}

CtlDialogue *
ctl_dialogue_new (GIOStream *console)
{
  CtlDialogue *self = g_object_new (CTL_TYPE_DIALOGUE, NULL);

  self->console = console;
  read_more (self);
  return self;
}

static gboolean
enter_cb (gpointer user_data)
{
  CtlDialogue *self = user_data;

  type (self, "\r");
  return G_SOURCE_CONTINUE;
}

static gboolean
interrupt_cb (gpointer user_data)
{
  CtlDialogue *self = user_data;

  self->interrupt_id = 0;
  type (self, "\003");
  return G_SOURCE_REMOVE;
}

/* Enter until a prompt comes. Only a command that still runs is interrupted, and not at once:
 * Ctrl+C at a prompt can mean something too. */
static void
ask_for_prompt (CtlDialogue *self)
{
  set_deadline (self, self->question.patience);
  self->enter_id = g_timeout_add (ENTER_AGAIN_MS, enter_cb, self);
  if (self->unfinished)
    self->interrupt_id = g_timeout_add (INTERRUPT_MS, interrupt_cb, self);
  /* The prompt that stands there from before does not count: it must come again. */
  g_string_truncate (self->screen->line, 0);
  self->screen->column = 0;
  ctl_screen_forget (self->screen);
  type (self, "\r");
}

void
ctl_dialogue_ask_async (CtlDialogue *self,
                        const CtlQuestion *question,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (CTL_IS_DIALOGUE (self));
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->task, ctl_dialogue_ask_async);
  self->question = *question;
  self->question.text = g_strdup (question->text);
  self->question.expect = question->expect != NULL ? g_regex_ref (question->expect) : NULL;
  self->question.reject = question->reject != NULL ? g_regex_ref (question->reject) : NULL;
  self->typed = FALSE;
  self->begun = g_get_monotonic_time ();
  if (self->closed)
    answer (self, CTL_ANSWER_CLOSED);
  else if (question->as_is)
    type_question (self);
  else
    ask_for_prompt (self);
}

void
ctl_dialogue_close (CtlDialogue *self)
{
  self->closed = TRUE;
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  if (self->task != NULL)
    answer (self, CTL_ANSWER_CLOSED);
}

CtlAnswer *
ctl_dialogue_ask_finish (CtlDialogue *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
