/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A UNIX stream socket of any path length. Never waits: an AF_UNIX connection is made or refused at
 * once. (transfer full) (nullable); errors are G_IO_ERROR. */
GSocketConnection *lab_client_connect_unix (const char *path, GError **error);

G_END_DECLS
