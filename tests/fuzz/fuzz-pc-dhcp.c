/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An IPv4 packet that may hold a DHCP answer. */

#include "config.h"

#include <glib.h>
#include <string.h>

#include "pc-dhcp-message.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
decode (const guint8 *data, gsize size)
{
  PcDhcpMessage message;
  g_autofree char *text = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  if (!pc_dhcp_message_decode (data, size, &message))
    return;
  text = pc_dhcp_message_describe (&message);
  g_assert_cmpuint (strlen (message.domain), <=, PC_DHCP_MAX_DOMAIN);
  bytes = pc_dhcp_message_encode (&message);
  g_assert_cmpuint (bytes->len, >=, 300);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gsize length = 0;
  const guint8 *message = pc_dhcp_message_find (data, size, &length);

  if (message != NULL)
    {
      g_assert_true (message >= data && message + length <= data + size);
      decode (message, length);
    }
  /* Checksums are hard to guess: the rest gets the bytes without them, too. */
  if (size > 28)
    decode (data + 28, size - 28);
  return 0;
}
