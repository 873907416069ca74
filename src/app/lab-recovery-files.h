/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-recovery.h"

G_BEGIN_DECLS

/* How recovery copies lie on the disk. File access: for threads. All (transfer full). */

char *lab_recovery_folder    (void); /* where they all lie; need not be there */
/* @base: a copy's name without extension; @extension: "lab", "json", "lock". */
char *lab_recovery_file      (const char *base, const char *extension);
/* Takes the lock of @base. -1: a window that lives has it. */
int   lab_recovery_lock      (const char *base);
/* Removes all files of @base; who calls has its lock. */
void  lab_recovery_remove    (const char *base);
/* The text of NAME.json. */
char *lab_recovery_describe  (const char *uuid, const char *path, const LabStamp *stamp, const char *title);

G_END_DECLS
