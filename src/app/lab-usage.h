/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LabUsage:
 * @memory: bytes: each page counted to the share that this tree has of it, where the kernel says so;
 *   else what is resident
 * @cpu_time: µs of processor time that the tree has used since its start
 *
 * What a process and all that it started use.
 */
typedef struct
{
  guint64 memory;
  guint64 cpu_time;
} LabUsage;

/* Reads /proc, which takes time: for a thread. FALSE: there is no such process. */
gboolean lab_usage_read (LabUsage *self, guint pid);

G_END_DECLS
