/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-poll.h"

G_BEGIN_DECLS

/* Folders watched for files that appear or are written, all on one inotify descriptor. */
typedef struct _LabWatcher LabWatcher;
typedef struct _LabWatcherWatch LabWatcherWatch;

/* @finished: the file is whole: it was closed after writing, or renamed to @name. @name: (nullable): too much
 * happened to be told; any file may have been made or written. */
typedef void (*LabWatcherFunc) (const char *name, gboolean finished, gpointer user_data);

/* @poll is borrowed, and lives longer. Errors: G_IO_ERROR. (transfer full) */
LabWatcher      *lab_watcher_new    (LabPoll *poll, GError **error);
/* All watches must be gone. */
void            lab_watcher_free   (LabWatcher *self);
/* @func hears of files in @path that were made, moved there, written or closed after writing. NULL: the folder
 * cannot be watched. Several may watch one folder. */
LabWatcherWatch *lab_watcher_add    (LabWatcher *self, const char *path, LabWatcherFunc func, gpointer user_data);
void            lab_watcher_remove (LabWatcherWatch *watch);
#define lab_watcher_clear(watch_pointer) g_clear_pointer (watch_pointer, lab_watcher_remove)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabWatcher, lab_watcher_free)

G_END_DECLS
