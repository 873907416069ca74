/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/epoll.h>

#include <glib.h>

G_BEGIN_DECLS

/* Many file descriptors as one source of the main loop. */
typedef struct _LabPoll LabPoll;
typedef struct _LabPollWatch LabPollWatch;

/* @events: EPOLLIN… as epoll reported them. The callback may remove any watch, its own included. */
typedef void (*LabPollFunc) (guint32 events, gpointer user_data);

/* One epoll descriptor in the default main context. Errors: G_IO_ERROR. (transfer full) */
LabPoll      *lab_poll_new    (GError **error);
void          lab_poll_free   (LabPoll *self); /* all watches must be gone */
/* @fd stays the caller's, who removes the watch before closing it. Level triggered. */
LabPollWatch *lab_poll_add    (LabPoll *self, int fd, guint32 events, LabPollFunc func, gpointer user_data);
void          lab_poll_modify (LabPollWatch *watch, guint32 events);
void          lab_poll_remove (LabPollWatch *watch);
#define lab_poll_clear(watch_pointer) g_clear_pointer (watch_pointer, lab_poll_remove)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabPoll, lab_poll_free)

G_END_DECLS
