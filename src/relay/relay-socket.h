/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "relay-util.h"

#include <sys/types.h>

/* Which directory entry is ours, so that nothing else is ever unlinked. */
typedef struct
{
  dev_t device;
  ino_t directory, inode; /* 0: nothing bound */
} RelaySocketPlace;

/* Opens DIR/KIND<uid>, made if it is not there: "netio" or "netl1". */
int relay_socket_open_dir (const char *dir, const char *kind, uid_t uid, RelayError *error);

/* Takes NAME.lck as IOU and its bridges do. The descriptor holds the lock. */
int relay_socket_lock (int dir_fd, const char *name, RelayError *error);

/* Replaces what is at NAME by a datagram socket bound there. */
int relay_socket_bind (
    int dir_fd, const char *name, uid_t uid, RelaySocketPlace *place, RelayError *error);

/* A datagram socket connected to DIR/KIND<uid>/NAME, or -errno. */
int relay_socket_connect (const char *dir, const char *kind, uid_t uid, const char *name);

/* Removes NAME if it is still what was bound. */
void relay_socket_unlink (
    const char *dir, const char *kind, uid_t uid, const char *name, const RelaySocketPlace *place);
void relay_socket_unlock (const char *dir, uid_t uid, const char *name, int lock_fd);

/* A listening stream socket at any path, however long, mode 0600; a dead one there is replaced. */
int relay_socket_listen (const char *path, RelayError *error);
