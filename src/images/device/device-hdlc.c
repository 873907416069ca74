/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame is one byte of address (0x0f, or 0x8f for what goes to all), a zero byte, the
 * EtherType, and the packet. SLARP has the type 0x8035: a code (0 request of an address, 1 the
 * answer, 2 keepalive), then for a keepalive the sender's sequence number, the last one it saw of
 * ours, and 0xffff. Both ends send one every ten seconds; the line protocol is down when none came
 * for three of these periods. */

#include "config.h"

#include "device-hdlc.h"

#include <string.h>

#include "device-netio.h"
#include "device-port.h"

#define ADDRESS_ONE   0x0f
#define ADDRESS_ALL   0x8f
#define TYPE_IP       0x0800
#define TYPE_IP6      0x86dd
#define TYPE_SLARP    0x8035
#define SLARP_KEEP    2
#define SLARP_LENGTH  (DEVICE_HDLC_HEADER + 14)
#define SLARP_PERIOD  (10 * G_USEC_PER_SEC)
#define PROTOCOL_HOLD (3 * SLARP_PERIOD)

static guint32
read_32 (const guint8 *in)
{
  return (guint32) in[0] << 24 | (guint32) in[1] << 16 | (guint32) in[2] << 8 | in[3];
}

static void
write_32 (guint8 *out, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    out[i] = (guint8) (value >> (24 - 8 * i));
}

static void
write_header (guint8 *header, guint8 address, guint type)
{
  header[0] = address;
  header[1] = 0;
  header[2] = (guint8) (type >> 8);
  header[3] = (guint8) type;
}

gboolean
device_hdlc_write_header (guint8 header[DEVICE_HDLC_HEADER], const guint8 *packet, gsize length)
{
  guint version = length > 0 ? packet[0] >> 4 : 0;

  if (version != 4 && version != 6)
    return FALSE;
  write_header (header, ADDRESS_ONE, version == 4 ? TYPE_IP : TYPE_IP6);
  return TRUE;
}

static void
set_protocol (DevicePort *port, gboolean up)
{
  port->protocol_up = up;
  device_port_update_carrier (port);
}

static void
slarp_received (DevicePort *port, const guint8 *slarp, gsize length)
{
  if (length < SLARP_LENGTH - DEVICE_HDLC_HEADER || read_32 (slarp) != SLARP_KEEP)
    return;

  port->your_sequence = read_32 (slarp + 4);
  port->protocol_until = device_loop_now () + PROTOCOL_HOLD;
  if (!port->protocol_up)
    set_protocol (port, TRUE);
}

const guint8 *
device_hdlc_input (DevicePort *port, const guint8 *frame, gsize length, gsize *packet_length)
{
  guint type;

  if (length <= DEVICE_HDLC_HEADER || (frame[0] != ADDRESS_ONE && frame[0] != ADDRESS_ALL))
    return NULL;

  type = (guint) (frame[2] << 8 | frame[3]);
  frame += DEVICE_HDLC_HEADER;
  *packet_length = length - DEVICE_HDLC_HEADER;
  if (type == TYPE_SLARP)
    slarp_received (port, frame, *packet_length);
  return type == TYPE_IP || type == TYPE_IP6 ? frame : NULL;
}

static void
send_slarp (DevicePort *port)
{
  guint8 frame[SLARP_LENGTH] = { 0 };

  write_header (frame, ADDRESS_ALL, TYPE_SLARP);
  write_32 (frame + 4, SLARP_KEEP);
  write_32 (frame + 8, ++port->my_sequence);
  write_32 (frame + 12, port->your_sequence);
  frame[16] = frame[17] = 0xff;
  device_netio_send (port, frame, sizeof frame);
}

void
device_hdlc_tick (DevicePort *port, gint64 now, gint64 pause)
{
  port->protocol_until += pause;
  if (port->protocol_up && now >= port->protocol_until)
    set_protocol (port, FALSE);
  if (now < port->next_slarp)
    return;
  send_slarp (port);
  port->next_slarp = now + SLARP_PERIOD;
}

void
device_hdlc_line_changed (DevicePort *port)
{
  /* Optimistic, as routers are: down only after three periods of silence. */
  port->protocol_up = port->line_up;
  port->protocol_until = device_loop_now () + PROTOCOL_HOLD;
  port->next_slarp = 0;
}
