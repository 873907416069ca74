/* SPDX-License-Identifier: GPL-3.0-or-later */

/* lwIP sends, or returns an error number. A person wants to know why, before: the line is down,
 * there is no address, no gateway, or nobody answers for the next hop. */

#include "config.h"

#include "pc-route.h"

#include <string.h>

#include <lwip/etharp.h>
#include <lwip/ip4.h>
#include <lwip/ip6.h>
#include <lwip/nd6.h>
#include <lwip/priv/nd6_priv.h>

#include "pc-netif.h"

gboolean
pc_route_is_own (Pc *pc, const ip_addr_t *address)
{
  for (guint i = 0; i < pc->n_ports; i++)
    {
      struct netif *netif = &pc->ports[i].netif;

      if (IP_IS_V6 (address) ? netif_get_ip6_addr_match (netif, ip_2_ip6 (address)) >= 0
                             : ip4_addr_cmp (netif_ip4_addr (netif), ip_2_ip4 (address)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_local4 (PcPort *port, const ip4_addr_t *address)
{
  return ip4_addr_netcmp (address, netif_ip4_addr (&port->netif),
                          netif_ip4_netmask (&port->netif)) ||
         ip4_addr_ismulticast (address) || ip4_addr_isbroadcast (address, &port->netif);
}

static PcPort *
find4 (Pc *pc, PcPort *port, const ip4_addr_t *address, const char **problem)
{
  struct netif *netif = port != NULL ? &port->netif : NULL;

  /* Networks first, whether or not the line is up: a line that is down is a better reason than
   * "no gateway". */
  for (guint i = 0; netif == NULL && i < pc->n_ports; i++)
    if (!ip4_addr_isany_val (*netif_ip4_addr (&pc->ports[i].netif)) &&
        is_local4 (&pc->ports[i], address))
      netif = &pc->ports[i].netif;
  if (netif == NULL)
    netif = netif_default;
  port = pc_port_of_netif (pc, netif);

  if (port == NULL || ip4_addr_isany_val (*netif_ip4_addr (netif)))
    *problem = "no IPv4 address is set: see help ip";
  else if (!pc_port_is_up (port))
    *problem = port->settings.shut ? "the port is shut down" : "the line is down";
  else if (!is_local4 (port, address) && ip4_addr_isany_val (*netif_ip4_gw (netif)))
    *problem = "No gateway found";
  else
    return port;
  return NULL;
}

static gboolean
has_router (PcPort *port)
{
  if (!ip6_addr_isany (&port->settings.gateway6))
    return TRUE;
  for (guint i = 0; i < LWIP_ND6_NUM_ROUTERS; i++)
    if (default_router_list[i].neighbor_entry != NULL &&
        default_router_list[i].neighbor_entry->netif == &port->netif)
      return TRUE;
  return FALSE;
}

static PcPort *
find6 (Pc *pc, PcPort *port, const ip6_addr_t *address, const char **problem)
{
  for (guint i = 0; port == NULL && i < pc->n_ports; i++)
    if (!ip6_addr_islinklocal (address) && pc_netif_is_onlink6 (&pc->ports[i], address))
      port = &pc->ports[i];
  for (guint i = 0; port == NULL && i < pc->n_ports; i++)
    if (ip6_addr_has_zone (address) ? ip6_addr_test_zone (address, &pc->ports[i].netif)
                                    : has_router (&pc->ports[i]))
      port = &pc->ports[i];
  if (port == NULL)
    port = pc_port_of_netif (pc, netif_default);

  if (port == NULL || !pc_port_is_up (port))
    *problem = port != NULL && port->settings.shut ? "the port is shut down" : "the line is down";
  else if (!pc_netif_is_onlink6 (port, address) && !has_router (port))
    *problem = "No gateway found";
  else
    return port;
  return NULL;
}

PcPort *
pc_route_find (Pc *pc, PcPort *port, const ip_addr_t *address, const char **problem)
{
  if (pc_route_is_own (pc, address))
    return port != NULL ? port : &pc->ports[0];
  if (IP_IS_V6 (address))
    return find6 (pc, port, ip_2_ip6 (address), problem);
  return find4 (pc, port, ip_2_ip4 (address), problem);
}

static gboolean
is_resolved4 (PcPort *port, const ip4_addr_t *address)
{
  const ip4_addr_t *hop = is_local4 (port, address) ? address : netif_ip4_gw (&port->netif);
  const ip4_addr_t *found_ip;
  struct eth_addr *found;

  return ip4_addr_ismulticast (hop) || ip4_addr_isbroadcast (hop, &port->netif) ||
         etharp_find_addr (&port->netif, hop, &found, &found_ip) >= 0;
}

/* Which router lwIP chose for an address elsewhere is its own affair: one that is known is enough.
 */
static gboolean
is_resolved6 (PcPort *port, const ip6_addr_t *address)
{
  gboolean direct = pc_netif_is_onlink6 (port, address);
  const ip6_addr_t *hop = direct ? address : &port->settings.gateway6;

  if (ip6_addr_ismulticast (address))
    return TRUE;
  for (guint i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++)
    if (neighbor_cache[i].state > ND6_INCOMPLETE && neighbor_cache[i].netif == &port->netif &&
        (ip6_addr_cmp (&neighbor_cache[i].next_hop_address, hop) ||
         (!direct && neighbor_cache[i].isrouter)))
      return TRUE;
  return FALSE;
}

gboolean
pc_route_is_resolved (Pc *pc, PcPort *port, const ip_addr_t *address)
{
  if (pc_route_is_own (pc, address))
    return TRUE;
  return IP_IS_V6 (address) ? is_resolved6 (port, ip_2_ip6 (address))
                            : is_resolved4 (port, ip_2_ip4 (address));
}
