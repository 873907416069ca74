/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lab_client_list_running:
 *
 * The uuids of the labs whose engine runs for this user, sorted. What engines that were killed left
 * behind is removed on the way. A look at one small folder of a memory file system: quick, but it
 * is file access; a window calls it from a thread.
 *
 * Returns: (transfer full): a %NULL-terminated array, empty if nothing runs
 */
GStrv    lab_client_list_running (void);
/* Whether somebody holds the lock of this lab: an engine that runs, starts or ends. */
gboolean lab_client_is_locked    (const char *uuid);

/* The lock of a lab that runs, to be looked at also when its file has been removed, which an ending
 * engine does a moment before it is gone. -1: there is none. (transfer full) */
int      lab_client_open_lock    (const char *uuid);
/* Whether nobody holds it any more; also TRUE for -1. */
gboolean lab_client_lock_is_free (int lock_fd);

G_END_DECLS
