/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What serial ports speak: Cisco HDLC, or Frame Relay where frame-relay.cfg says so. */

#include "device-machine.h"

/* Bytes before every packet, in each of them. */
#define DEVICE_SERIAL_HEADER 4

/* @port: a DevicePort. FALSE: such a packet is not sent. */
gboolean device_serial_write_header (gpointer port, guint8 *header, const guint8 *packet,
                                     gsize length);
/* The packet in a frame, for the kernel, and the descriptor @fd of the interface it came by; NULL:
 * there is none for it. */
const guint8 *device_serial_input (DevicePort *port, const guint8 *frame, gsize length,
                                   gsize *packet_length, int *fd);
/* Each second. @pause: how long we were stopped, 0 mostly. */
void device_serial_tick (DevicePort *port, gint64 now, gint64 pause);
/* The layer below came up or went down. */
void device_serial_line_changed (DevicePort *port);
