/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames travel as datagrams between UNIX sockets: /tmp/netio<uid>/<id> is ours, bound and never
 * connected, so that anybody may send to it and peers may come and go. What a peer has no room for
 * waits in a bounded queue (device-peer.c says when there is room). A peer that is not there loses
 * frames, as a cable with nobody at its end does.
 *
 * Keepalives use a second socket, /tmp/netl1<uid>/L1<id>, and are never queued. */

#include "config.h"

#include "pc-netio.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "device-peer.h"
#include "device-socket.h"
#include "iou-netmap.h"

#define BATCH      64
#define MAX_QUEUED 512
#define MAX_PARTS  16

struct _PcNetio
{
  Pc *pc;
  PcFrameFunc frame;
  PcKeepaliveFunc keepalive;
  char *directory;
  char *l1_directory;
  char *lock_path;
  int lock_fd;
  DeviceWatch data;
  DeviceWatch l1;
  DevicePeers *peers; /* each with a GQueue of GBytes, what waits for it */
};

static void
free_waiting (gpointer data)
{
  g_queue_free_full (data, (GDestroyNotify) g_bytes_unref);
}

static DevicePeerResult
send_bytes (DevicePeer *peer, GBytes *bytes)
{
  gsize length;
  struct iovec part = { (gpointer) g_bytes_get_data (bytes, &length), 0 };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  part.iov_len = length;
  return device_peer_send (peer, &message);
}

static void
on_peer_writable (DevicePeer *peer, gpointer data)
{
  GQueue *waiting = peer->own;

  while (!g_queue_is_empty (waiting))
    {
      if (send_bytes (peer, g_queue_peek_head (waiting)) == DEVICE_PEER_FULL)
        break;
      g_bytes_unref (g_queue_pop_head (waiting));
    }
  device_peer_set_waiting (peer, !g_queue_is_empty (waiting));
}

static gboolean
queue_frame (DevicePeer *peer, const struct msghdr *message)
{
  g_autoptr (GByteArray) bytes = NULL;

  if (g_queue_get_length (peer->own) >= MAX_QUEUED)
    return FALSE;

  bytes = g_byte_array_sized_new (IOU_MAX_DATAGRAM);
  for (gsize i = 0; i < message->msg_iovlen; i++)
    g_byte_array_append (bytes, message->msg_iov[i].iov_base, (guint) message->msg_iov[i].iov_len);
  g_queue_push_tail (peer->own, g_byte_array_free_to_bytes (g_steal_pointer (&bytes)));
  device_peer_set_waiting (peer, TRUE);
  return TRUE;
}

/* FALSE: the frame is lost. */
static gboolean
send_frame (PcNetio *self, guint16 id, const struct msghdr *message)
{
  DevicePeer *peer = device_peers_find (self->peers, id);
  DevicePeerResult result;

  if (peer->own == NULL)
    peer->own = g_queue_new ();
  if (!g_queue_is_empty (peer->own))
    return queue_frame (peer, message);
  result = device_peer_send (peer, message);
  return result == DEVICE_PEER_SENT || (result == DEVICE_PEER_FULL && queue_frame (peer, message));
}

static void
fill_header (PcNetio *self,
             PcPort *port,
             const IouNetmapNode *node,
             guint8 type,
             guint8 out[IOU_HEADER_SIZE])
{
  IouHeader header = {
    .dst_id = node->id,
    .src_id = (guint16) self->pc->id,
    .dst_port = node->port,
    .src_port = port->byte,
    .type = type,
  };

  iou_header_write (out, &header);
}

void
pc_netio_send (PcNetio *self, PcPort *port, const struct pbuf *frame)
{
  guint8 header[IOU_HEADER_SIZE];
  struct iovec parts[MAX_PARTS] = { { header, sizeof header } };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = 1 };

  for (const struct pbuf *p = frame; p != NULL && message.msg_iovlen < MAX_PARTS; p = p->next)
    parts[message.msg_iovlen++] = (struct iovec){ p->payload, p->len };

  for (guint i = 0; port->peers != NULL && i < port->peers->len; i++)
    {
      const IouNetmapNode *node = &g_array_index (port->peers, IouNetmapNode, i);

      fill_header (self, port, node, IOU_TYPE_DATA, header);
      if (!send_frame (self, node->id, &message))
        port->counters.lost++;
    }
  port->counters.sent++;
}

void
pc_netio_send_keepalive (PcNetio *self, PcPort *port)
{
  for (guint i = 0; port->peers != NULL && i < port->peers->len; i++)
    {
      const IouNetmapNode *node = &g_array_index (port->peers, IouNetmapNode, i);
      struct sockaddr_un address = { .sun_family = AF_UNIX };
      guint8 header[IOU_HEADER_SIZE];

      fill_header (self, port, node, IOU_TYPE_KEEPALIVE, header);
      g_snprintf (address.sun_path, sizeof address.sun_path, "%s/L1%u", self->l1_directory,
                  node->id);
      /* Nobody there, or too busy to care: the next one goes in a second. */
      (void) sendto (self->l1.fd, header, sizeof header, MSG_DONTWAIT | MSG_NOSIGNAL,
                     (struct sockaddr *) &address, sizeof address);
    }
}

/* The port a datagram is for, or NULL if it is not addressed to us. */
static PcPort *
check_header (PcNetio *self, const guint8 *datagram, gsize length, guint8 type)
{
  IouHeader header;

  if (!iou_header_read (&header, datagram, length))
    return NULL;
  if (header.dst_id != self->pc->id || header.type != type)
    return NULL;
  return pc_find_port (self->pc, header.dst_port);
}

static void
on_data (gpointer data, int fd, short revents)
{
  PcNetio *self = data;
  guint8 datagram[IOU_MAX_DATAGRAM];

  for (guint i = 0; i < BATCH; i++)
    {
      ssize_t length = recv (fd, datagram, sizeof datagram, MSG_DONTWAIT | MSG_TRUNC);
      PcPort *port;

      if (length < 0)
        return;
      port = check_header (self, datagram, MIN ((gsize) length, sizeof datagram), IOU_TYPE_DATA);
      if (port == NULL)
        continue;
      if (length <= IOU_HEADER_SIZE || (gsize) length > sizeof datagram)
        port->counters.ignored++;
      else
        self->frame (port, datagram + IOU_HEADER_SIZE, (gsize) length - IOU_HEADER_SIZE);
    }
}

static void
on_l1 (gpointer data, int fd, short revents)
{
  PcNetio *self = data;
  guint8 datagram[IOU_HEADER_SIZE + 1];

  for (guint i = 0; i < BATCH; i++)
    {
      ssize_t length = recv (fd, datagram, sizeof datagram, MSG_DONTWAIT | MSG_TRUNC);
      PcPort *port;

      if (length < 0)
        return;
      port = length == IOU_HEADER_SIZE
                 ? check_header (self, datagram, IOU_HEADER_SIZE, IOU_TYPE_KEEPALIVE)
                 : NULL;
      if (port != NULL)
        self->keepalive (port);
    }
}

PcNetio *
pc_netio_new (Pc *pc, PcFrameFunc frame, PcKeepaliveFunc keepalive, GError **error)
{
  PcNetio *self = g_new0 (PcNetio, 1);

  self->pc = pc;
  self->frame = frame;
  self->keepalive = keepalive;
  self->directory = g_strdup_printf ("/tmp/netio%u", (guint) getuid ());
  self->peers = device_peers_new (self->directory, on_peer_writable, self, free_waiting);
  self->l1_directory = g_strdup_printf ("/tmp/netl1%u", (guint) getuid ());
  self->lock_path = g_strdup_printf ("%s/%u.lck", self->directory, pc->id);
  self->lock_fd = self->data.fd = self->l1.fd = -1;

  if (!device_socket_make_directory (self->directory, error) ||
      (self->lock_fd = device_socket_take_lock (self->lock_path, pc->id, error)) < 0 ||
      (self->data.fd = device_socket_bind (error, "%s/%u", self->directory, pc->id)) < 0 ||
      (pc->keepalives &&
       (!device_socket_make_directory (self->l1_directory, error) ||
        (self->l1.fd = device_socket_bind (error, "%s/L1%u", self->l1_directory, pc->id)) < 0)))
    {
      pc_netio_free (self);
      return NULL;
    }

  self->data =
      (DeviceWatch){ .fd = self->data.fd, .events = POLLIN, .func = on_data, .data = self };
  device_watch_add (&self->data);
  self->l1 = (DeviceWatch){ .fd = self->l1.fd, .events = POLLIN, .func = on_l1, .data = self };
  if (self->l1.fd >= 0)
    device_watch_add (&self->l1);
  return self;
}

static void
remove_socket (DeviceWatch *watch, const char *directory, const char *prefix, guint id)
{
  g_autofree char *path = g_strdup_printf ("%s/%s%u", directory, prefix, id);

  if (watch->fd < 0)
    return;
  device_watch_remove (watch);
  unlink (path);
  close (watch->fd);
}

void
pc_netio_free (PcNetio *self)
{
  device_peers_free (self->peers);
  remove_socket (&self->data, self->directory, "", self->pc->id);
  remove_socket (&self->l1, self->l1_directory, "L1", self->pc->id);
  if (self->lock_fd >= 0)
    {
      /* Before the close, or another process could lock a file that is about to go. */
      unlink (self->lock_path);
      close (self->lock_fd);
    }
  /* The directories stay: another of this user's devices may be about to bind there. */
  g_free (self->directory);
  g_free (self->l1_directory);
  g_free (self->lock_path);
  g_free (self);
}
