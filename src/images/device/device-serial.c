/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "device-serial.h"

#include "device-frame-relay.h"
#include "device-fr-frame.h"
#include "device-hdlc.h"

G_STATIC_ASSERT (DEVICE_HDLC_HEADER == DEVICE_SERIAL_HEADER);
G_STATIC_ASSERT (DEVICE_FR_HEADER == DEVICE_SERIAL_HEADER);

gboolean
device_serial_write_header (gpointer port, guint8 *header, const guint8 *packet, gsize length)
{
  /* A Frame Relay line leads nowhere by itself: its PVCs have interfaces of their own. */
  return ((DevicePort *) port)->frame_relay == NULL &&
         device_hdlc_write_header (header, packet, length);
}

const guint8 *
device_serial_input (
    DevicePort *port, const guint8 *frame, gsize length, gsize *packet_length, int *fd)
{
  if (port->frame_relay != NULL)
    return device_frame_relay_input (port->frame_relay, frame, length, packet_length, fd);
  *fd = port->tap.fd;
  return device_hdlc_input (port, frame, length, packet_length);
}

void
device_serial_tick (DevicePort *port, gint64 now, gint64 pause)
{
  if (!port->line_up || port->shut || port->peers == NULL)
    return;
  if (port->frame_relay != NULL)
    device_frame_relay_tick (port->frame_relay, now, pause);
  else
    device_hdlc_tick (port, now, pause);
}

void
device_serial_line_changed (DevicePort *port)
{
  if (port->frame_relay != NULL)
    device_frame_relay_line_changed (port->frame_relay);
  else
    device_hdlc_line_changed (port);
}
