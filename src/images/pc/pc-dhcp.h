/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The DHCP client (RFC 2131), one for each port that asked for it. */

#include "pc.h"

/* `ip dhcp [-d] [-r] [-x]` */
void pc_dhcp_command (Pc *pc, PcPort *port, guint count, char **words);
/* Forgets the lease without telling the server. The port's addresses stay as they are. */
void pc_dhcp_stop (PcPort *port);
/* An IPv4 packet; TRUE if it was an answer for the client. */
gboolean pc_dhcp_input (PcPort *port, const guint8 *packet, gsize length);
void pc_dhcp_link_changed (PcPort *port);
/* Somebody else uses the address. */
void pc_dhcp_conflict (PcPort *port);

/* For `show ip` and the name resolver. */
typedef struct
{
  ip4_addr_t server;
  ip4_addr_t dns[PC_MAX_DNS];
  char domain[256];
  guint lease; /* seconds granted; G_MAXUINT32: for ever */
  gint64 bound_at;
} PcDhcpLease;

/* NULL: none */
const PcDhcpLease *pc_dhcp_get_lease (PcPort *port);
