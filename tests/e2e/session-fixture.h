/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "e2e.h"
#include "lab-session.h"

G_BEGIN_DECLS

/* A session against the real engine, in folders of its own. */
typedef struct
{
  E2e e2e;
  LabSession *session;
  GAsyncResult *result; /* of the last call that answered, not taken yet */
  GString *said;        /* every message, one a line: kind, text, detail */
} Fixture;

void          session_set_up     (Fixture *fixture, gconstpointer data);
void          session_tear_down  (Fixture *fixture, gconstpointer data);
/* Another session takes the place of the one that is there. @session: (transfer full) */
void          session_take       (Fixture *fixture, LabSession *session);
void          session_done_cb    (GObject *object, GAsyncResult *result, gpointer fixture);
/* (transfer full) */
GAsyncResult *session_wait_result (Fixture *fixture);
void          session_load       (Fixture *fixture, const char *path);
void          session_save       (Fixture *fixture, const char *path);
void          session_attach     (Fixture *fixture);
void          session_shut_down  (Fixture *fixture);
/* PC1 and PC2 until they are ready. */
void          session_start_all  (Fixture *fixture);
LabRunState   session_state_of   (Fixture *fixture, const char *name);
/* The text of the document. (transfer full) */
char         *session_text       (Fixture *fixture);
gboolean      session_timed_out_cb (gpointer timed_out);

/* Turns the main loop until @condition holds. */
#define wait_until(seconds, condition)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean timed_out_ = FALSE;                                                                   \
    guint source_ =                                                                                \
        g_timeout_add ((guint) ((seconds) * 1000), session_timed_out_cb, &timed_out_);             \
    while (!(condition) && !timed_out_)                                                            \
      g_main_context_iteration (NULL, TRUE);                                                       \
    if (timed_out_)                                                                                \
      g_error ("not within %g s: %s; said: %s", (double) (seconds), #condition,                    \
               fixture->said->str);                                                                \
    g_source_remove (source_);                                                                     \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
