/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between the wire and lwIP. Incoming frames pass a filter first, because Debian's lwIP is built to
 * forward between interfaces and does not look at Ethernet destinations: a host must do neither.
 * The filter also feeds the DHCP client (lwIP accepts nothing on a port without an address) and
 * looks at ARP for somebody else who uses our address. Outgoing IPv6 passes through us for the
 * gateway set by hand, which lwIP, knowing routers only from advertisements, has no place for. */

#include "config.h"

#include "pc-netif.h"

#include <string.h>

#include <lwip/etharp.h>
#include <lwip/ethip6.h>
#include <lwip/nd6.h>
#include <lwip/priv/nd6_priv.h>
#include <lwip/prot/ethernet.h>
#include <netif/ethernet.h>

#include "pc-console.h"
#include "pc-dhcp.h"
#include "pc-netio.h"
#include "pc-stack.h"
#include "pc-text.h"

#define ETHERNET_HEADER   14
#define ARP_LENGTH        28
#define IP4_HEADER        20
#define IP6_HEADER        40
#define MTU               1500
#define MAX_FRAME         (ETHERNET_HEADER + 4 + MTU)
#define DUPLICATE_SILENCE (60 * G_USEC_PER_SEC)

static err_t
output_frame (struct netif *netif, struct pbuf *frame)
{
  PcPort *port = netif->state;

  if (!pc_port_is_up (port))
    return ERR_IF;

  pc_netio_send (port->pc->netio, port, frame);
  pc_stack_touched ();
  return ERR_OK;
}

static gboolean
same_network6 (const ip6_addr_t *a, const ip6_addr_t *b, guint prefix)
{
  for (guint i = 0; i < 4 && prefix > 32 * i; i++)
    {
      guint bits = MIN (prefix - 32 * i, 32);
      guint32 mask = lwip_htonl (0xffffffffu << (32 - bits));

      if (((a->addr[i] ^ b->addr[i]) & mask) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
pc_netif_is_onlink6 (PcPort *port, const ip6_addr_t *address)
{
  if (ip6_addr_islinklocal (address) || ip6_addr_ismulticast (address))
    return TRUE;

  if (port->settings.prefix6 > 0 &&
      same_network6 (&port->settings.address6, address, port->settings.prefix6))
    return TRUE;
  for (guint i = 0; i < LWIP_ND6_NUM_PREFIXES; i++)
    if (prefix_list[i].netif == &port->netif && prefix_list[i].invalidation_timer > 0 &&
        ip6_addr_netcmp (&prefix_list[i].prefix, address))
      return TRUE;
  return FALSE;
}

static err_t
output_ip6 (struct netif *netif, struct pbuf *packet, const ip6_addr_t *address)
{
  PcPort *port = netif->state;
  ip6_addr_t gateway = port->settings.gateway6;

  if (ip6_addr_isany (&gateway) || pc_netif_is_onlink6 (port, address))
    return ethip6_output (netif, packet, address);

  return ethip6_output (netif, packet, &gateway);
}

static err_t
init_netif (struct netif *netif)
{
  PcPort *port = netif->state;
  guint suffix = port->pc->id << (port->pc->packed_macs ? 12 : 8) | port->byte;
  guint8 mac[6] = { 0xaa,           0xbb, 0xcc, (guint8) (suffix >> 16), (guint8) (suffix >> 8),
                    (guint8) suffix };

  memcpy (netif->hwaddr, mac, sizeof mac);
  netif->hwaddr_len = sizeof mac;
  netif->name[0] = 'e';
  netif->name[1] = 't';
  netif->mtu = MTU;
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_IGMP |
                 NETIF_FLAG_MLD6;
  netif->output = etharp_output;
  netif->output_ip6 = output_ip6;
  netif->linkoutput = output_frame;
  return ERR_OK;
}

void
pc_netif_add_all (Pc *pc)
{
  /* lwIP lists the newest first and prefers it: add e0/0 last. */
  for (guint i = pc->n_ports; i-- > 0;)
    {
      PcPort *port = &pc->ports[i];

      netif_add (&port->netif, NULL, NULL, NULL, port, init_netif, ethernet_input);
      netif_create_ip6_linklocal_address (&port->netif, 1);
      netif_set_up (&port->netif);
      pc_netif_update_link (port, FALSE);
    }
  pc_netif_choose_default (pc);
}

void
pc_netif_remove_all (Pc *pc)
{
  for (guint i = 0; i < pc->n_ports; i++)
    if (pc->ports[i].netif.linkoutput != NULL)
      netif_remove (&pc->ports[i].netif);
}

void
pc_netif_choose_default (Pc *pc)
{
  for (guint i = 0; i < pc->n_ports; i++)
    if (!ip4_addr_isany (netif_ip4_gw (&pc->ports[i].netif)) ||
        !ip6_addr_isany (&pc->ports[i].settings.gateway6))
      {
        netif_set_default (&pc->ports[i].netif);
        return;
      }
  netif_set_default (pc->n_ports > 0 ? &pc->ports[0].netif : NULL);
}

static void
solicit_router (PcPort *port)
{
  port->netif.rs_count = port->settings.autoconf6 ? LWIP_ND6_MAX_MULTICAST_SOLICIT : 0;
}

void
pc_netif_update_link (PcPort *port, gboolean announce)
{
  gboolean up = pc_port_is_up (port);

  if (up == netif_is_link_up (&port->netif))
    return;

  if (up)
    netif_set_link_up (&port->netif);
  else
    netif_set_link_down (&port->netif);
  solicit_router (port);
  pc_stack_touched ();
  if (announce)
    pc_console_notify (port->pc->console, "*%s: line %s", port->name, up ? "up" : "down");
  pc_dhcp_link_changed (port);
}

void
pc_netif_set_ip4 (PcPort *port,
                  const ip4_addr_t *address,
                  const ip4_addr_t *netmask,
                  const ip4_addr_t *gateway)
{
  port->duplicate_told = 0;
  netif_set_addr (&port->netif, address, netmask, gateway);
  pc_netif_choose_default (port->pc);
  pc_stack_touched ();
}

void
pc_netif_apply_ip4 (PcPort *port)
{
  PcPortSettings *settings = &port->settings;

  pc_netif_set_ip4 (port, &settings->address, &settings->netmask, &settings->gateway);
}

void
pc_netif_apply_ip6 (PcPort *port)
{
  struct netif *netif = &port->netif;
  s8_t slot = 0;

  /* Slot 0 is the link-local address. */
  for (guint i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++)
    if (!port->settings.autoconf6 || netif_ip6_addr_isstatic (netif, i))
      netif_ip6_addr_set_state (netif, (s8_t) i, IP6_ADDR_INVALID);

  /* Takes a free slot and starts duplicate detection, but keeps the lifetime of who was there. */
  if (port->settings.prefix6 > 0 &&
      netif_add_ip6_address (netif, &port->settings.address6, &slot) == ERR_OK)
    netif_ip6_addr_set_valid_life (netif, slot, IP6_ADDR_LIFE_STATIC);

  port->duplicate6 = 0;
  nd6_clear_destination_cache ();
  netif_set_ip6_autoconfig_enabled (netif, port->settings.autoconf6);
  solicit_router (port);
  pc_netif_choose_default (port->pc);
  pc_stack_touched ();
}

void
pc_netif_check (PcPort *port)
{
  for (guint i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
    {
      gboolean duplicate = ip6_addr_isduplicated (netif_ip6_addr_state (&port->netif, i));

      if (duplicate && (port->duplicate6 & 1u << i) == 0)
        pc_console_notify (port->pc->console, "*%s: duplicate address %s", port->name,
                           pc_text_ip6 (netif_ip6_addr (&port->netif, i)));
      port->duplicate6 = (guint8) ((port->duplicate6 & ~(1u << i)) | (duplicate ? 1u << i : 0));
    }
}

static void
check_arp (PcPort *port, const guint8 *arp)
{
  const guint8 *sender_mac = arp + 8;
  ip4_addr_t sender;

  memcpy (&sender, arp + 14, sizeof sender);
  if (ip4_addr_isany_val (sender) || !ip4_addr_cmp (&sender, netif_ip4_addr (&port->netif)) ||
      memcmp (sender_mac, port->netif.hwaddr, ETH_HWADDR_LEN) == 0)
    return;
  if (port->duplicate_told != 0 && device_loop_now () - port->duplicate_told < DUPLICATE_SILENCE)
    return;

  port->duplicate_told = device_loop_now ();
  pc_console_notify (port->pc->console, "*%s: duplicate address %s, also used by %s", port->name,
                     pc_text_ip4 (&sender), pc_text_mac (sender_mac));
  pc_dhcp_conflict (port);
  /* Defends what was not given back (RFC 5227, 2.4): lwIP 2.2 does not answer a request that comes
   * from its own address, so the other one would never hear of us. */
  if (ip4_addr_cmp (&sender, netif_ip4_addr (&port->netif)))
    etharp_gratuitous (&port->netif);
}

static gboolean
is_own4 (Pc *pc, const ip4_addr_t *address)
{
  for (guint i = 0; i < pc->n_ports; i++)
    if (ip4_addr_cmp (address, netif_ip4_addr (&pc->ports[i].netif)))
      return !ip4_addr_isany_val (*address);
  return FALSE;
}

/* An IPv4 packet for us, for everybody on the network, or for a group. Not one that claims to come
 * from us: lwIP would answer itself, with TCP for ever. */
static gboolean
accept_ip4 (PcPort *port, const guint8 *packet, gsize length)
{
  ip4_addr_t source, destination;

  if (length < IP4_HEADER)
    return FALSE;
  memcpy (&source, packet + 12, sizeof source);
  memcpy (&destination, packet + 16, sizeof destination);
  if (is_own4 (port->pc, &source))
    return FALSE;
  if (ip4_addr_ismulticast (&destination) || ip4_addr_isbroadcast (&destination, &port->netif))
    return TRUE;
  return is_own4 (port->pc, &destination);
}

static gboolean
is_own6 (Pc *pc, const guint8 *bytes)
{
  for (guint i = 0; i < pc->n_ports; i++)
    {
      struct netif *netif = &pc->ports[i].netif;
      ip6_addr_t address;

      ip6_addr_set_zero (&address);
      memcpy (address.addr, bytes, sizeof address.addr);
      ip6_addr_assign_zone (&address, IP6_UNICAST, netif);
      if (netif_get_ip6_addr_match (netif, &address) >= 0)
        return TRUE;
    }
  return FALSE;
}

/* The same for IPv6, except that another's claim to our address (duplicate detection) comes from
 * it. */
static gboolean
accept_ip6 (PcPort *port, const guint8 *packet, gsize length)
{
  if (length < IP6_HEADER)
    return FALSE;
  if (packet[6] != IP6_NEXTH_ICMP6 && is_own6 (port->pc, packet + 8))
    return FALSE;
  return packet[24] == 0xff || is_own6 (port->pc, packet + 24);
}

static gboolean
accept_frame (PcPort *port, const guint8 *frame, gsize length)
{
  guint type;

  if (length < ETHERNET_HEADER || length > MAX_FRAME || !pc_port_is_up (port))
    return FALSE;
  if ((frame[0] & 1) == 0 && memcmp (frame, port->netif.hwaddr, ETH_HWADDR_LEN) != 0)
    return FALSE;

  type = (guint) (frame[12] << 8 | frame[13]);
  frame += ETHERNET_HEADER;
  length -= ETHERNET_HEADER;
  switch (type)
    {
    case ETHTYPE_ARP:
      /* lwIP 2.1 reads all of it without a look at the length. */
      if (length < ARP_LENGTH)
        return FALSE;
      check_arp (port, frame);
      return TRUE;
    case ETHTYPE_IP:
      return !pc_dhcp_input (port, frame, length) && accept_ip4 (port, frame, length);
    case ETHTYPE_IPV6:
      return accept_ip6 (port, frame, length);
    default:
      return FALSE;
    }
}

void
pc_netif_input (PcPort *port, const guint8 *frame, gsize length)
{
  struct pbuf *packet;

  if (!accept_frame (port, frame, length))
    {
      port->counters.ignored++;
      return;
    }

  port->counters.received++;
  packet = pbuf_alloc (PBUF_RAW, (u16_t) length, PBUF_RAM);
  if (packet == NULL)
    return;
  pbuf_take (packet, frame, (u16_t) length);
  if (port->netif.input (packet, &port->netif) != ERR_OK)
    pbuf_free (packet);
  pc_stack_touched ();
}

PcPort *
pc_port_of_netif (Pc *pc, const struct netif *netif)
{
  for (guint i = 0; i < pc->n_ports; i++)
    if (&pc->ports[i].netif == netif)
      return &pc->ports[i];
  return NULL;
}
