/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a peer has no room for waits in a bounded queue (device-peer.c says when there is room). A
 * peer that is not there loses frames, as a cable with nobody at its end does. */

#include "config.h"

#include "pc-netio.h"

#include <sys/socket.h>
#include <unistd.h>

#include "device-endpoint.h"
#include "device-peer.h"
#include "iou-netmap.h"

#define MAX_QUEUED 512
#define MAX_PARTS  16

struct _PcNetio
{
  Pc *pc;
  PcFrameFunc frame;
  PcKeepaliveFunc keepalive;
  DeviceEndpoint endpoint;
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

      device_endpoint_fill_header (&self->endpoint, port->byte, node, IOU_TYPE_DATA, header);
      if (!send_frame (self, node->id, &message))
        port->counters.lost++;
    }
  port->counters.sent++;
}

void
pc_netio_send_keepalive (PcNetio *self, PcPort *port)
{
  device_endpoint_send_keepalives (&self->endpoint, port->byte, port->peers);
}

static void
take_frame (gpointer data, guint8 port_byte, guint8 *frame, gsize length)
{
  PcNetio *self = data;
  PcPort *port = pc_find_port (self->pc, port_byte);

  if (port == NULL)
    return;
  if (length == 0)
    port->counters.ignored++;
  else
    self->frame (port, frame, length);
}

static void
take_keepalive (gpointer data, guint8 port_byte)
{
  PcNetio *self = data;
  PcPort *port = pc_find_port (self->pc, port_byte);

  if (port != NULL)
    self->keepalive (port);
}

static const DeviceEndpointFuncs funcs = { take_frame, take_keepalive };

PcNetio *
pc_netio_new (Pc *pc, PcFrameFunc frame, PcKeepaliveFunc keepalive, GError **error)
{
  PcNetio *self = g_new0 (PcNetio, 1);

  self->pc = pc;
  self->frame = frame;
  self->keepalive = keepalive;
  if (!device_endpoint_open (&self->endpoint, getuid (), pc->id, pc->keepalives, error))
    {
      pc_netio_free (self);
      return NULL;
    }

  self->peers = device_peers_new (self->endpoint.directory, on_peer_writable, self, free_waiting);
  device_endpoint_start (&self->endpoint, &funcs, self);
  return self;
}

void
pc_netio_free (PcNetio *self)
{
  g_clear_pointer (&self->peers, device_peers_free);
  device_endpoint_close (&self->endpoint);
  g_free (self);
}
