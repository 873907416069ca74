/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab-poll.h"

G_BEGIN_DECLS

/* Folders watched for files that appear or are written, all on one inotify descriptor. */
typedef struct _LabNotify LabNotify;
typedef struct _LabNotifyWatch LabNotifyWatch;

typedef void (*LabNotifyFunc) (const char *name, gpointer user_data);

LabNotify      *lab_notify_new    (LabPoll *poll, GError **error);
void            lab_notify_free   (LabNotify *self);
/* @func hears of files in @path that were made, moved there or closed after writing. NULL: the folder
 * cannot be watched. Several may watch one folder. */
LabNotifyWatch *lab_notify_add    (LabNotify *self, const char *path, LabNotifyFunc func, gpointer user_data);
void            lab_notify_remove (LabNotifyWatch *watch);
#define lab_notify_clear(watch_pointer) g_clear_pointer (watch_pointer, lab_notify_remove)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabNotify, lab_notify_free)

G_END_DECLS
