/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What this machine has of what labs need. */

/**
 * LabDoctorState:
 * @LAB_DOCTOR_GOOD: it is there
 * @LAB_DOCTOR_MISSING: it is not, and the kinds of device that @purpose names do not run
 * @LAB_DOCTOR_NEEDED: it is not, and no lab runs without it
 */
typedef enum
{
  LAB_DOCTOR_GOOD,
  LAB_DOCTOR_MISSING,
  LAB_DOCTOR_NEEDED,
} LabDoctorState;

/**
 * LabDoctorFinding:
 * @id: a word for programs, static
 * @title: what was looked at
 * @purpose: what it is for, a sentence
 * @state: what came of it
 * @detail: (nullable): what is missing, a sentence; %NULL if nothing is
 * @command: (nullable): the one command, for an administrator, that mends it; %NULL: nothing is
 *   missing, or no command can
 */
typedef struct
{
  const char *id;
  char *title;
  char *purpose;
  LabDoctorState state;
  char *detail;
  char *command;
} LabDoctorFinding;

/* The array of lab_doctor_examine() does it for those in it. */
void       lab_doctor_finding_free  (LabDoctorFinding *self);

/**
 * lab_doctor_examine:
 *
 * Looks at everything, by trying it where that is possible. Takes some milliseconds and forks: to be
 * called in a program without threads that hold locks, or in a thread of its own.
 *
 * Returns: (transfer full) (element-type LabDoctorFinding): always the same findings in the same order
 */
GPtrArray *lab_doctor_examine       (void);

/* The same in a thread. */
void       lab_doctor_examine_async  (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lab_doctor_examine_finish (GAsyncResult *result, GError **error);

/**
 * lab_doctor_first_missing:
 *
 * Returns: (transfer none) (nullable): the first of what no lab runs without; else the first of what
 *   the open routers need
 */
const LabDoctorFinding *lab_doctor_first_missing (GPtrArray *findings);

/* The worst of them. */
LabDoctorState lab_doctor_worst     (GPtrArray *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabDoctorFinding, lab_doctor_finding_free)

G_END_DECLS
