/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each peer has a socket that is connected to its path, because only a connected socket reports
 * when a full queue has drained. A peer that restarts leaves that socket pointing at nothing: the
 * next send says so, and we connect anew. */

#include "config.h"

#include "device-peer.h"

#include <errno.h>
#include <poll.h>
#include <sys/un.h>
#include <unistd.h>

#define SEND_BUFFER (1 << 20)

struct _DevicePeers
{
  char *directory;
  DevicePeerFunc writable;
  gpointer data;
  GDestroyNotify free_own;
  GPtrArray *all;
};

static void
on_writable (gpointer data, int fd, short revents)
{
  DevicePeer *self = data;

  self->peers->writable (self, self->peers->data);
}

void
device_peer_set_waiting (DevicePeer *self, gboolean waiting)
{
  if (self->watched == waiting)
    return;
  self->watched = waiting;
  if (waiting)
    device_watch_add (&self->writable);
  else
    device_watch_remove (&self->writable);
}

static void
disconnect_peer (DevicePeer *self)
{
  device_peer_set_waiting (self, FALSE);
  if (self->writable.fd >= 0)
    close (self->writable.fd);
  self->writable.fd = -1;
}

static gboolean
connect_peer (DevicePeer *self)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int size = SEND_BUFFER;

  if (self->writable.fd >= 0)
    return TRUE;

  self->writable.fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (self->writable.fd < 0)
    return FALSE;
  setsockopt (self->writable.fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/%u", self->peers->directory, self->id);
  if (connect (self->writable.fd, (struct sockaddr *) &address, sizeof address) == 0)
    return TRUE;

  disconnect_peer (self);
  return FALSE;
}

DevicePeerResult
device_peer_send (DevicePeer *self, const struct msghdr *message)
{
  /* A restarted peer refuses once on the old connection; the second try is on a new one. */
  for (guint attempt = 0; attempt < 2 && connect_peer (self); attempt++)
    {
      if (sendmsg (self->writable.fd, message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
        return DEVICE_PEER_SENT;
      if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS)
        return DEVICE_PEER_FULL;
      disconnect_peer (self);
    }
  return DEVICE_PEER_GONE;
}

static void
free_peer (gpointer data)
{
  DevicePeer *self = data;

  disconnect_peer (self);
  if (self->own != NULL && self->peers->free_own != NULL)
    self->peers->free_own (self->own);
  g_free (self);
}

DevicePeer *
device_peers_find (DevicePeers *self, guint16 id)
{
  DevicePeer *peer;

  for (guint i = 0; i < self->all->len; i++)
    {
      peer = g_ptr_array_index (self->all, i);
      if (peer->id == id)
        return peer;
    }

  peer = g_new0 (DevicePeer, 1);
  peer->peers = self;
  peer->id = id;
  peer->writable = (DeviceWatch){ .fd = -1, .events = POLLOUT, .func = on_writable, .data = peer };
  g_ptr_array_add (self->all, peer);
  return peer;
}

DevicePeers *
device_peers_new (const char *directory,
                  DevicePeerFunc writable,
                  gpointer data,
                  GDestroyNotify free_own)
{
  DevicePeers *self = g_new0 (DevicePeers, 1);

  self->directory = g_strdup (directory);
  self->writable = writable;
  self->data = data;
  self->free_own = free_own;
  self->all = g_ptr_array_new_with_free_func (free_peer);
  return self;
}

void
device_peers_free (DevicePeers *self)
{
  g_ptr_array_unref (self->all);
  g_free (self->directory);
  g_free (self);
}
