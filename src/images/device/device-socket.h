/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The socket directories, their lock files and bound sockets (contract sections 1 and 6.4). */

/* Makes @path (0700), or checks that what is there is a directory of ours and no link. */
gboolean device_socket_make_directory (const char *path, GError **error);
/* A descriptor that holds the lock, or -1 with the owner's pid in the message. */
int device_socket_take_lock (const char *path, guint id, GError **error);
/* A datagram socket bound in place of what was there; -1 on failure. */
int device_socket_bind (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
