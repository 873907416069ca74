/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The devices at the other ends of our cables: to each we send on a socket of its own. */

#include <sys/socket.h>

#include "device-loop.h"

typedef struct _DevicePeers DevicePeers;
typedef struct _DevicePeer DevicePeer;

/* @peer may have room again. It is called as long as the peer is waited for. */
typedef void (*DevicePeerFunc) (DevicePeer *peer, gpointer data);

typedef enum
{
  DEVICE_PEER_SENT,
  DEVICE_PEER_FULL, /* it is there and its queue is full: wait for it, or drop */
  DEVICE_PEER_GONE  /* nobody is there */
} DevicePeerResult;

struct _DevicePeer
{
  guint16 id;
  gpointer own; /* (nullable) the caller's, let go with the function given at the start */

  /* Private. */
  DevicePeers *peers;
  DeviceWatch writable; /* fd -1: not connected; watched only while somebody waits */
  gboolean watched;
};

/* @directory: where the sockets of all devices are. @free_own: (nullable). */
DevicePeers *device_peers_new (const char *directory, DevicePeerFunc writable, gpointer data,
                               GDestroyNotify free_own);
void device_peers_free (DevicePeers *self);
/* The one with this id, known or new. */
DevicePeer *device_peers_find (DevicePeers *self, guint16 id);

/* Never waits. Connects when that is needed. */
DevicePeerResult device_peer_send (DevicePeer *self, const struct msghdr *message);
/* Whether the function is called when there is room again. */
void device_peer_set_waiting (DevicePeer *self, gboolean waiting);
