/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The address: six bits of the DLCI, C/R, 0; four bits of the DLCI, FECN, BECN, DE, 1. Longer ones
 * are not served.
 *
 * Cisco's encapsulation puts an EtherType behind it. The IETF's (RFC 2427) puts 03 (UI), perhaps a
 * zero byte as padding, and the NLPID: cc is IPv4, 8e is IPv6 (RFC 2590), 80 is SNAP, three bytes
 * of organisation (zero here) and an EtherType. No EtherType begins with 03, so each frame shows
 * which of the two it is, and what comes in is taken in both. */

#include "config.h"

#include "device-fr-frame.h"

#include <string.h>

#define EA         0x01
#define UI         0x03
#define PAD        0x00
#define NLPID_IP   0xcc
#define NLPID_IP6  0x8e
#define NLPID_SNAP 0x80
#define TYPE_IP    0x0800
#define TYPE_IP6   0x86dd
#define TYPE_ARP   0x0806

#define ADDRESS  2
#define SNAP     5
#define ARP_HEAD 8
/* Two hardware addresses of two bytes, two of IPv4. */
#define ARP_LENGTH (ARP_HEAD + 12)
#define OP_ASK     8
#define OP_ANSWER  9

static void
write_address (guint8 *out, guint dlci)
{
  out[0] = (guint8) (dlci >> 4 << 2);
  out[1] = (guint8) ((dlci & 0xf) << 4 | EA);
}

gboolean
device_fr_write_header (guint8 header[DEVICE_FR_HEADER],
                        guint dlci,
                        DeviceFrEncapsulation encapsulation,
                        const guint8 *packet,
                        gsize length)
{
  guint version = length > 0 ? packet[0] >> 4 : 0;
  guint type = version == 4 ? TYPE_IP : TYPE_IP6;

  if (version != 4 && version != 6)
    return FALSE;

  write_address (header, dlci);
  header[2] = encapsulation == DEVICE_FR_IETF ? UI : (guint8) (type >> 8);
  header[3] =
      encapsulation == DEVICE_FR_IETF ? (version == 4 ? NLPID_IP : NLPID_IP6) : (guint8) type;
  return TRUE;
}

gboolean
device_fr_read_address (const guint8 *frame, gsize length, guint *dlci)
{
  if (length < ADDRESS || (frame[0] & EA) != 0 || (frame[1] & EA) == 0)
    return FALSE;
  *dlci = (guint) (frame[0] >> 2) << 4 | frame[1] >> 4;
  return TRUE;
}

/* The EtherType of what follows; 0: none that is known. */
static guint
read_ietf (const guint8 **at, gsize *left)
{
  guint nlpid;

  (*at)++, (*left)--;
  if (*left > 0 && **at == PAD)
    (*at)++, (*left)--;
  if (*left == 0)
    return 0;

  nlpid = **at;
  (*at)++, (*left)--;
  if (nlpid == NLPID_IP || nlpid == NLPID_IP6)
    return nlpid == NLPID_IP ? TYPE_IP : TYPE_IP6;
  if (nlpid != NLPID_SNAP || *left < SNAP || (*at)[0] != 0 || (*at)[1] != 0 || (*at)[2] != 0)
    return 0;
  *at += SNAP, *left -= SNAP;
  return (guint) ((*at)[-2] << 8 | (*at)[-1]);
}

DeviceFrContent
device_fr_read (const guint8 *frame, gsize length, const guint8 **content, gsize *left)
{
  const guint8 *at = frame + ADDRESS;
  guint type;
  guint version;

  if (length < ADDRESS + 2)
    return DEVICE_FR_NOTHING;

  *left = length - ADDRESS;
  if (*at == UI)
    type = read_ietf (&at, left);
  else
    {
      type = (guint) (at[0] << 8 | at[1]);
      at += 2, *left -= 2;
    }
  *content = at;
  if (type == TYPE_ARP)
    return DEVICE_FR_ARP;
  /* The kernel goes by the packet's first bits. */
  version = *left > 0 ? *at >> 4 : 0;
  return (type == TYPE_IP && version == 4) || (type == TYPE_IP6 && version == 6)
             ? DEVICE_FR_PACKET
             : DEVICE_FR_NOTHING;
}

gsize
device_fr_answer_arp (const guint8 *frame,
                      const guint8 *arp,
                      gsize length,
                      guint dlci,
                      const guint8 own[4],
                      guint8 answer[DEVICE_FR_MAX_ARP])
{
  /* Frame Relay, IPv4, lengths of their addresses, the question. */
  static const guint8 question[ARP_HEAD] = { 0, 15, 8, 0, 2, 4, 0, OP_ASK };
  gsize head = (gsize) (arp - frame);
  guint8 *out = answer + head;

  if (length < ARP_LENGTH || head + ARP_LENGTH > DEVICE_FR_MAX_ARP ||
      memcmp (arp, question, sizeof question) != 0)
    return 0;

  /* In the encapsulation of the question. Bits of congestion are the switch's to set. */
  memcpy (answer, frame, head);
  write_address (answer, dlci);
  memcpy (out, question, ARP_HEAD);
  out[7] = OP_ANSWER;
  write_address (out + 8, dlci);
  memcpy (out + 10, own, 4);
  memcpy (out + 14, arp + 8, 6);
  return head + ARP_LENGTH;
}
