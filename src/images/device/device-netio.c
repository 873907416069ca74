/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /tmp/netio<uid>/<id> is ours, bound and never connected. A port whose only peer is full keeps its
 * frame and is not read until there is room (device-peer.c): then the kernel queues, and no frame
 * is copied twice or allocated. On a segment with several peers the one that is full misses the
 * frame, so that it cannot hold up the others. */

#include "config.h"

#include "device-netio.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "device-peer.h"
#include "device-serial.h"
#include "device-socket.h"
#include "iou-netmap.h"
#include "device-frame-relay.h"
#include "device-keepalive.h"

#define BATCH 32
/* In front of the packet of a serial port. */
#define ROOM (IOU_HEADER_SIZE + DEVICE_SERIAL_HEADER)

struct _DeviceNetio
{
  DeviceMachine *machine;
  char *directory;
  char *l1_directory;
  char *lock_path;
  int lock_fd;
  DeviceWatch data;
  DeviceWatch l1;
  DevicePeers *peers;
};

/* Nobody there: lost, as on a cable that leads nowhere. */
static gboolean
is_full (DevicePeer *peer, guint8 *datagram, gsize length)
{
  struct iovec part = { datagram, length };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  return device_peer_send (peer, &message) == DEVICE_PEER_FULL;
}

static void
set_reading (DevicePort *port, gboolean reading)
{
  const DeviceKind *kind = port->machine->kind;

  port->tap.events = reading ? POLLIN : 0;
  if (port->frame_relay != NULL)
    device_frame_relay_set_reading (port->frame_relay, reading);
  if (kind->set_reading != NULL)
    kind->set_reading (port, reading);
}

/* FALSE: it still waits for @peer. */
static gboolean
resume_port (DevicePort *port, DevicePeer *peer)
{
  if (port->pending_length == 0 || g_array_index (port->peers, IouNetmapNode, 0).id != peer->id)
    return TRUE;
  if (is_full (peer, port->pending, port->pending_length))
    return FALSE;
  port->pending_length = 0;
  set_reading (port, TRUE);
  return TRUE;
}

static void
on_peer_writable (DevicePeer *peer, gpointer data)
{
  DeviceNetio *self = data;
  gboolean done = TRUE;

  for (guint i = 0; i < self->machine->n_ports; i++)
    done &= resume_port (&self->machine->ports[i], peer);
  device_peer_set_waiting (peer, !done);
}

static void
hold_frame (DevicePort *port, DevicePeer *peer, const guint8 *datagram, gsize length)
{
  memcpy (port->pending, datagram, length);
  port->pending_length = length;
  set_reading (port, FALSE);
  device_peer_set_waiting (peer, TRUE);
}

static void
fill_header (DevicePort *port, const IouNetmapNode *node, guint8 type, guint8 *out)
{
  IouHeader header = {
    .dst_id = node->id,
    .src_id = (guint16) port->machine->id,
    .dst_port = node->port,
    .src_port = port->byte,
    .type = type,
  };

  iou_header_write (out, &header);
}

void
device_netio_send_datagram (DevicePort *port, guint8 *datagram, gsize length)
{
  for (guint i = 0; port->peers != NULL && i < port->peers->len; i++)
    {
      const IouNetmapNode *node = &g_array_index (port->peers, IouNetmapNode, i);
      DevicePeer *peer = device_peers_find (port->machine->netio->peers, node->id);

      fill_header (port, node, IOU_TYPE_DATA, datagram);
      if (is_full (peer, datagram, length) && port->peers->len == 1 && port->pending_length == 0)
        hold_frame (port, peer, datagram, length);
    }
}

void
device_netio_send (DevicePort *port, const guint8 *frame, gsize length)
{
  guint8 datagram[IOU_MAX_DATAGRAM];

  g_return_if_fail (length <= IOU_MAX_PAYLOAD);
  memcpy (datagram + IOU_HEADER_SIZE, frame, length);
  device_netio_send_datagram (port, datagram, IOU_HEADER_SIZE + length);
}

void
device_netio_send_keepalive (DevicePort *port)
{
  DeviceNetio *self = port->machine->netio;

  for (guint i = 0; port->peers != NULL && i < port->peers->len; i++)
    {
      const IouNetmapNode *node = &g_array_index (port->peers, IouNetmapNode, i);
      struct sockaddr_un address = { .sun_family = AF_UNIX };
      guint8 header[IOU_HEADER_SIZE];

      fill_header (port, node, IOU_TYPE_KEEPALIVE, header);
      g_snprintf (address.sun_path, sizeof address.sun_path, "%s/L1%u", self->l1_directory,
                  node->id);
      /* Nobody there, or too busy to care: the next one goes in a second. */
      (void) sendto (self->l1.fd, header, sizeof header, MSG_DONTWAIT | MSG_NOSIGNAL,
                     (struct sockaddr *) &address, sizeof address);
    }
}

void
device_netio_carry (DevicePort *port, int fd, DeviceHeaderFunc write_header, gpointer data)
{
  guint8 datagram[IOU_MAX_DATAGRAM + DEVICE_SERIAL_HEADER];
  gsize room = write_header != NULL ? ROOM : IOU_HEADER_SIZE;

  for (guint i = 0; i < BATCH && port->pending_length == 0; i++)
    {
      ssize_t length = read (fd, datagram + room, IOU_MAX_DATAGRAM - room);

      if (length <= 0)
        return;
      if (write_header == NULL ||
          write_header (data, datagram + IOU_HEADER_SIZE, datagram + room, (gsize) length))
        device_netio_send_datagram (port, datagram, room + (gsize) length);
    }
}

/* What the kernel sends through the port. */
static void
on_tap (gpointer data, int fd, short revents)
{
  DevicePort *port = data;

  device_netio_carry (port, fd, port->serial ? device_serial_write_header : NULL, port);
}

/* The port a datagram is for, or NULL if it is not addressed to us. */
static DevicePort *
check_header (DeviceNetio *self, const guint8 *datagram, gsize length, guint8 type)
{
  IouHeader header;

  if (!iou_header_read (&header, datagram, length))
    return NULL;
  if (header.dst_id != self->machine->id || header.type != type)
    return NULL;
  return device_find_port (self->machine, header.dst_port);
}

static void
deliver (DevicePort *port, guint8 *frame, gsize length)
{
  const DeviceKind *kind = port->machine->kind;
  const guint8 *packet = frame;
  int fd = port->tap.fd;

  if (port->shut || !port->line_up)
    return;
  if (kind->take_frame != NULL && kind->take_frame (port, frame, length))
    return;
  if (port->serial)
    packet = device_serial_input (port, frame, length, &length, &fd);
  /* An interface that is going down refuses it: lost, as on a cable. */
  if (packet != NULL && write (fd, packet, length) < 0)
    return;
}

static void
on_data (gpointer data, int fd, short revents)
{
  DeviceNetio *self = data;
  guint8 datagram[IOU_MAX_DATAGRAM];

  for (guint i = 0; i < BATCH; i++)
    {
      ssize_t length = recv (fd, datagram, sizeof datagram, MSG_DONTWAIT | MSG_TRUNC);
      DevicePort *port;

      if (length < 0)
        return;
      if (length <= IOU_HEADER_SIZE || (gsize) length > sizeof datagram)
        continue;
      port = check_header (self, datagram, (gsize) length, IOU_TYPE_DATA);
      if (port != NULL)
        deliver (port, datagram + IOU_HEADER_SIZE, (gsize) length - IOU_HEADER_SIZE);
    }
}

static void
on_l1 (gpointer data, int fd, short revents)
{
  DeviceNetio *self = data;
  guint8 datagram[IOU_HEADER_SIZE + 1];

  for (guint i = 0; i < BATCH; i++)
    {
      ssize_t length = recv (fd, datagram, sizeof datagram, MSG_DONTWAIT | MSG_TRUNC);
      DevicePort *port;

      if (length < 0)
        return;
      port = length == IOU_HEADER_SIZE
                 ? check_header (self, datagram, IOU_HEADER_SIZE, IOU_TYPE_KEEPALIVE)
                 : NULL;
      if (port != NULL)
        device_keepalive_received (port);
    }
}

DeviceNetio *
device_netio_new (DeviceMachine *machine, GError **error)
{
  DeviceNetio *self = g_new0 (DeviceNetio, 1);

  self->machine = machine;
  self->directory = g_strdup_printf ("/tmp/netio%u", (guint) machine->uid);
  self->peers = device_peers_new (self->directory, on_peer_writable, self, NULL);
  self->l1_directory = g_strdup_printf ("/tmp/netl1%u", (guint) machine->uid);
  self->lock_path = g_strdup_printf ("%s/%u.lck", self->directory, machine->id);
  self->lock_fd = self->data.fd = self->l1.fd = -1;

  if (!device_socket_make_directory (self->directory, error) ||
      !device_socket_make_directory (self->l1_directory, error) ||
      (self->lock_fd = device_socket_take_lock (self->lock_path, machine->id, error)) < 0 ||
      (self->data.fd = device_socket_bind (error, "%s/%u", self->directory, machine->id)) < 0 ||
      (machine->keepalives &&
       (self->l1.fd = device_socket_bind (error, "%s/L1%u", self->l1_directory, machine->id)) < 0))
    {
      device_netio_free (self);
      return NULL;
    }
  return self;
}

void
device_netio_start (DeviceNetio *self)
{
  DeviceMachine *machine = self->machine;

  self->data =
      (DeviceWatch){ .fd = self->data.fd, .events = POLLIN, .func = on_data, .data = self };
  device_watch_add (&self->data);
  self->l1 = (DeviceWatch){ .fd = self->l1.fd, .events = POLLIN, .func = on_l1, .data = self };
  if (self->l1.fd >= 0)
    device_watch_add (&self->l1);
  for (guint i = 0; i < machine->n_ports; i++)
    {
      DevicePort *port = &machine->ports[i];

      port->tap =
          (DeviceWatch){ .fd = port->tap.fd, .events = POLLIN, .func = on_tap, .data = port };
      device_watch_add (&port->tap);
      if (port->frame_relay != NULL)
        device_frame_relay_watch (port->frame_relay);
    }
}

static void
remove_socket (int fd, const char *directory, const char *prefix, guint id)
{
  g_autofree char *path = g_strdup_printf ("%s/%s%u", directory, prefix, id);

  if (fd < 0)
    return;
  unlink (path);
  close (fd);
}

void
device_netio_free (DeviceNetio *self)
{
  remove_socket (self->data.fd, self->directory, "", self->machine->id);
  remove_socket (self->l1.fd, self->l1_directory, "L1", self->machine->id);
  if (self->lock_fd >= 0)
    {
      /* Before the close, or another process could lock a file that is about to go. */
      unlink (self->lock_path);
      close (self->lock_fd);
    }
  device_peers_free (self->peers);
  g_free (self->directory);
  g_free (self->l1_directory);
  g_free (self->lock_path);
  g_free (self);
}
