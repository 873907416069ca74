/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-change-private.h"

G_BEGIN_DECLS

/* A step of the history: what people read, and the changes that were made, in their order. */
typedef struct
{
  char *label;        /* (nullable) while a group is open */
  GPtrArray *changes; /* of LabChange */
  guint64 number;     /* the history's */
} LabStep;

/* Without changes. @label: (nullable). (transfer full) */
LabStep *lab_step_new        (const char *label);
/* Its changes go with it; what they did stays done. */
void     lab_step_free       (LabStep *self);

/* Whether a node (LAB_TYPE_NODE) or drawing with this id is in any of its changes. */
gboolean lab_step_holds      (LabStep *self, GType type, guint id);
/* Takes the changes out of @more. Another change of the JSON of what was changed last needs no entry
 * of its own. */
void     lab_step_add        (LabStep *self, LabStep *more);
/* A drag that came back to its start is no change. */
void     lab_step_drop_empty (LabStep *self);

/* All of its changes, in order; undone from the last to the first. */
void     lab_step_do         (LabStep *self, LabTopology *topology);
void     lab_step_undo       (LabStep *self, LabTopology *topology);

/* How a change is taken back: lab_change_undo() or lab_change_roll_back(). */
typedef void (*LabChangeFunc) (LabChange *change, LabTopology *topology);
/* Takes back what came after the first @length changes, and forgets it. */
void     lab_step_cut        (LabStep *self, guint length, LabTopology *topology, LabChangeFunc take_back);

G_END_DECLS
