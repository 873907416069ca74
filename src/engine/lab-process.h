/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include <glib.h>

G_BEGIN_DECLS

/* Starting programs, and finding the processes of a sandbox. */

/**
 * LabSpawn:
 * @path: the program
 * @argv: its arguments, @argv[0] included
 * @envp: (nullable): its whole environment; %NULL for ours
 * @cwd: (nullable): its working directory
 * @terminal: slave side of a PTY for its stdin, stdout and stderr, made its controlling terminal;
 *   -1: stdin is /dev/null, stdout and stderr are ours
 * @file_bytes: largest file that it may write, and then it dumps no core; 0: as we may
 * @keep_fds: descriptors it inherits, ended by -1; (nullable): none
 *
 * What lab_spawn() starts, in a session of its own. It dies with the calling process.
 */
typedef struct
{
  const char *path;
  const char *const *argv;
  char *const *envp;
  const char *cwd;
  int terminal;
  guint64 file_bytes;
  const int *keep_fds;
} LabSpawn;

/* Raises the limit of open files to the hard one; children get the old one back. */
void     lab_process_raise_limits (void);
/* From the main thread only. The process id, or -1; @pidfd is the caller's to close. */
pid_t    lab_spawn                (const LabSpawn *spec, int *pidfd, GError **error);
/* TRUE when the process behind @pidfd has ended: @code and @signal say how. Reaps it. */
gboolean lab_process_reap         (int pidfd, int *code, int *signal);
/* FALSE for a zombie, too. */
gboolean lab_process_is_alive     (pid_t pid);

/* All processes of the machine at one moment: process id and parent. */
typedef struct _LabProcessTable LabProcessTable;

/* Reads all of /proc: make one for many questions. (transfer full) */
LabProcessTable *lab_process_table_new  (void);
void             lab_process_table_free (LabProcessTable *self);
/* The children of @pid, and the children of these…: array of pid_t, parents first. (transfer full) */
GArray          *lab_process_table_descendants (LabProcessTable *self, pid_t pid);
/* The first child of @pid, or 0: without a table, by a look at the process ids right above it. */
pid_t            lab_process_find_child (pid_t pid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabProcessTable, lab_process_table_free)

G_END_DECLS
