/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames travel as datagrams between UNIX sockets: /tmp/netio<uid>/<id> is ours, bound and never
 * connected, so that anybody may send to it and peers may come and go. Keepalives use a second
 * socket, /tmp/netl1<uid>/L1<id>, and are never queued. */

#include "config.h"

#include "device-endpoint.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "device-socket.h"

/* Datagrams read before anything else has its turn. */
#define BATCH 64

gboolean
device_endpoint_open (
    DeviceEndpoint *self, guint uid, guint id, gboolean keepalives, GError **error)
{
  *self = (DeviceEndpoint){ .id = id, .lock_fd = -1, .data.fd = -1, .l1.fd = -1 };
  self->directory = g_strdup_printf ("/tmp/netio%u", uid);
  self->l1_directory = g_strdup_printf ("/tmp/netl1%u", uid);
  self->lock_path = g_strdup_printf ("%s/%u.lck", self->directory, id);

  return device_socket_make_directory (self->directory, error) &&
         (self->lock_fd = device_socket_take_lock (self->lock_path, id, error)) >= 0 &&
         (self->data.fd = device_socket_bind (error, "%s/%u", self->directory, id)) >= 0 &&
         (!keepalives ||
          (device_socket_make_directory (self->l1_directory, error) &&
           (self->l1.fd = device_socket_bind (error, "%s/L1%u", self->l1_directory, id)) >= 0));
}

/* The next datagram; FALSE if there is none. @length may be more than @size: it was cut. */
static gboolean
receive (int fd, guint8 *datagram, gsize size, gsize *length)
{
  ssize_t n = recv (fd, datagram, size, MSG_DONTWAIT | MSG_TRUNC);

  *length = n < 0 ? 0 : (gsize) n;
  return n >= 0;
}

/* Whether it is addressed to us, and to which @port. */
static gboolean
check_header (DeviceEndpoint *self, const guint8 *datagram, gsize length, guint8 type, guint8 *port)
{
  IouHeader header;

  if (!iou_header_read (&header, datagram, length))
    return FALSE;
  *port = header.dst_port;
  return header.dst_id == self->id && header.type == type;
}

static void
on_data (gpointer data, int fd, short revents)
{
  DeviceEndpoint *self = data;
  guint8 datagram[IOU_MAX_DATAGRAM];
  gsize length;
  guint8 port;

  for (guint i = 0; i < BATCH && receive (fd, datagram, sizeof datagram, &length); i++)
    if (check_header (self, datagram, MIN (length, sizeof datagram), IOU_TYPE_DATA, &port))
      self->funcs->take_frame (self->funcs_data, port, datagram + IOU_HEADER_SIZE,
                               length <= sizeof datagram ? length - IOU_HEADER_SIZE : 0);
}

static void
on_l1 (gpointer data, int fd, short revents)
{
  DeviceEndpoint *self = data;
  guint8 datagram[IOU_HEADER_SIZE + 1];
  gsize length;
  guint8 port;

  for (guint i = 0; i < BATCH && receive (fd, datagram, sizeof datagram, &length); i++)
    if (length == IOU_HEADER_SIZE &&
        check_header (self, datagram, length, IOU_TYPE_KEEPALIVE, &port))
      self->funcs->take_keepalive (self->funcs_data, port);
}

void
device_endpoint_start (DeviceEndpoint *self, const DeviceEndpointFuncs *funcs, gpointer data)
{
  self->funcs = funcs;
  self->funcs_data = data;
  self->data =
      (DeviceWatch){ .fd = self->data.fd, .events = POLLIN, .func = on_data, .data = self };
  device_watch_add (&self->data);
  self->l1 = (DeviceWatch){ .fd = self->l1.fd, .events = POLLIN, .func = on_l1, .data = self };
  if (self->l1.fd >= 0)
    device_watch_add (&self->l1);
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
device_endpoint_close (DeviceEndpoint *self)
{
  remove_socket (&self->data, self->directory, "", self->id);
  remove_socket (&self->l1, self->l1_directory, "L1", self->id);
  if (self->lock_fd >= 0)
    {
      /* Before the close, or another process could lock a file that is about to go. */
      unlink (self->lock_path);
      close (self->lock_fd);
    }
  g_free (self->directory);
  g_free (self->l1_directory);
  g_free (self->lock_path);
}

void
device_endpoint_fill_header (DeviceEndpoint *self,
                             guint8 port,
                             const IouNetmapNode *peer,
                             guint8 type,
                             guint8 out[IOU_HEADER_SIZE])
{
  IouHeader header = {
    .dst_id = peer->id,
    .src_id = (guint16) self->id,
    .dst_port = peer->port,
    .src_port = port,
    .type = type,
  };

  iou_header_write (out, &header);
}

void
device_endpoint_send_keepalives (DeviceEndpoint *self, guint8 port, const GArray *peers)
{
  for (guint i = 0; peers != NULL && i < peers->len; i++)
    {
      const IouNetmapNode *peer = &g_array_index (peers, IouNetmapNode, i);
      struct sockaddr_un address = { .sun_family = AF_UNIX };
      guint8 header[IOU_HEADER_SIZE];

      device_endpoint_fill_header (self, port, peer, IOU_TYPE_KEEPALIVE, header);
      g_snprintf (address.sun_path, sizeof address.sun_path, "%s/L1%u", self->l1_directory,
                  peer->id);
      /* Nobody there, or too busy to care: the next one goes in a second. */
      (void) sendto (self->l1.fd, header, sizeof header, MSG_DONTWAIT | MSG_NOSIGNAL,
                     (struct sockaddr *) &address, sizeof address);
    }
}
