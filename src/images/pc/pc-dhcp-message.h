/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* DHCP messages (RFC 2131, RFC 2132) as bytes. Addresses are in network byte order. */

#include <glib.h>

#define PC_DHCP_CLIENT_PORT 68
#define PC_DHCP_SERVER_PORT 67
#define PC_DHCP_MAX_DNS     2
#define PC_DHCP_MAX_DOMAIN  253
#define PC_DHCP_FOREVER     G_MAXUINT32

typedef enum
{
  PC_DHCP_DISCOVER = 1,
  PC_DHCP_OFFER,
  PC_DHCP_REQUEST,
  PC_DHCP_DECLINE,
  PC_DHCP_ACK,
  PC_DHCP_NAK,
  PC_DHCP_RELEASE,
  PC_DHCP_INFORM,
} PcDhcpType;

typedef struct
{
  PcDhcpType type;
  guint32 xid;
  guint8 mac[6];
  gboolean broadcast; /* asks for a broadcast answer */
  guint32 client;     /* ciaddr: the address in use */
  guint32 yours;      /* yiaddr: the address offered */
  guint32 requested;  /* option 50 */
  guint32 server;     /* option 54 */
  guint32 netmask;
  guint32 router;
  guint32 dns[PC_DHCP_MAX_DNS];
  char domain[PC_DHCP_MAX_DOMAIN + 1];
  char host_name[64];  /* option 12, in requests */
  guint32 lease;       /* seconds; 0: not said */
  guint32 renew_after; /* 0: not said */
  guint32 rebind_after;
} PcDhcpMessage;

/* The DHCP part of an IPv4 packet from a server to a client, or NULL. Checksums are verified. */
const guint8 *pc_dhcp_message_find (const guint8 *packet, gsize length, gsize *message_length);
/* An answer of a server. FALSE: it is not sound. */
gboolean pc_dhcp_message_decode (const guint8 *data, gsize length, PcDhcpMessage *message);
/* A request of a client. */
GByteArray *pc_dhcp_message_encode (const PcDhcpMessage *message);
/* For `ip dhcp -d`, one line. (transfer full) */
char *pc_dhcp_message_describe (const PcDhcpMessage *message);
