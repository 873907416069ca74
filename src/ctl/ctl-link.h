/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl-lab.h"
#include "lab-edit.h"

G_BEGIN_DECLS

/* A port of a lab's node. */
typedef struct
{
  char *node;
  char *port; /* short name */
} CtlEnd;

/* "PC1:e0/0"; the port may be named long or short. An exit code, after a complaint. */
int  ctl_end_parse  (CtlLab *lab, const CtlCommand *command, const char *word, CtlEnd *end);
void ctl_end_clear  (CtlEnd *end);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlEnd, ctl_end_clear)

/* Makes the edit in the document, saves the file, and hands it to the engine if there is one. */
int  ctl_apply_edit (CtlLab *lab, LabEdit *edit);

G_END_DECLS
