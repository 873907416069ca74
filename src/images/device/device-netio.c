/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A port whose only peer is full keeps its frame and is not read until there is room
 * (device-peer.c): then the kernel queues, and no frame is copied twice or allocated. On a segment
 * with several peers the one that is full misses the frame, so that it cannot hold up the others.
 */

#include "config.h"

#include "device-netio.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "device-endpoint.h"
#include "device-frame-relay.h"
#include "device-keepalive.h"
#include "device-peer.h"
#include "device-serial.h"
#include "device-socket.h"
#include "iou-netmap.h"

#define BATCH 32
/* In front of the packet of a serial port. */
#define ROOM (IOU_HEADER_SIZE + DEVICE_SERIAL_HEADER)

struct _DeviceNetio
{
  DeviceMachine *machine;
  DeviceEndpoint endpoint;
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

void
device_netio_send_datagram (DevicePort *port, guint8 *datagram, gsize length)
{
  DeviceNetio *self = port->machine->netio;

  for (guint i = 0; port->peers != NULL && i < port->peers->len; i++)
    {
      const IouNetmapNode *node = &g_array_index (port->peers, IouNetmapNode, i);
      DevicePeer *peer = device_peers_find (self->peers, node->id);

      device_endpoint_fill_header (&self->endpoint, port->byte, node, IOU_TYPE_DATA, datagram);
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
  device_endpoint_send_keepalives (&port->machine->netio->endpoint, port->byte, port->peers);
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
take_frame (gpointer data, guint8 port_byte, guint8 *frame, gsize length)
{
  DeviceNetio *self = data;
  DevicePort *port = device_find_port (self->machine, port_byte);

  if (port != NULL && length > 0)
    deliver (port, frame, length);
}

static void
take_keepalive (gpointer data, guint8 port_byte)
{
  DeviceNetio *self = data;
  DevicePort *port = device_find_port (self->machine, port_byte);

  if (port != NULL)
    device_keepalive_received (port);
}

static const DeviceEndpointFuncs funcs = { take_frame, take_keepalive };

DeviceNetio *
device_netio_new (DeviceMachine *machine, GError **error)
{
  DeviceNetio *self = g_new0 (DeviceNetio, 1);

  self->machine = machine;
  /* Its namespaces have both folders, whether there are keepalives or not. */
  if (!device_endpoint_open (&self->endpoint, machine->uid, machine->id, machine->keepalives,
                             error) ||
      !device_socket_make_directory (self->endpoint.l1_directory, error))
    {
      device_netio_free (self);
      return NULL;
    }
  self->peers = device_peers_new (self->endpoint.directory, on_peer_writable, self, NULL);
  return self;
}

void
device_netio_start (DeviceNetio *self)
{
  DeviceMachine *machine = self->machine;

  device_endpoint_start (&self->endpoint, &funcs, self);
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

void
device_netio_free (DeviceNetio *self)
{
  device_endpoint_close (&self->endpoint);
  g_clear_pointer (&self->peers, device_peers_free);
  g_free (self);
}
