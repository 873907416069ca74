/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cisco HDLC on serial ports (contract, section 13). */

#include "device-machine.h"

/* Bytes of the header before every packet. */
#define DEVICE_HDLC_HEADER 4

/* Writes the header for an IPv4 or IPv6 packet. FALSE: it is neither. */
gboolean device_hdlc_write_header (guint8 header[DEVICE_HDLC_HEADER], const guint8 *packet,
                                   gsize length);
/* The packet in a frame, for the kernel; NULL: it was SLARP, or nothing for us. */
const guint8 *device_hdlc_input (DevicePort *port, const guint8 *frame, gsize length,
                                 gsize *packet_length);
/* Each second. @pause: how long we were stopped, 0 mostly. */
void device_hdlc_tick (DevicePort *port, gint64 now, gint64 pause);
/* The layer below came up or went down. */
void device_hdlc_line_changed (DevicePort *port);
