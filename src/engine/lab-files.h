/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Folders and sockets. Errors are G_IO_ERROR with a whole sentence. */

/* Makes @path and its parents, 0700, and checks that it is a folder of ours that is no link. */
gboolean lab_files_make_private_dir (const char *path, GError **error);
/* Removes @name in @dir_fd with all it holds, never following a link. Missing is fine. */
void     lab_files_remove_at        (int dir_fd, const char *name);
/* Empties @dir_fd but for the names that @keep says TRUE to. */
void     lab_files_empty_dir        (int dir_fd, gboolean (*keep) (const char *name, gpointer user_data), gpointer user_data);
/* A new file in the place of what is there; follows no link. Does not wait for the disk: only for
 * what is written anew before each use. */
gboolean lab_files_write            (const char *path, const char *text, gsize length, GError **error);
/* A listening UNIX stream socket @name in @dir_fd, mode 0600; an old file of that name is replaced.
 * The path may be of any length. -1 on error. */
int      lab_files_listen           (int dir_fd, const char *name, GError **error);
/* A non-blocking connection to the socket @name in @dir_fd; -1 and errno. */
int      lab_files_connect          (int dir_fd, const char *name);
/* TRUE if another process holds IOU's lock @path (iou contract 6.4); @pid its owner. */
gboolean lab_files_is_locked        (const char *path, pid_t *pid);

G_END_DECLS
