/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ICMP: echo requests, their replies, and errors that quote a packet of ours. */

#include "config.h"

#include <string.h>

#include <lwip/inet_chksum.h>
#include <lwip/ip4.h>
#include <lwip/prot/icmp.h>
#include <lwip/prot/icmp6.h>
#include <lwip/prot/ip4.h>

#include "pc-probe-private.h"

#define ECHO_HEADER   8
#define ERROR_HEADER  8
#define IP6_HEADER    40
#define MAX_LOOKED_AT 256

typedef struct
{
  gboolean v6;
  guint type;
  guint code; /* G_MAXUINT: any other */
  const char *meaning;
} Meaning;

static const Meaning meanings[] = {
  { FALSE, 3, 0, "Destination network unreachable" },
  { FALSE, 3, 1, "Destination host unreachable" },
  { FALSE, 3, 2, "Destination protocol unreachable" },
  { FALSE, 3, 3, "Destination port unreachable" },
  { FALSE, 3, 4, "Fragmentation required, DF set" },
  { FALSE, 3, 5, "Source route failed" },
  { FALSE, 3, 9, "Network administratively prohibited" },
  { FALSE, 3, 10, "Host administratively prohibited" },
  { FALSE, 3, 13, "Communication administratively prohibited" },
  { FALSE, 3, G_MAXUINT, "Destination unreachable" },
  { FALSE, 11, 0, "TTL expired in transit" },
  { FALSE, 11, G_MAXUINT, "Fragment reassembly time exceeded" },
  { FALSE, 12, G_MAXUINT, "Parameter problem" },
  { TRUE, 1, 0, "No route to destination" },
  { TRUE, 1, 1, "Communication administratively prohibited" },
  { TRUE, 1, 3, "Address unreachable" },
  { TRUE, 1, 4, "Port unreachable" },
  { TRUE, 1, G_MAXUINT, "Destination unreachable" },
  { TRUE, 2, G_MAXUINT, "Packet too big" },
  { TRUE, 3, 0, "Hop limit exceeded in transit" },
  { TRUE, 3, G_MAXUINT, "Fragment reassembly time exceeded" },
  { TRUE, 4, G_MAXUINT, "Parameter problem" },
};

const char *
pc_probe_icmp_meaning (gboolean v6, guint type, guint code)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].v6 == v6 && meanings[i].type == type &&
        (meanings[i].code == code || meanings[i].code == G_MAXUINT))
      return meanings[i].meaning;
  return NULL;
}

static guint
get16 (const guint8 *bytes)
{
  return (guint) (bytes[0] << 8 | bytes[1]);
}

static void
put16 (guint8 *bytes, guint value)
{
  bytes[0] = (guint8) (value >> 8);
  bytes[1] = (guint8) value;
}

/* Does the quoted packet's transport header belong to the probe that is out? */
static gboolean
is_quoted (PcProbe *self, guint protocol, const guint8 *transport)
{
  gboolean v6 = IP_IS_V6 (&self->settings.address);

  switch (self->settings.protocol)
    {
    case PC_PROBE_UDP:
      return protocol == IP_PROTO_UDP && self->udp != NULL &&
             get16 (transport) == self->udp->local_port &&
             get16 (transport + 2) == self->settings.target_port;
    case PC_PROBE_TCP:
      return protocol == IP_PROTO_TCP && self->tcp != NULL &&
             get16 (transport) == self->tcp->local_port &&
             get16 (transport + 2) == self->settings.target_port;
    case PC_PROBE_ICMP:
    default:
      return protocol == (v6 ? IP6_NEXTH_ICMP6 : IP_PROTO_ICMP) &&
             get16 (transport + 4) == self->identity && get16 (transport + 6) == self->sequence;
    }
}

/* The packet that an ICMP error quotes, found from its first bytes. */
static gboolean
quotes_probe (PcProbe *self, const guint8 *quoted, gsize length)
{
  gboolean v6 = IP_IS_V6 (&self->settings.address);
  gsize header = v6 ? IP6_HEADER : length > 0 ? (gsize) (quoted[0] & 0x0f) * 4 : 0;
  const void *target = v6 ? (const void *) ip_2_ip6 (&self->settings.address)->addr
                          : (const void *) ip_2_ip4 (&self->settings.address);

  if ((!v6 && header < IP_HLEN) || length < header + 8)
    return FALSE;
  if (memcmp (quoted + (v6 ? 24 : 16), target, v6 ? 16 : 4) != 0)
    return FALSE;
  return is_quoted (self, quoted[v6 ? 6 : 9], quoted + header);
}

static gboolean
is_echo_reply (PcProbe *self, const guint8 *icmp)
{
  gboolean v6 = IP_IS_V6 (&self->settings.address);

  return self->settings.protocol == PC_PROBE_ICMP && icmp[0] == (v6 ? ICMP6_TYPE_EREP : ICMP_ER) &&
         get16 (icmp + 4) == self->identity && get16 (icmp + 6) == self->sequence;
}

static void
handle (PcProbe *self, const guint8 *icmp, gsize length, guint total, const ip_addr_t *from)
{
  gboolean v6 = IP_IS_V6 (&self->settings.address);
  PcProbeResult result = { .outcome = PC_PROBE_REPLY,
                           .bytes = total,
                           .ttl = pc_probe_current_ttl () };

  if (is_echo_reply (self, icmp))
    {
      pc_probe_answer (self, &result, from);
      return;
    }

  result.outcome = PC_PROBE_ERROR;
  result.phase = self->phase;
  result.type = icmp[0];
  result.code = icmp[1];
  result.meaning = pc_probe_icmp_meaning (v6, icmp[0], icmp[1]);
  if (result.meaning == NULL || !quotes_probe (self, icmp + ERROR_HEADER, length - ERROR_HEADER))
    return;

  pc_probe_forget_tcp (self);
  pc_probe_answer (self, &result, from);
}

u8_t
pc_probe_icmp_input (void *arg, struct raw_pcb *pcb, struct pbuf *packet, const ip_addr_t *from)
{
  PcProbe *self = arg;
  guint8 bytes[MAX_LOOKED_AT];
  gsize length = pbuf_copy_partial (packet, bytes, sizeof bytes, 0);
  gsize header = ip_current_header_tot_len ();

  /* lwIP's own ICMP gets the packet too: it counts nothing but frees it. */
  if (self->waiting && length >= header + ECHO_HEADER)
    handle (self, bytes + header, length - header, packet->tot_len, from);
  return 0;
}

/* With the "do not fragment" bit lwIP leaves the IPv4 header to us. */
static gboolean
send_with_header (PcProbe *self, struct pbuf *packet)
{
  guint8 header[IP_HLEN] = { 0x45 };
  struct netif *netif = &self->settings.port->netif;

  if (packet->tot_len + IP_HLEN > netif->mtu || pbuf_add_header (packet, IP_HLEN) != 0)
    return FALSE;

  put16 (header + 2, packet->tot_len);
  put16 (header + 4, g_random_int () & 0xffff);
  put16 (header + 6, IP_DF);
  header[8] = (guint8) self->settings.ttl;
  header[9] = IP_PROTO_ICMP;
  memcpy (header + 12, netif_ip4_addr (netif), 4);
  memcpy (header + 16, ip_2_ip4 (&self->settings.address), 4);
  pbuf_take (packet, header, sizeof header);
  memcpy (header + 10, &(guint16){ inet_chksum (header, sizeof header) }, 2);
  pbuf_take (packet, header, sizeof header);

  raw_set_flags (self->raw, RAW_FLAGS_HDRINCL);
  return raw_sendto_if_src (self->raw, packet, &self->settings.address, netif,
                            netif_ip_addr4 (netif)) == ERR_OK;
}

gboolean
pc_probe_send_echo (PcProbe *self)
{
  gboolean v6 = IP_IS_V6 (&self->settings.address);
  guint8 header[ECHO_HEADER] = { v6 ? ICMP6_TYPE_EREQ : ICMP_ECHO };
  struct pbuf *packet = pbuf_alloc (PBUF_IP, (u16_t) (ECHO_HEADER + self->settings.size), PBUF_RAM);
  gboolean sent;

  if (packet == NULL)
    return FALSE;
  put16 (header + 4, self->identity);
  put16 (header + 6, self->sequence);
  pbuf_take (packet, header, sizeof header);
  pc_probe_fill (self, packet, ECHO_HEADER);
  if (v6)
    {
      self->raw->chksum_reqd = 1;
      self->raw->chksum_offset = 2;
    }
  else
    pbuf_take_at (packet, &(guint16){ inet_chksum_pbuf (packet) }, 2, 2);

  self->raw->ttl = (u8_t) self->settings.ttl;
  raw_set_multicast_ttl (self->raw, (u8_t) self->settings.ttl);
  if (self->settings.dont_fragment && !v6)
    sent = send_with_header (self, packet);
  else
    sent = raw_sendto (self->raw, packet, &self->settings.address) == ERR_OK;
  pbuf_free (packet);
  return sent;
}
