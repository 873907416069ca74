/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The addresses of a port. */

#include "pc.h"

/* The parts of `ip` that are about IPv6. */
void pc_ip6_set (Pc *pc, PcPort *port, guint count, char **words);
void pc_ip6_autoconfigure (Pc *pc, PcPort *port);
void pc_ip6_clear (PcPort *port);
/* An address that came from a router advertisement and may be used, or NULL. */
const ip6_addr_t *pc_ip6_get_autoconfigured (PcPort *port);

/* Duplicate detection runs: nothing can be sent from the address yet. */
gboolean pc_ip6_is_settling (PcPort *port);

/* Takes the IPv4 address, netmask and gateway away, and ends DHCP. */
void pc_ip4_clear (PcPort *port);
/* Reads an address with the zone of @port if it is link-local. */
gboolean pc_ip6_read (PcPort *port, const char *text, ip6_addr_t *address);
guint pc_ip4_prefix (PcPort *port);
