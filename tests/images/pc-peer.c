/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pc-peer.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "iou-frame.h"

#define OWN_ADDRESS 0x0a000001u

static const guint8 everybody[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

static struct sockaddr_un
address_of (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_assert_cmpuint (g_strlcpy (address.sun_path, path, sizeof address.sun_path), <,
                    sizeof address.sun_path);
  return address;
}

PcPeer *
pc_peer_new (PcLab *lab, guint id, guint target_id)
{
  PcPeer *self = g_new0 (PcPeer, 1);
  struct sockaddr_un address;

  self->id = id;
  self->target_id = target_id;
  self->path = pc_lab_socket (lab, FALSE, id);
  self->target = pc_lab_socket (lab, FALSE, target_id);
  memcpy (self->mac, (guint8[]){ 2, 0, 0, 0, 0, (guint8) id }, 6);
  self->fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  address = address_of (self->path);
  g_assert_cmpint (bind (self->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return self;
}

void
pc_peer_free (PcPeer *self)
{
  close (self->fd);
  unlink (self->path);
  g_free (self->path);
  g_free (self->target);
  g_free (self);
}

void
pc_peer_send_raw (PcPeer *self, const guint8 *datagram, gsize length)
{
  struct sockaddr_un address = address_of (self->target);

  g_assert_cmpint (
      sendto (self->fd, datagram, length, 0, (struct sockaddr *) &address, sizeof address), ==,
      (gssize) length);
}

void
pc_peer_send (PcPeer *self, const guint8 *frame, gsize length)
{
  guint8 datagram[IOU_MAX_DATAGRAM];
  IouHeader header = { .dst_id = (guint16) self->target_id,
                       .src_id = (guint16) self->id,
                       .dst_port = self->port,
                       .type = IOU_TYPE_DATA };

  iou_header_write (datagram, &header);
  memcpy (datagram + IOU_HEADER_SIZE, frame, length);
  pc_peer_send_raw (self, datagram, length + IOU_HEADER_SIZE);
}

gboolean
pc_peer_receive (PcPeer *self, guint milliseconds)
{
  struct pollfd fd = { .fd = self->fd, .events = POLLIN };
  guint8 datagram[IOU_MAX_DATAGRAM];
  IouHeader header = { 0 };
  ssize_t n;

  if (poll (&fd, 1, (int) milliseconds) <= 0)
    return FALSE;
  n = recv (self->fd, datagram, sizeof datagram, 0);
  g_assert_true (iou_header_read (&header, datagram, (gsize) n));
  g_assert_cmpuint (header.dst_id, ==, self->id);
  g_assert_cmpuint (header.src_id, ==, self->target_id);
  g_assert_cmpuint (header.type, ==, IOU_TYPE_DATA);
  self->length = (gsize) n - IOU_HEADER_SIZE;
  g_assert_cmpuint (self->length, <=, sizeof self->frame);
  memcpy (self->frame, datagram + IOU_HEADER_SIZE, self->length);
  return TRUE;
}

guint
pc_peer_type (PcPeer *self)
{
  return self->length < 14 ? 0 : (guint) (self->frame[12] << 8 | self->frame[13]);
}

static void
answer_arp (PcPeer *self)
{
  guint8 own[4] = { 10, 0, 0, 1 };
  guint32 asker;

  if (pc_peer_type (self) != 0x0806 || self->frame[21] != 1 ||
      memcmp (self->frame + 38, own, 4) != 0)
    return;
  memcpy (&asker, self->frame + 28, 4);
  pc_peer_send_arp (self, TRUE, OWN_ADDRESS, GUINT32_FROM_BE (asker));
}

gboolean
pc_peer_wait (PcPeer *self, PcPeerMatch match, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  gint64 left;

  while ((left = until - g_get_monotonic_time ()) > 0)
    {
      if (!pc_peer_receive (self, (guint) (left / 1000) + 1))
        continue;
      if (match (self))
        return TRUE;
      answer_arp (self);
    }
  return FALSE;
}

static void
put16 (guint8 *bytes, guint value)
{
  bytes[0] = (guint8) (value >> 8);
  bytes[1] = (guint8) value;
}

static void
put32 (guint8 *bytes, guint32 value)
{
  put16 (bytes, value >> 16);
  put16 (bytes + 2, value & 0xffff);
}

static guint
sum (const guint8 *bytes, gsize length, guint32 total)
{
  for (gsize i = 0; i < length; i++)
    total += i % 2 == 0 ? (guint32) bytes[i] << 8 : bytes[i];
  while (total > 0xffff)
    total = (total & 0xffff) + (total >> 16);
  return total;
}

static void
put_ethernet (PcPeer *self, guint8 *frame, const guint8 *to, guint type)
{
  memcpy (frame, to, 6);
  memcpy (frame + 6, self->mac, 6);
  put16 (frame + 12, type);
}

const guint8 *
pc_peer_udp (PcPeer *self, guint port, gsize *length)
{
  const guint8 *ip = self->frame + 14;
  const guint8 *udp = ip + 20;

  if (pc_peer_type (self) != 0x0800 || self->length < 42 || ip[0] != 0x45 || ip[9] != 17 ||
      (guint) (udp[2] << 8 | udp[3]) != port)
    return NULL;
  *length = (gsize) (udp[4] << 8 | udp[5]) - 8;
  return udp + 8;
}

void
pc_peer_send_udp (PcPeer *self,
                  const guint8 *to_mac,
                  guint32 from,
                  guint from_port,
                  guint32 to,
                  guint to_port,
                  const guint8 *payload,
                  gsize length)
{
  guint8 frame[1600] = { 0 };
  guint8 *ip = frame + 14;
  guint8 *udp = ip + 20;

  put_ethernet (self, frame, to_mac != NULL ? to_mac : everybody, 0x0800);
  ip[0] = 0x45;
  put16 (ip + 2, (guint) length + 28);
  ip[8] = 64;
  ip[9] = 17;
  put32 (ip + 12, from);
  put32 (ip + 16, to);
  put16 (ip + 10, ~sum (ip, 20, 0) & 0xffff);
  put16 (udp, from_port);
  put16 (udp + 2, to_port);
  put16 (udp + 4, (guint) length + 8);
  memcpy (udp + 8, payload, length);
  put16 (udp + 6, ~sum (udp, length + 8, sum (ip + 12, 8, 17 + (guint32) length + 8)) & 0xffff);
  pc_peer_send (self, frame, 42 + length);
}

void
pc_peer_send_icmp6 (
    PcPeer *self, const guint8 from[16], const guint8 to[16], guint8 *message, gsize length)
{
  guint8 frame[1600] = { 0 };
  guint8 to_mac[6] = { 0x33, 0x33, to[12], to[13], to[14], to[15] };
  guint8 *ip = frame + 14;

  put_ethernet (self, frame, to_mac, 0x86dd);
  ip[0] = 0x60;
  put16 (ip + 4, (guint) length);
  ip[6] = 58;
  ip[7] = 255;
  memcpy (ip + 8, from, 16);
  memcpy (ip + 24, to, 16);
  put16 (message + 2, 0);
  put16 (message + 2, ~sum (message, length, sum (ip + 8, 32, 58 + (guint32) length)) & 0xffff);
  memcpy (ip + 40, message, length);
  pc_peer_send (self, frame, 54 + length);
}

void
pc_peer_send_arp (PcPeer *self, gboolean reply, guint32 sender, guint32 target)
{
  guint8 frame[60] = { 0 };
  static const guint8 fixed[] = { 0, 1, 8, 0, 6, 4, 0 };

  put_ethernet (self, frame, everybody, 0x0806);
  memcpy (frame + 14, fixed, sizeof fixed);
  frame[21] = reply ? 2 : 1;
  memcpy (frame + 22, self->mac, 6);
  put32 (frame + 28, sender);
  put32 (frame + 38, target);
  pc_peer_send (self, frame, sizeof frame);
}
