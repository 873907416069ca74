/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folder of a run: sockets, lock, log. Removed when the engine ends. */
typedef struct
{
  char *uuid;
  char *path;
  char *state_path; /* the lab's folder for what stays: NVRAM, configurations */
  int root_fd;      /* the folder that holds the folders of all runs */
  int fd;
  int lock_fd;
  int consoles_fd; /* c/ */
  int devices_fd;  /* d/ */
  int state_fd;    /* locked, of @state_path; -1: there is none */
} LabRunDir;

/* Makes the folder and takes its lock. Fails if another engine has it; waits for one that is dead
 * already but whose processes are still being ended. */
LabRunDir *lab_run_dir_open    (const char *uuid, GError **error);
/* Takes the folder for what stays. FALSE: an engine with another folder for its sockets has it, and two of them
 * would run the same devices on the same files. */
gboolean   lab_run_dir_hold_state (LabRunDir *self, GError **error);
/* Removes what a dead engine left and makes the empty folders. */
gboolean   lab_run_dir_prepare (LabRunDir *self, GError **error);
/* Writes the engine's process id into the lock, for whoever finds it taken. */
void       lab_run_dir_set_pid (LabRunDir *self, pid_t pid);
/* Removes the folder, the lock last. */
void       lab_run_dir_remove  (LabRunDir *self);
/* Closes it, and does not touch the files. */
void       lab_run_dir_free    (LabRunDir *self);

/* The path of one of our programs ("labwright-relay", "labwright-pc"). NULL: it is not installed. (transfer full) */
char      *lab_run_dir_find_program (const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabRunDir, lab_run_dir_free)

G_END_DECLS
