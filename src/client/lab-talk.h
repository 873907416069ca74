/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A conversation with a device at its console: one question after the other. */

#define LAB_TYPE_TALK (lab_talk_get_type ())
G_DECLARE_FINAL_TYPE (LabTalk, lab_talk, LAB, TALK, GObject)

typedef struct
{
  const char *text;
  GRegex *expect;  /* (nullable): found: the answer is good */
  GRegex *reject;  /* (nullable): found: the answer is bad */
  double within;   /* seconds, from when the text was typed */
  double patience; /* seconds to wait for a prompt before; an earlier command may still run */
  gboolean as_is;  /* do not ask for a prompt first */
} LabQuestion;

typedef enum
{
  LAB_ANSWER_MATCHED,  /* expect was found */
  LAB_ANSWER_REJECTED, /* reject was found */
  LAB_ANSWER_PROMPT,   /* the prompt came back, neither was found */
  LAB_ANSWER_TIMEOUT,  /* the time ran out */
  LAB_ANSWER_SILENT,   /* the console showed no prompt to type at */
  LAB_ANSWER_CLOSED,   /* the console was closed */
} LabAnswerKind;

typedef struct
{
  LabAnswerKind kind;
  char *output; /* without what was typed and without the prompt after it */
  double seconds;
} LabAnswer;

/* Frees what lab_talk_ask_finish() gave. */
void         lab_answer_free        (LabAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabAnswer, lab_answer_free)

/* @console: a live console; taken over. */
LabTalk *lab_talk_new        (GIOStream *console);
/* One question at a time; the texts of @question are copied. */
void         lab_talk_ask_async  (LabTalk *self, const LabQuestion *question,
                                      GAsyncReadyCallback callback, gpointer user_data);
/* No more questions; one that is under way is answered with LAB_ANSWER_CLOSED. Needed before the last unref. */
void         lab_talk_close      (LabTalk *self);
LabAnswer   *lab_talk_ask_finish (LabTalk *self, GAsyncResult *result, GError **error);

/* Whether the answer passes: as lab-check.h says. */
gboolean     lab_answer_is_good      (const LabAnswer *self, const LabQuestion *question);

G_END_DECLS
