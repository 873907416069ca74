/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Another machine on the wire: raw frames on a netio socket, made and read by the test. */

#include "pc-device.h"

typedef struct
{
  guint id;
  int fd;
  char *path;
  char *target; /* the device's socket */
  guint target_id;
  guint8 port; /* of the device; 0: e0/0 */
  guint8 mac[6];
  guint8 frame[2048]; /* the last one received, without the netio header */
  gsize length;
} PcPeer;

PcPeer *pc_peer_new (PcLab *lab, guint id, guint target_id);
void pc_peer_free (PcPeer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcPeer, pc_peer_free)

/* To the device's port. */
void pc_peer_send (PcPeer *self, const guint8 *frame, gsize length);
/* With any header and any length. */
void pc_peer_send_raw (PcPeer *self, const guint8 *datagram, gsize length);
/* The next frame; FALSE after @milliseconds. */
gboolean pc_peer_receive (PcPeer *self, guint milliseconds);

typedef gboolean (*PcPeerMatch) (PcPeer *self);
/* Skips frames until @match; answers ARP for 10.0.0.1 in between. */
gboolean pc_peer_wait (PcPeer *self, PcPeerMatch match, guint milliseconds);

guint pc_peer_type (PcPeer *self);
/* The received frame's UDP payload if its destination port is @port. */
const guint8 *pc_peer_udp (PcPeer *self, guint port, gsize *length);

/* Addresses as numbers in host order. */
void pc_peer_send_udp (PcPeer *self,
                       const guint8 *to_mac,
                       guint32 from,
                       guint from_port,
                       guint32 to,
                       guint to_port,
                       const guint8 *payload,
                       gsize length);
/* Fills in the checksum at bytes 2 and 3 of the ICMPv6 message. */
void pc_peer_send_icmp6 (
    PcPeer *self, const guint8 from[16], const guint8 to[16], guint8 *message, gsize length);
void pc_peer_send_arp (PcPeer *self, gboolean reply, guint32 sender, guint32 target);
