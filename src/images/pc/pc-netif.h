/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The Ethernet ports as lwIP sees them. */

#include "pc.h"

/* Once, before the first frame; the ports stay where they are meanwhile. */
void pc_netif_add_all (Pc *pc);
void pc_netif_remove_all (Pc *pc);
/* A frame from the wire. */
void pc_netif_input (PcPort *port, const guint8 *frame, gsize length);
/* Makes lwIP's link state that of the port; says so on the console if @announce. */
void pc_netif_update_link (PcPort *port, gboolean announce);
/* Gives the netif the settings' IPv4 addresses (none while DHCP has not got any). */
void pc_netif_apply_ip4 (PcPort *port);
void pc_netif_set_ip4 (PcPort *port,
                       const ip4_addr_t *address,
                       const ip4_addr_t *netmask,
                       const ip4_addr_t *gateway);
void pc_netif_apply_ip6 (PcPort *port);
/* The first port with a gateway is lwIP's default, else the first port. */
void pc_netif_choose_default (Pc *pc);
/* Once a second: IPv6 duplicate detection may have ended. */
void pc_netif_check (PcPort *port);
/* Is @address on the port's own IPv6 network? */
gboolean pc_netif_is_onlink6 (PcPort *port, const ip6_addr_t *address);
PcPort *pc_port_of_netif (Pc *pc, const struct netif *netif);
