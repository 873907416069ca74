/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cisco HDLC on serial ports (contract, section 13). */

#include "router.h"

/* Bytes of the header before every packet. */
#define ROUTER_HDLC_HEADER 4

/* Writes the header for an IPv4 or IPv6 packet. FALSE: it is neither. */
gboolean router_hdlc_write_header (guint8 header[ROUTER_HDLC_HEADER], const guint8 *packet,
                                   gsize length);
/* The packet in a frame, for the kernel; NULL: it was SLARP, or nothing for us. */
const guint8 *router_hdlc_input (RouterPort *port, const guint8 *frame, gsize length,
                                 gsize *packet_length);
/* Each second. @pause: how long we were stopped, 0 mostly. */
void router_hdlc_tick (RouterPort *port, gint64 now, gint64 pause);
/* The layer below came up or went down. */
void router_hdlc_line_changed (RouterPort *port);
