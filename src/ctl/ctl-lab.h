/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl-command.h"
#include "lab-client.h"
#include "lab-file.h"
#include "lab-topology.h"

G_BEGIN_DECLS

/* The lab a command is about: its file, its document, its engine. */
typedef struct
{
  char *path;
  LabTopology *topology; /* (nullable) */
  LabClient *client;     /* (nullable); open if the flags asked for it */
} CtlLab;

typedef enum
{
  CTL_LAB_DOCUMENT = 1 << 0,   /* the document is needed, also of a lab found because it runs */
  CTL_LAB_ENGINE = 1 << 1,     /* its engine must run */
  CTL_LAB_IF_RUNNING = 1 << 2, /* its engine, if it runs; else client stays NULL */
  CTL_LAB_SPAWN = 1 << 3,      /* its engine, started if need be, with the document applied */
  CTL_LAB_EXPLICIT = 1 << 4,   /* the file must be named (or LABWRIGHT_LAB) */
} CtlLabFlags;

/* Frees what it holds; an engine that runs is left running. */
void     ctl_lab_clear    (CtlLab *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlLab, ctl_lab_clear)

/* Takes the lab from the first word if that is one (it ends in ".lab" or names a file), else from
 * LABWRIGHT_LAB, else the only one that runs. Moves @argc and @argv past it. Answers an exit code;
 * all but CTL_OK have been complained about. */
int      ctl_lab_open     (CtlLab *self, const CtlCommand *command, CtlLabFlags flags, int *argc, char ***argv);
/* The document as text into the engine. */
gboolean ctl_lab_apply    (CtlLab *self, GError **error);
/* An engine for @self->client, started if none runs and given the document then. */
gboolean ctl_lab_have_engine  (CtlLab *self, GError **error);
/* Ends it again if that started it and nobody has started devices since. Returns @code, or another one after
 * a complaint. */
int      ctl_lab_leave_engine (CtlLab *self, int code);
/* The folder of what its devices keep. (transfer full) */
char    *ctl_lab_state        (CtlLab *self);
/* Complains about the first of @names that is no node of the lab. */
gboolean ctl_lab_knows    (CtlLab *self, char **names);
gboolean ctl_word_is_lab  (const char *word);

G_END_DECLS
