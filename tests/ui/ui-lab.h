/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-client.h"

G_BEGIN_DECLS

/* A running lab for widget tests: a real engine with PC1 and PC2 (labwright-pc, on one cable,
 * 10.0.0.1 and 10.0.0.2) and R1 (fake-iou, see tests/fixtures). Nothing runs at first. */
typedef struct
{
  char *document;
  char *uuid;
  LabClient *client; /* (nullable): after ui_lab_connect() */
} UiLab;

UiLab    *ui_lab_new        (void);
/* Ends the engine; it must leave nothing behind. */
void      ui_lab_free       (UiLab *self);
/* Starts an engine if none runs, and gives it the document. */
void      ui_lab_connect    (UiLab *self);
/* Another document of the same lab. */
void      ui_lab_apply      (UiLab *self, const char *document);
/* @name: (nullable): all */
void      ui_lab_control    (UiLab *self, LabClientVerb verb, const char *name);
void      ui_lab_wait_state (UiLab *self, const char *name, LabClientState state);
guint     ui_lab_get_pid    (UiLab *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiLab, ui_lab_free)

G_END_DECLS
