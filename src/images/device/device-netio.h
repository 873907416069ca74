/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Frames between the ports and the netio sockets (contract, sections 6 and 7). */

#include "device-machine.h"

/* Takes the lock and binds the sockets; to be done as the user, outside of the namespaces. */
DeviceNetio *device_netio_new (DeviceMachine *machine, GError **error);
/* Inside: starts to carry frames, once the ports exist. */
void device_netio_start (DeviceNetio *self);
/* Outside, at the end: removes sockets and lock. */
void device_netio_free (DeviceNetio *self);

/* Writes what goes before a packet of a serial port, DEVICE_SERIAL_HEADER bytes. FALSE: the packet
 * is not sent. */
typedef gboolean (*DeviceHeaderFunc) (gpointer data, guint8 *header, const guint8 *packet,
                                      gsize length);
/* Reads what the kernel sends through the interface of @fd, and sends it through the port, as long
 * as there is room. @write_header: (nullable): none for frames that are whole. */
void device_netio_carry (DevicePort *port, int fd, DeviceHeaderFunc write_header, gpointer data);

/* One copy to every other node of the port's segment. */
void device_netio_send (DevicePort *port, const guint8 *frame, gsize length);
void device_netio_send_keepalive (DevicePort *port);
/* The first without a copy: @datagram has the frame and, before it, room for the header. */
void device_netio_send_datagram (DevicePort *port, guint8 *datagram, gsize length);
