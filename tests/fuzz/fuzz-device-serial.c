/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames from the other end of serial cables, whose first byte says how long each is: one line
 * speaks Cisco HDLC, the other Frame Relay. Whatever comes, what is handed to the kernel lies
 * within the frame and is an IP packet, and what is sent back is well made. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "device-fr-frame.h"
#include "device-hdlc.h"
#include "device-lmi.h"
#include "device-loop.h"
#include "device-netio.h"
#include "device-port.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const guint8 address[4] = { 10, 0, 0, 1 };

/* In the place of the sockets and of the kernel. */
void
device_netio_send (DevicePort *port, const guint8 *frame, gsize length)
{
  g_assert_cmpuint (length, ==, DEVICE_HDLC_HEADER + 14);
  g_assert_cmpuint (frame[0], ==, 0x8f);
}

void
device_port_update_carrier (DevicePort *port)
{
}

gint64
device_loop_now (void)
{
  return G_USEC_PER_SEC;
}

static void
on_pvc (gpointer data, guint dlci, DevicePvcState state)
{
  g_assert_true (state == DEVICE_PVC_ACTIVE || state == DEVICE_PVC_INACTIVE);
}

static void
check_packet (const guint8 *frame, gsize length, const guint8 *packet, gsize packet_length)
{
  g_assert_true (packet > frame && packet + packet_length == frame + length);
}

static void
hdlc (DevicePort *port, const guint8 *frame, gsize length)
{
  gsize packet_length = 0;
  const guint8 *packet = device_hdlc_input (port, frame, length, &packet_length);

  if (packet != NULL)
    check_packet (frame, length, packet, packet_length);
  device_hdlc_tick (port, G_USEC_PER_SEC, 0);
}

static void
answer_arp (const guint8 *frame, const guint8 *arp, gsize length, guint dlci)
{
  guint8 answer[DEVICE_FR_MAX_ARP];
  gsize n = device_fr_answer_arp (frame, arp, length, dlci, address, answer);
  guint answered;

  if (n == 0)
    return;
  g_assert_cmpuint (n, <=, sizeof answer);
  g_assert_true (device_fr_read_address (answer, n, &answered));
  g_assert_cmpuint (answered, ==, dlci);
}

static void
frame_relay (DeviceLmi *lmi, const guint8 *frame, gsize length)
{
  const guint8 *content = NULL;
  gsize left = 0;
  gboolean full;
  guint dlci;

  /* As they come, and whatever their address. */
  device_lmi_input (lmi, frame, length, &full, on_pvc, NULL);
  if (!device_fr_read_address (frame, length, &dlci))
    return;
  g_assert_cmpuint (dlci, <=, 1023);
  switch (device_fr_read (frame, length, &content, &left))
    {
    case DEVICE_FR_PACKET:
      check_packet (frame, length, content, left);
      g_assert_true (*content >> 4 == 4 || *content >> 4 == 6);
      break;
    case DEVICE_FR_ARP:
      check_packet (frame, length, content, left);
      answer_arp (frame, content, left, dlci);
      break;
    case DEVICE_FR_NOTHING:
    default:
      break;
    }
}

static void
poll_lmi (DeviceLmi *lmi)
{
  guint8 enquiry[DEVICE_LMI_MAX_ENQUIRY];
  gsize n = device_lmi_poll (lmi, enquiry);

  g_assert_true (n == 13 || n == 14);
  g_assert_cmpuint (enquiry[5], ==, 0x75);
  g_assert_cmpuint (enquiry[n - 2], !=, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  DevicePort port = { .line_up = TRUE, .serial = TRUE };
  DeviceLmi lmi = { 0 };

  if (size == 0)
    return 0;
  device_lmi_reset (&lmi, (DeviceLmiType) (*data % DEVICE_LMI_NONE));
  data++, size--;
  while (size > 1)
    {
      gsize length = MIN (*data & 0x7f, size - 1);
      g_autofree guint8 *frame = g_memdup2 (data + 1, length); /* a read past it is seen */

      if (*data & 0x80)
        poll_lmi (&lmi);
      data += length + 1;
      size -= length + 1;
      if (length == 0)
        continue;
      hdlc (&port, frame, length);
      frame_relay (&lmi, frame, length);
    }
  return 0;
}
