/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A conversation with a device at its console: one question after the other. */

#define CTL_TYPE_DIALOGUE (ctl_dialogue_get_type ())
G_DECLARE_FINAL_TYPE (CtlDialogue, ctl_dialogue, CTL, DIALOGUE, GObject)

typedef struct
{
  const char *text;
  GRegex *expect;  /* (nullable): found: the answer is good */
  GRegex *reject;  /* (nullable): found: the answer is bad */
  double within;   /* seconds, from when the text was typed */
  double patience; /* seconds to wait for a prompt before; an earlier command may still run */
  gboolean as_is;  /* do not ask for a prompt first */
} CtlQuestion;

typedef enum
{
  CTL_ANSWER_MATCHED,  /* expect was found */
  CTL_ANSWER_REJECTED, /* reject was found */
  CTL_ANSWER_PROMPT,   /* the prompt came back, neither was found */
  CTL_ANSWER_TIMEOUT,  /* the time ran out */
  CTL_ANSWER_SILENT,   /* the console showed no prompt to type at */
  CTL_ANSWER_CLOSED,   /* the console was closed */
} CtlAnswerKind;

typedef struct
{
  CtlAnswerKind kind;
  char *output; /* without what was typed and without the prompt after it */
  double seconds;
} CtlAnswer;

void         ctl_answer_free        (CtlAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlAnswer, ctl_answer_free)

/* @console: a live console; taken over. */
CtlDialogue *ctl_dialogue_new        (GIOStream *console);
/* One question at a time; the texts of @question are copied. */
void         ctl_dialogue_ask_async  (CtlDialogue *self, const CtlQuestion *question,
                                      GAsyncReadyCallback callback, gpointer user_data);
/* No more questions; one that is under way is answered with CTL_ANSWER_CLOSED. Needed before the last unref. */
void         ctl_dialogue_close      (CtlDialogue *self);
CtlAnswer   *ctl_dialogue_ask_finish (CtlDialogue *self, GAsyncResult *result, GError **error);

/* Whether the answer passes: as lab-check.h says. */
gboolean     ctl_answer_is_good      (const CtlAnswer *self, const CtlQuestion *question);

G_END_DECLS
