/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pc-text.h"

#include <arpa/inet.h>

#define N_BUFFERS 8

static char *
next_buffer (void)
{
  static char buffers[N_BUFFERS][INET6_ADDRSTRLEN];
  static guint next;

  return buffers[next++ % N_BUFFERS];
}

const char *
pc_text_ip4 (const ip4_addr_t *address)
{
  return inet_ntop (AF_INET, address, next_buffer (), INET6_ADDRSTRLEN);
}

const char *
pc_text_ip6 (const ip6_addr_t *address)
{
  return inet_ntop (AF_INET6, address->addr, next_buffer (), INET6_ADDRSTRLEN);
}

const char *
pc_text_ip (const ip_addr_t *address)
{
  return IP_IS_V6 (address) ? pc_text_ip6 (ip_2_ip6 (address)) : pc_text_ip4 (ip_2_ip4 (address));
}

const char *
pc_text_mac (const guint8 mac[6])
{
  char *buffer = next_buffer ();

  g_snprintf (buffer, INET6_ADDRSTRLEN, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2],
              mac[3], mac[4], mac[5]);
  return buffer;
}
