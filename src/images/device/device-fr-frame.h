/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Frames on a Frame Relay line: the address (Q.922) and what follows it. */

#include <glib.h>

#define DEVICE_DLCI_MIN  16
#define DEVICE_DLCI_MAX  1007
#define DEVICE_FR_HEADER 4 /* bytes before a packet, in both encapsulations */
/* Most that an answer to inverse ARP can take. */
#define DEVICE_FR_MAX_ARP 32

typedef enum
{
  DEVICE_FR_CISCO, /* an EtherType */
  DEVICE_FR_IETF   /* RFC 2427: 03, and the protocol's NLPID */
} DeviceFrEncapsulation;

typedef enum
{
  DEVICE_FR_NOTHING, /* a protocol that is not served, or no frame */
  DEVICE_FR_PACKET,  /* IPv4 or IPv6 */
  DEVICE_FR_ARP
} DeviceFrContent;

/* FALSE: the packet is neither IPv4 nor IPv6. */
gboolean device_fr_write_header (guint8 header[DEVICE_FR_HEADER], guint dlci,
                                 DeviceFrEncapsulation encapsulation, const guint8 *packet,
                                 gsize length);
/* FALSE: not an address of two bytes. */
gboolean device_fr_read_address (const guint8 *frame, gsize length, guint *dlci);
/* What a frame with an address of two bytes holds, by either encapsulation. @content: (out): where
 * that begins; @left: (out): its length. */
DeviceFrContent device_fr_read (const guint8 *frame, gsize length, const guint8 **content,
                                gsize *left);
/* The answer to inverse ARP (RFC 2390): our address on this PVC. @arp: as device_fr_read() gave it,
 * out of @frame. Returns the length of the answer; 0: it is no question. */
gsize device_fr_answer_arp (const guint8 *frame, const guint8 *arp, gsize length, guint dlci,
                            const guint8 own[4], guint8 answer[DEVICE_FR_MAX_ARP]);
