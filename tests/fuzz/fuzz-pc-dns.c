/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer of a name server, to a question that the first bytes make up. */

#include "config.h"

#include <glib.h>

#include "pc-dns-message.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 address[16];
  guint16 id;

  if (size < 2)
    return 0;
  id = (guint16) (data[0] << 8 | data[1]);
  pc_dns_message_decode (data, size, id, "www.example.com", PC_DNS_TYPE_A, address);
  pc_dns_message_decode (data, size, id, "www.example.com.", PC_DNS_TYPE_AAAA, address);
  return 0;
}
