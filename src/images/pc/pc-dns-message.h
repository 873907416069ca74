/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* DNS queries and answers (RFC 1035, RFC 3596) as bytes. */

#include <glib.h>

#define PC_DNS_PORT     53
#define PC_DNS_MAX_NAME 255

typedef enum
{
  PC_DNS_TYPE_A = 1,
  PC_DNS_TYPE_AAAA = 28,
} PcDnsType;

typedef enum
{
  PC_DNS_ADDRESS,  /* the answer */
  PC_DNS_NO_NAME,  /* the name does not exist */
  PC_DNS_NO_DATA,  /* it exists, without an address of this type */
  PC_DNS_FAILED,   /* this server does not know or does not want to say */
  PC_DNS_NOT_OURS, /* not an answer to this query, or not sound */
} PcDnsResult;

/* @name must pass pc_is_host_name(). (transfer full) */
GByteArray *pc_dns_message_encode (guint16 id, const char *name, PcDnsType type);
/* @address: 4 bytes for A, 16 for AAAA. */
PcDnsResult pc_dns_message_decode (const guint8 *data,
                                   gsize length,
                                   guint16 id,
                                   const char *name,
                                   PcDnsType type,
                                   guint8 address[16]);
