/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-poll.h"
#include "lab-run-dir.h"

G_BEGIN_DECLS

/* The relay as a process: started, watched, started again, and told what to do. */
typedef struct _LabRelay LabRelay;

typedef enum
{
  LAB_RELAY_OK,    /* done */
  LAB_RELAY_ERROR, /* refused; @text says why */
  LAB_RELAY_LOST,  /* the relay ended before it answered */
} LabRelayAnswer;

typedef void (*LabRelayDone) (LabRelayAnswer answer, const char *text, gpointer user_data);

typedef struct
{
  /* It listens, and knows nothing yet. */
  void (*up) (LabRelay *relay, gpointer user_data);
  /* It ended, or there is a new process: process id or count of restarts changed. */
  void (*changed) (LabRelay *relay, gpointer user_data);
  /* What it says unasked, without the "! " in front: "loop n3:1", "loop-over n3:1". */
  void (*said) (LabRelay *relay, const char *text, gpointer user_data);
} LabRelayFuncs;

/* No process yet. All that is given is borrowed, and lives longer. (transfer full) */
LabRelay *lab_relay_new          (LabPoll *poll, LabRunDir *run_dir, const LabRelayFuncs *funcs, gpointer user_data);
void      lab_relay_free         (LabRelay *self); /* ends the process */
/* Once; up() comes when it listens. From then on it is started again by itself. FALSE: the program
 * is not there, or cannot be started. */
gboolean  lab_relay_start        (LabRelay *self, GError **error);
gboolean  lab_relay_is_up        (LabRelay *self); /* it listens to commands */
/* @line without its line end. Answers come in the order of the commands, never from inside this
 * call. @done may be NULL. When the relay is not up the answer is LAB_RELAY_LOST. */
void      lab_relay_send         (LabRelay *self, const char *line, LabRelayDone done, gpointer user_data);
/* The same; @each hears of the lines of the answer before its last, without the "- " in front. */
typedef void (*LabRelayLine) (const char *line, gpointer user_data);
void      lab_relay_ask          (LabRelay *self, const char *line, LabRelayLine each, LabRelayDone done, gpointer user_data);
/* 0: there is no process; and how often there was a new one. */
pid_t     lab_relay_get_pid      (LabRelay *self);
guint     lab_relay_get_restarts (LabRelay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabRelay, lab_relay_free)

G_END_DECLS
